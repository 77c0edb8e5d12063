import FoundationEssentials
import ORM
import ORMSQLite
import ORMTesting
import Testing

@Suite(.tables(Account.self, Profile.self, Transfer.self)) struct ColumnOptionTests {
    @Test func theScriptSaysEveryOption() {
        let script = SchemaScript(SQLiteDriver.inMemory.dialect).create([Account.self, Profile.self, Transfer.self])
        #expect(
            script == """
                CREATE TABLE "accounts" (
                    "account_id" INTEGER PRIMARY KEY NOT NULL,
                    "e_mail" TEXT NOT NULL UNIQUE, /* where invoices go; not * / shown */
                    "stars" INTEGER NOT NULL DEFAULT 3,
                    "handle" TEXT,
                    "seats" INTEGER NOT NULL DEFAULT 2,
                    "credit" INTEGER NOT NULL DEFAULT 0,
                    "token" TEXT NOT NULL DEFAULT (lower(hex(randomblob(4)))),
                    "joined_at" TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%f', 'now') || '000Z'),
                    "changed" TEXT NOT NULL,
                    "is_active" INTEGER NOT NULL DEFAULT 1,
                    CONSTRAINT "accounts_credit" CHECK (("credit" >= 0)),
                    CONSTRAINT "accounts_seats" CHECK ((("seats" > 0) AND ("seats" < 1000)))
                );
                CREATE INDEX "accounts_stars_seats_index" ON "accounts" ("stars", "seats");
                CREATE UNIQUE INDEX "accounts_handle_partial_unique" ON "accounts" ("handle") \
                WHERE (("is_active" = 1) AND ("handle" IS NOT NULL));
                CREATE INDEX "rich" ON "accounts" ("credit");
                CREATE TABLE "profiles" (
                    "id" INTEGER PRIMARY KEY NOT NULL,
                    "city" TEXT NOT NULL,
                    "account_id" INTEGER NOT NULL UNIQUE REFERENCES "accounts" ("account_id") ON DELETE CASCADE
                );
                CREATE TABLE "transfers" (
                    "id" INTEGER PRIMARY KEY NOT NULL,
                    "from_id" INTEGER NOT NULL REFERENCES "accounts" ("account_id") ON DELETE RESTRICT,
                    "target" INTEGER NOT NULL REFERENCES "accounts" ("account_id") ON DELETE RESTRICT,
                    "amount" INTEGER NOT NULL
                );
                CREATE INDEX "transfers_from_id_index" ON "transfers" ("from_id");
                CREATE INDEX "transfers_target_index" ON "transfers" ("target");
                """)
    }

    @Test func aValueThatBreaksARuleIsRefusedAndNothingIsWritten() async throws {
        let long = String(repeating: "a", count: 99) + "@b.c"
        let refused: [(Account.New, String)] = [
            (.init(email: "nobody"), "accounts.e_mail breaks the rule “an e-mail address”"),
            (.init(email: "a@b.c", stars: 6), "accounts.stars breaks the rule “range 1...5”"),
            (.init(email: "a@b.c", handle: "x"), "accounts.handle breaks the rule “at least 2 characters”"),
            (.init(email: "a@b.c", handle: "-x"), "accounts.handle breaks the rule “a slug”"),
            (.init(email: "a@b.c", seats: 3), "accounts.seats breaks the rule “even”"),
            (.init(email: long), "accounts.e_mail is longer than 100 characters (103)"),
        ]
        for (row, message) in refused {
            let error = await ormError { try await Account.insert([.init(email: "ok@example.org"), row]) }
            #expect(error?.code == .validationFailure)
            #expect(error?.message == message)
        }
        #expect(try await Account.count() == 0)
    }

    @Test func rulesHoldForSavesAndUpdatesToo() async throws {
        var account = try await Account.create(email: "a@b.c", handle: "ada")
        account.stars = 0
        #expect(await ormError { try await account.save() }?.message == "accounts.stars breaks the rule “range 1...5”")
        let update = await ormError { try await Account.query.update(.set(\.seats, 4), .set(\.handle, "A")) }
        #expect(update?.message == "accounts.handle breaks the rule “at least 2 characters”")
        let read = try await Account.get(account.id)
        #expect(read.stars == 3 && read.seats == 2 && read.handle == "ada")
        try await Account.query.update(.set(\.handle, nil))
        #expect(try await Account.get(account.id).handle == nil)
    }

    @Test func checksOfTheDatabaseHoldWhateverWrites() async throws {
        try await Account.create(email: "a@b.c")
        let check = await ormError { try await Account.query.update(.set(\.seats) { $0.seats - 2 }) }
        #expect(check?.database?.kind == .check(constraint: "accounts_seats"))
        #expect(check?.httpStatus == 400)
    }

    @Test func aPartialIndexIsUniqueAmongItsRowsOnly() async throws {
        try await Account.create(email: "a@b.c", handle: "ada")
        try await Account.create(email: "b@b.c", handle: "ada", isActive: false)
        try await Account.create(email: "c@b.c")
        try await Account.create(email: "d@b.c")
        let twice = await ormError { try await Account.create(email: "e@b.c", handle: "ada") }
        #expect(twice?.isUniqueViolation == true)
    }

    @Test func valuesOfTheDatabaseComeBackWithTheRow() async throws {
        let sql = try await recorded { () async throws in
            let before = Date().addingTimeInterval(-1)
            let made = try await Account.create(email: "a@b.c")
            #expect(made.token.count == 8)
            #expect(made.joinedAt > before && made.joinedAt < Date().addingTimeInterval(1))
            let read = try await Account.get(made.id)
            #expect(read.token == made.token && read.joinedAt == made.joinedAt && read.updatedAt == made.updatedAt)
        }
        #expect(
            sql[0] == """
                INSERT INTO "accounts" ("account_id", "e_mail", "stars", "handle", "seats", "credit", "changed", "is_active") \
                VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING "account_id", "e_mail", "stars", "handle", "seats", \
                orm_decimal("credit", 2), "token", "joined_at", "changed", "is_active"
                """)
        let rows = try await Account.insert([
            .init(email: "b@b.c", token: "mine", joinedAt: Date(timeIntervalSince1970: 1)), .init(email: "c@b.c"),
            .init(email: "d@b.c", token: "yours"),
        ])
        #expect(rows.map(\.email) == ["b@b.c", "c@b.c", "d@b.c"])
        #expect(rows[0].token == "mine" && rows[0].joinedAt == Date(timeIntervalSince1970: 1))
        #expect(rows[1].token.count == 8 && rows[2].token == "yours")
        #expect(rows.map(\.id) == [2, 3, 4])
    }

    @Test(arguments: [
        ("ada@example.org", true), ("a.b+c@x-y.example", true), ("a@localhost", true), ("ada", false), ("@b.c", false),
        ("a@", false), ("a@b..c", false), ("a@-b.c", false), ("a@b.c ", false), ("a@@b.c", false), ("ä@b.c", false),
        ("a@" + String(repeating: "x", count: 64), false),
    ])
    func anEMailAddressIsOneThatFormsTake(_ text: String, _ isRight: Bool) async throws {
        let error = await ormError { try await Account.create(email: text) }
        #expect((error == nil) == isRight)
    }

    @Test func aRuleForAnotherTypeIsAFaultOfTheModel() async throws {
        let error = await ormError { try await WrongRule.create(name: "x") }
        #expect(error?.code == .configuration)
        #expect(error?.message == "a validator for an integer stands at a column of another type")
    }
}

@Model("wrong_rules")
private struct WrongRule {
    @PrimaryKey var id: Int
    @Column(.validate(.range(1...2))) var name: String
}

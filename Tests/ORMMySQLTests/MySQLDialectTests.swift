import FoundationEssentials
import ORM
import ORMMySQL
import Testing

@Suite struct MySQLDialectTests {
    @Test func tablesHaveTheTypesOfBothServers() {
        let maria = MySQLDialect(.mariaDB)
        func type(_ storage: StorageType, _ maxLength: Int? = nil, key: Bool = false) -> String {
            maria.type(of: storage, maxLength: maxLength, isPrimaryKey: key)
        }
        #expect(type(.integer, key: true) == "BIGINT AUTO_INCREMENT")
        #expect(type(.text, 50) == "VARCHAR(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin")
        #expect(type(.text) == "LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin")
        #expect(type(.text, key: true) == "VARCHAR(191) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin")
        #expect(type(.uuid) == "CHAR(36) CHARACTER SET ascii COLLATE ascii_bin")
        #expect(type(.timestamp) == "DATETIME(6)")
        #expect(
            MySQLDialect(.mySQL).type(of: .text, maxLength: 9, isPrimaryKey: false)
                == "VARCHAR(9) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin")
    }

    @Test(arguments: [
        (SQLValue.null, "NULL"), (.int(-3), "-3"), (.double(1.5), "1.5"), (.bool(false), "FALSE"),
        (.text(#"it's \"#), #"'it''s \\'"#), (.bytes([0, 255]), "x'00ff'"),
        (.date(Date(timeIntervalSince1970: 0.5)), "'1970-01-01 00:00:00.500000'"),
    ])
    func literalsAreWhatTheServerReads(value: SQLValue, text: String) {
        #expect(MySQLDialect().literal(value) == text)
    }

    @Test func namesAreQuoted() {
        var sql = ""
        MySQLDialect().quote("a`b", into: &sql)
        #expect(sql == "`a``b`")
    }

    @Test func onlyALongListIsOneArray() throws {
        #expect(MySQLDialect().list([.int(1), .int(2)]) == nil)
        let list = try #require(MySQLDialect().list((1...1001).map { .int($0) }))
        #expect(list.before == "SELECT item FROM JSON_TABLE(")
        #expect(list.after == ", '$[*]' COLUMNS (item BIGINT PATH '$')) AS listed")
    }

    @Test func locksAreSpelledByServer() {
        let lock = RowLock(strength: .forShare, conflict: .skipLocked)
        #expect(MySQLDialect(.mariaDB).lock(lock) == "LOCK IN SHARE MODE SKIP LOCKED")
        #expect(MySQLDialect(.mySQL).lock(lock) == "FOR SHARE SKIP LOCKED")
    }
}

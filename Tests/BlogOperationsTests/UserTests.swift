import BlogModels
import ORM
import Testing

@testable import BlogOperations

@Suite struct UserTests {
    @Test func `a user is added with what is given and nothing else`() async throws {
        try await withBlogDatabase { database in
            var new = NewUser(username: "grace_h")
            new.email = "grace@example.org"
            new.fullName = "  Grace   Hopper "
            let detail = try await new.add(on: database)
            #expect(detail.user.username == "grace_h")
            #expect(detail.user.fullName == "Grace Hopper")
            #expect(detail.user.passwordHash == nil)
            #expect([detail.postCount, detail.commentCount, detail.totalViews] == [0, 0, 0])
            #expect(detail.local == [])
        }
    }

    @Test(arguments: [
        ("Ada L", "ada-l"), ("ä", "ae"), ("", nil), ("../x", "x"), (String(repeating: "x", count: 47), nil),
    ])
    func `a username that is no part of a URL is refused`(username: String, suggestion: String?) async throws {
        try await withBlogDatabase { database in
            let error = await #expect(throws: OperationError.self) {
                try await NewUser(username: username).add(on: database)
            }
            #expect(error?.code == .invalid)
            #expect(error?.field == "username")
            if let suggestion { #expect(error?.suggestion == suggestion) }
            let count = try await User.count()
            #expect(count == 2)
        }
    }

    @Test(arguments: ["ada", "ada@", "@example.org", "a b@example.org", "ada@example.org\n"])
    func `what is no e-mail address is refused`(email: String) async throws {
        try await withBlogDatabase { database in
            var new = NewUser(username: "new")
            new.email = email
            let user = new
            let error = await #expect(throws: OperationError.self) { try await user.add(on: database) }
            #expect(error?.field == "email")
            #expect(error?.code == .invalid)
        }
    }

    @Test func `a value that must be unique is refused by its field's name`() async throws {
        try await withBlogDatabase { database in
            await #expect(
                throws: OperationError(.taken, field: "username", "the username is taken: another row has it")
            ) { try await NewUser(username: "ada").add(on: database) }
            var edit = UserEdit()
            edit.email = "ada@example.org"
            let change = edit
            await #expect(throws: OperationError(.taken, field: "email", "the email is taken: another row has it")) {
                try await change.apply(to: "bob", on: database)
            }
        }
    }

    @Test func `an edit changes what is given, clears what is empty, and marks it`() async throws {
        try await withBlogDatabase { database in
            var edit = UserEdit()
            edit.fullName = ""
            edit.url = "https://ada.example"
            edit.isAdmin = true
            let detail = try await edit.apply(to: "ada", on: database)
            #expect(detail.user.fullName == nil)
            #expect(detail.user.email == "ada@example.org")
            #expect(detail.user.isAdmin)
            #expect(
                detail.local == [.init(field: "fullName", fileValue: "Ada"), .init(field: "url", fileValue: nil)])
            // Giving the file's value back gives the field back to the file.
            edit = UserEdit()
            edit.fullName = "Ada"
            #expect(try await edit.apply(to: "ada", on: database).local.map(\.field) == ["url"])
        }
    }

    @Test func `deactivating is no deletion, and can be undone`() async throws {
        try await withBlogDatabase { database in
            var edit = UserEdit()
            edit.isActive = false
            let detail = try await edit.apply(to: "bob", on: database)
            #expect(detail.postCount == 1)
            #expect(try await UserList().page(on: database).items.map(\.username) == ["ada"])
            #expect(try await UserList(includesInactive: true).page(on: database).total == 2)
            edit.isActive = true
            #expect(try await edit.apply(to: "2", on: database).user.isActive)
        }
    }

    @Test func `a list has pages, finds parts of names, and knows whether more follows`() async throws {
        try await withBlogDatabase { database in
            let first = try await UserList(limit: 1).page(on: database)
            #expect(first.items.map(\.username) == ["ada"])
            #expect([first.total, first.limit, first.offset] == [2, 1, 0])
            #expect(first.hasNext)
            let second = try await UserList(limit: 1, offset: 1).page(on: database)
            #expect(second.items.map(\.username) == ["bob"])
            #expect(!second.hasNext)
            #expect(try await UserList(search: "EXAMPLE").page(on: database).items.map(\.postCount) == [1])
            #expect(try await UserList(search: "%").page(on: database).total == 0)
        }
    }

    @Test func `an unknown user gets a suggestion`() async throws {
        try await withBlogDatabase { database in
            await #expect(
                throws: OperationError(.missing, field: "user", "there is no user “adda”", suggestion: "ada")
            ) { try await UserDetail.of("adda", on: database) }
        }
    }
}

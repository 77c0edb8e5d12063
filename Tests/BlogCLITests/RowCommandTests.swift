import Foundation
import Testing

/// `blog user`, `blog post` and `blog comment`, as a shell sees them.
@Suite struct RowCommandTests {
    @Test func `users in the API's shape, with pages`() async throws {
        let site = try TestSite.small()
        #expect(await site.blog("import").status == 0)
        #expect(await site.blog("user", "add", "bob", "--email", "bob@example.org", "--admin").status == 0)
        let list = await site.blog("user", "list", "--limit", "1", "--json")
        #expect(
            list.output
                == #"{"users":[{"id":1,"username":"ada","email":null,"full_name":"Ada","is_active":true,"is_admin":false,"post_count":2}],"pagination":{"total":2,"limit":1,"offset":0,"has_next":true}}"#
                + "\n")
        #expect(
            await site.blog("user", "list").output == """
                id  username  name  e-mail           posts
                 1  ada       Ada                        2
                 2  bob             bob@example.org      0  admin
                2 users

                """)
        #expect(
            await site.blog("user", "list", "--limit", "1").output.hasSuffix(
                "1–1 of 2 users; the next with --offset 1\n"))
        #expect(await site.blog("user", "list", "--search", "nobody").output == "No users.\n")
    }

    @Test func `a password is read from standard input, never from the command line`() async throws {
        let site = try TestSite.small()
        let made = await site.blog("user", "add", "bob", "--password", input: "correct horse\nmore\n")
        #expect(made == .init(status: 0, output: "Added bob, user 1.\n", notes: ""))
        let shown = await site.blog("user", "show", "bob", "--json")
        #expect(shown.output.contains(#""has_password":true"#))
        #expect(!shown.output.contains("$y$"))
        let short = await site.blog("user", "edit", "bob", "--password", input: "short\n")
        #expect(
            short == .init(status: 65, output: "", notes: "blog: error: the password is shorter than 8 characters\n"))
        #expect(await site.blog("user", "add", "eve", "--password", "secret").status == 64)
    }

    @Test func `what is taken or not there is named`() async throws {
        let site = try TestSite.small()
        #expect(await site.blog("import").status == 0)
        #expect(
            await site.blog("user", "add", "ada")
                == .init(status: 65, output: "", notes: "blog: error: the username is taken: another row has it\n"))
        #expect(
            await site.blog("post", "show", "tow")
                == .init(status: 66, output: "", notes: "blog: error: there is no post “tow”; did you mean “two”?\n"))
        #expect(await site.blog("user", "edit", "ada").status == 64)
    }

    @Test func `what a command sets survives an import, until the file says something else`() async throws {
        let site = try TestSite.small()
        #expect(await site.blog("import").status == 0)
        let file = "content/posts/one.md"
        let text = try site.read(file)
        #expect(await site.blog("post", "unpublish", "one").output == "Unpublished: one.\n")
        #expect(await site.blog("post", "tag", "one", "Swift").output == "Added Swift. one has a, b, Swift.\n")
        #expect(await site.blog("post", "transfer", "one", "--to", "nobody").status == 66)
        let shown = await site.blog("post", "show", "one")
        #expect(shown.output.contains("state     draft\n"))
        #expect(
            shown.output.contains(
                "published: set by a command, until content/posts/one.md says something else than “true”\n"))
        #expect(
            shown.output.contains(
                "tags: set by a command, until content/posts/one.md says something else than “a, b”\n"))

        // Another text is no other value of these fields.
        try site.write(text + "More.\n", to: file)
        #expect(await site.blog("import").output.hasPrefix("Imported: posts 1 changed"))
        let again = await site.blog("post", "show", "one", "--json")
        #expect(again.output.contains(#""state":"draft""#))
        #expect(again.output.contains(#""slug":"swift""#))
        #expect(
            again.output.contains(
                #""set_by_commands":[{"field":"published","file_value":"true"},{"field":"tags","file_value":"a\nb"}]"#))

        try site.write(text.replacing("tags: [a, b]", with: "tags: [b]\ndraft: true"), to: file)
        #expect(await site.blog("import").status == 0)
        try site.write(text.replacing("tags: [a, b]", with: "tags: [b]"), to: file)
        #expect(await site.blog("import").status == 0)
        let ended = await site.blog("post", "show", "one", "--json")
        #expect(ended.output.contains(#""set_by_commands":[]"#), "\(ended.output)")
        #expect(ended.output.contains(#""state":"published""#))
        #expect(!ended.output.contains(#""slug":"swift""#))
    }

    @Test func `publishing twice is publishing once`() async throws {
        let site = try TestSite.small([
            "content/posts/idea.md": "---\ntitle: Idea\nauthor: ada\ndraft: true\n---\n\nText.\n"
        ])
        #expect(await site.blog("import").status == 0)
        let first = await site.blog("post", "publish", "idea", "--json")
        #expect(first.output.hasPrefix(#"{"changed":true,"post":{"id":"#))
        let second = await site.blog("post", "publish", "idea", "--json")
        #expect(second.output == first.output.replacing(#""changed":true"#, with: #""changed":false"#))
        #expect(await site.blog("build").status == 0)
        #expect(site.exists("output/posts/idea/index.html"))
    }

    @Test func `comments are added, answered, judged and deleted`() async throws {
        let site = try TestSite.small()
        #expect(await site.blog("import").status == 0)
        #expect(
            await site.blog("comment", "add", "one", "-", "--name", "A guest", input: "Hello\u{1B}[31m.\n").output
                == "Added comment 1 to one.\n")
        #expect(await site.blog("comment", "add", "one", "Thanks!", "--user", "ada", "--reply-to", "1").status == 0)
        #expect(await site.blog("comment", "add", "one", "x").status == 64)
        let threads = await site.blog("comment", "list", "--threads")
        let lines = threads.output.split(separator: "\n")
        #expect(lines.count == 4)
        #expect(lines[0].hasPrefix("#1 A guest, 20"))
        #expect(lines[1] == #"  Hello\u{1B}[31m."#, "a stranger's text sends nothing to the terminal")
        #expect(lines[2].hasPrefix("  #2 Ada (ada), 20"))
        #expect(lines[3] == "    Thanks!")
        #expect(await site.blog("comment", "spam", "1").output.hasPrefix("Taken for spam: 1 comment.\n"))
        #expect(
            await site.blog("comment", "list", "--status", "spam", "--json").output.contains(
                #""pagination":{"total":1,"#))
        #expect(
            await site.blog("comment", "approve", "1", "2").output.hasPrefix("Approved: 1 comment, 1 were so already."))
        #expect(await site.blog("build").status == 0)
        #expect(try site.read("output/posts/one/index.html").contains("Thanks!"))
        #expect(await site.blog("comment", "delete", "1").output.hasPrefix("Deleted: 2 comments.\n"))
        #expect(await site.blog("comment", "list").output == "No comments.\n")
        #expect(await site.blog("comment", "delete", "9").status == 66)
    }

    @Test func `a search is that of the guide`() async throws {
        let site = try TestSite.small()
        #expect(await site.blog("import").status == 0)
        let found = await site.blog("post", "search", "second", "--author", "ada", "--published", "--json")
        #expect(
            found.output.hasPrefix(
                #"{"posts":[{"id":2,"title":"Two","slug":"two","url":"https://test.example/posts/two/","#))
        #expect(found.output.hasSuffix(#""pagination":{"total":1,"limit":20,"offset":0,"has_next":false}}"# + "\n"))
        #expect(await site.blog("post", "search", "nothing").output == "No posts.\n")
        #expect(await site.blog("post", "list", "--tag", "nothing").status == 66)
        #expect(await site.blog("post", "list", "--limit", "0").status == 64)
    }
}

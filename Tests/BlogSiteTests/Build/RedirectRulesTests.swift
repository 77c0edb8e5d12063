import BlogConfiguration
import BlogModels
import ORM
import Testing

@testable import BlogSite

@Suite struct RedirectRulesTests {
    private let rules = RedirectRules(redirects: [
        .init(path: "/old/", target: "https://example.org/posts/first/"),
        .init(path: "/a \"b\"/c+(d)*{e}%$.html", target: "https://example.org/%C3%BC/$x/"),
    ])

    @Test func `nginx gets a map`() {
        #expect(
            rules.text(for: .nginx) == #"""
                # Include this beside the server block, and write in it: if ($blog_redirect) { return 301 $blog_redirect; }
                map $uri $blog_redirect {
                    default "";
                    "/old/" "https://example.org/posts/first/";
                    "/a \"b\"/c+(d)*{e}%$.html" "https://example.org/%C3%BC/%24x/";
                }

                """#)
    }

    @Test func `Caddy gets a line for each`() {
        #expect(
            rules.text(for: .caddy) == #"""
                # Import this in the site's block of the Caddyfile.
                redir "/old/" "https://example.org/posts/first/" permanent
                redir "/a \"b\"/c+(d)%2A%7Be%7D%25$.html" "https://example.org/%C3%BC/$x/" permanent

                """#)
    }

    @Test func `Apache gets patterns that match the whole path and targets that are not read as patterns`() {
        #expect(
            rules.text(for: .apache) == #"""
                # Put this into the virtual host or into the .htaccess file of its folder.
                RewriteEngine on
                RewriteRule "^/?old/$" "https://example.org/posts/first/" [R=301,NE,L]
                RewriteRule "^/?a \"b\"/c\\+\\(d\\)\\*\\{e\\}%\\$\\.html$" "https://example.org/\\%C3\\%BC/\\$x/" [R=301,NE,L]

                """#)
    }

    @Test func `a site with old addresses has rules for them, and one without has none`() async throws {
        let site = try await TestSite()
        try await site.addSample()
        try await site.build()
        #expect(!site.exists("redirects"))
        try await Alias.insert(
            [Alias.New(id: 1, path: "/old/", post: .id(1)), Alias.New(id: 2, path: "/old-draft/", post: .id(5))],
            on: site.database)
        try await site.build { $0.baseURL = "https://example.org/b%20c/" }
        #expect(
            try site.page("redirects/caddy.conf").hasSuffix(
                #"redir "/b c/old/" "https://example.org/b%20c/posts/first/" permanent"# + "\n"))
        #expect(try !site.page("redirects/nginx.conf").contains("draft"))
        #expect(try site.page("redirects/apache.conf").contains(#""^/?b c/old/$""#))
    }
}

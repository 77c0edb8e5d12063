/// Redirects as rules for web servers, which tell browsers and search engines at once what a page with a refresh tells
/// them late. Samples to include in a server's configuration; nothing on the site depends on them.
struct RedirectRules: Sendable {
    struct Redirect: Sendable, Hashable {
        /// The path as a server compares it: with the site's prefix and not percent-encoded.
        var path: String
        /// An absolute, percent-encoded address.
        var target: String
    }

    enum Server: String, Sendable, CaseIterable {
        case nginx, caddy, apache

        var fileName: String { "\(rawValue).conf" }
    }

    let redirects: [Redirect]

    /// The rules in a server's own language, one line each behind a line that says where they belong.
    func text(for server: Server) -> String {
        let lines =
            switch server {
            case .nginx: nginx
            case .caddy: caddy
            case .apache: apache
            }
        return lines.joined(separator: "\n") + "\n"
    }

    /// A map, because one lookup serves any number of redirects (https://nginx.org/en/docs/http/ngx_http_map_module.html).
    private var nginx: [String] {
        let head = [
            "# Include this beside the server block, and write in it: if ($blog_redirect) { return 301 $blog_redirect; }",
            "map $uri $blog_redirect {", "    default \"\";",
        ]
        // A `$` would begin a variable in the value; in a key it stands for itself.
        return head
            + redirects.map { "    \(quoted($0.path)) \(quoted($0.target.replacing("$", with: "%24")));" } + ["}"]
    }

    /// https://caddyserver.com/docs/caddyfile/directives/redir
    private var caddy: [String] {
        ["# Import this in the site's block of the Caddyfile."]
            + redirects.map { redirect in
                // `*` is a wildcard, `{` begins a placeholder, `%` an encoded byte: each stands encoded.
                let path = ["%": "%25", "*": "%2A", "{": "%7B", "}": "%7D"].sorted { $0.key < $1.key }
                    .reduce(redirect.path) { $0.replacing($1.key, with: $1.value) }
                return "redir \(quoted(path)) \(quoted(redirect.target)) permanent"
            }
    }

    /// mod_rewrite, because `Redirect` takes whole folders and `RedirectMatch` encodes its target once more. In an .htaccess
    /// file the path comes without its first slash.
    private var apache: [String] {
        let head = ["# Put this into the virtual host or into the .htaccess file of its folder.", "RewriteEngine on"]
        return head
            + redirects.map { redirect in
                let pattern = redirect.path.dropFirst().reduce(into: "") { pattern, character in
                    if "\\^$.|?*+()[]{}".contains(character) { pattern.append("\\") }
                    pattern.append(character)
                }
                let target = redirect.target.replacing("%", with: "\\%").replacing("$", with: "\\$")
                return "RewriteRule \(quoted("^/?\(pattern)$")) \(quoted(target)) [R=301,NE,L]"
            }
    }

    /// In double quotes, as all three read them.
    private func quoted(_ text: String) -> String {
        "\"\(text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))\""
    }
}

import BlogConfiguration

/// `openapi.json`: the description of the API in OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.0), made from the shapes
/// that write the documents.
struct OpenAPI: Sendable {
    let site: SiteContext
    let shapes: APIShapes

    var bytes: [UInt8] {
        let endpoints = APIEndpoint.all(shapes)
        var kinds: [String: JSONObjectSchema] = [:]
        for endpoint in endpoints { endpoint.schema.collect(into: &kinds) }
        let server = String(site.address.base.dropLast() + SitePaths.api.dropLast())
        var json = JSONWriter()
        json.object {
            $0.field("openapi", "3.1.0")
            $0.field("info") {
                $0.field("title", site.configuration.title)
                $0.field("description", "The blog as files. Every document is read with GET; nothing can be written.")
                $0.field("version", "\(APIDocuments.version)")
            }
            $0.field("servers", [server]) { json, url in
                json.object { $0.field("url", url) }
            }
            $0.field("paths") { json in
                for endpoint in endpoints { write(endpoint, to: &json) }
            }
            $0.field("components") {
                $0.field("schemas") { json in
                    for (name, kind) in kinds.sorted(by: { $0.key < $1.key }) {
                        json.key(name)
                        kind.write(to: &json)
                    }
                }
            }
        }
        json.finish()
        return json.bytes
    }

    private func write(_ endpoint: APIEndpoint.Description, to json: inout JSONWriter) {
        json.field("/\(endpoint.name).json") {
            $0.field("get") {
                $0.field("operationId", Self.operation(endpoint.name))
                $0.field("summary", endpoint.summary)
                let parameters = Self.parameters(of: endpoint.name)
                if !parameters.isEmpty { $0.field("parameters", parameters) { write(parameter: $1, to: &$0) } }
                $0.field("responses") {
                    $0.field("200") {
                        $0.field("description", endpoint.summary)
                        $0.field("content") {
                            $0.field("application/json") {
                                $0.key("schema")
                                endpoint.schema.write(to: &$0)
                            }
                        }
                    }
                }
            }
        }
    }

    private func write(parameter name: String, to json: inout JSONWriter) {
        json.object {
            $0.field("name", name)
            $0.field("in", "path")
            $0.field("required", true)
            $0.key("schema")
            (name == "slug" ? JSONSchema.text : .integer).write(to: &$0)
        }
    }

    /// The names in braces.
    static func parameters(of name: String) -> [String] {
        name.split(separator: "{").dropFirst().compactMap { $0.split(separator: "}").first.map(String.init) }
    }

    /// `users/{id}/posts` is `users_id_posts`.
    private static func operation(_ name: String) -> String {
        name.split { !$0.isLetter }.joined(separator: "_")
    }
}

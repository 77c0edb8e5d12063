/// How ``BlogModels/ImportedFile`` names the records of a WordPress export: they have no files of their own.
enum WordPressKey {
    private static let post = "post:"

    /// A post or page by its guid, the address that WordPress gave it first, or where it has none by its number.
    static func document(guid: String, id: String) -> String {
        post + (guid.isEmpty ? "#\(id)" : String(guid.prefix(900)))
    }

    static func author(_ login: String) -> String { "author:\(login.prefix(200))" }

    /// The address of a post's record.
    static func address(ofPost key: String) -> String? {
        guard key.hasPrefix(post) else { return nil }
        let rest = key.dropFirst(post.count)
        return rest.hasPrefix("#") ? nil : String(rest)
    }
}

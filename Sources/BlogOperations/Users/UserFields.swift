import BlogConfiguration
import BlogModels
import ORM

/// The rules for what is typed about a user. The columns have limits of their own; here a person learns of them by name.
enum UserFields {
    /// A username is a part of URLs (`/authors/ada/`) and what front matter names, so it looks as import would make it.
    static func username(_ text: String) throws(OperationError) -> String {
        let slug = Slug(title: text, limit: Slug.tagLimit)?.text
        guard slug == text else {
            throw OperationError(
                .invalid, field: "username",
                "the username “\(text.printable)” is none: lower-case letters, digits, “-” and “_”, at most \(Slug.tagLimit) bytes",
                suggestion: slug)
        }
        return text
    }

    /// An e-mail address as web forms take it; empty text for none.
    static func email(_ text: String) throws -> String? {
        guard !text.isEmpty else { return nil }
        guard try Validator.email.accepts(.text(text)), text.unicodeScalars.count <= 100 else {
            throw OperationError(
                .invalid, field: "email",
                "“\(text.printable)” is no e-mail address of at most 100 characters, such as ada@example.org")
        }
        return text
    }

    /// A name; empty text for none.
    static func fullName(_ text: String) throws(OperationError) -> String? {
        let name = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard name.unicodeScalars.count <= TextLimit.fullName else {
            throw OperationError(
                .invalid, field: "full-name", "the full name is longer than \(TextLimit.fullName) characters")
        }
        return name.isEmpty ? nil : name
    }

    /// An http(s) URL; empty text for none.
    static func url(_ text: String) throws(OperationError) -> String? {
        guard !text.isEmpty else { return nil }
        guard let link = WebLink.checked(text) else {
            throw OperationError(.invalid, field: "url", "“\(text.printable)” is no http or https URL")
        }
        return link
    }
}

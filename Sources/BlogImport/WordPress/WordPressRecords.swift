import Foundation

/// An author of an export. The address that WordPress has is not taken: see product.md.
struct WordPressAuthor: Sendable, Hashable {
    /// WordPress' number, which comments name.
    var id: Int?
    var login = ""
    var displayName = ""
}

/// An `<item>`: a post, page, attachment or whatever else a plug-in keeps. Texts as they are written.
struct WordPressItem: Sendable {
    /// One category, tag or other term.
    struct Term: Sendable, Hashable {
        /// `category`, `post_tag`, `post_format` or a taxonomy of a plug-in.
        var domain: String
        var nicename: String
        var name: String
    }

    var line = 0
    /// 0 when it has none.
    var id = 0
    var type = ""
    var status = ""
    var title = ""
    var link = ""
    var creator = ""
    var guid = ""
    var name = ""
    var content = ""
    var excerpt = ""
    var date = ""
    var dateGMT = ""
    var modified = ""
    var modifiedGMT = ""
    var parent = 0
    var menuOrder = 0
    var password = ""
    var isSticky = false
    var attachmentAddress = ""
    var terms: [Term] = []
    /// The number of the attachment that is the post's image.
    var thumbnail: Int?
    /// Of an image, for those who do not see it.
    var alternative = ""
    /// Fields that the author made: names that do not begin with an underscore.
    var fields: [(name: String, value: String)] = []
}

/// A `<wp:comment>`, as it is written. The address of its author's machine is not read.
struct WordPressComment: Sendable {
    var line = 0
    var id = ""
    var author = ""
    var email = ""
    var url = ""
    var date = ""
    var dateGMT = ""
    var content = ""
    var approved = ""
    var type = ""
    var parent = ""
    var userID = 0

    /// A notice that another page links here, which nobody wrote.
    var isPing: Bool { type == "pingback" || type == "trackback" }
}

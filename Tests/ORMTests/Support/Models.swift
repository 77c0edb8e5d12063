package import ORMTesting

// Swift Testing has types of these names too.
typealias Comment = ORMTesting.Comment
typealias Tag = ORMTesting.Tag

extension Post: Equatable {
    package static func == (left: Post, right: Post) -> Bool { left.id == right.id && left.title == right.title }
}

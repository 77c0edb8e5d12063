import ORMTesting

// Swift Testing has types of these names too.
typealias Comment = ORMTesting.Comment
typealias Tag = ORMTesting.Tag

package import ORMMigrations

/// The schema's history, oldest first. The list is kept by `make`: see `blog-schema`.
package enum Migrations {
    package static let all: [Migration] = [
        initial0001,
        revisionTriggers0002,
        statisticsIndexes0003,
    ]
}

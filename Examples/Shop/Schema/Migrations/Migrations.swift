import ORMMigrations

/// The schema's history, oldest first. The list is kept by `migrate make`.
enum Migrations {
    static let all: [Migration] = [
        initial0001
    ]
}

import BlogModels
import Foundation
import ORM

/// Finds the users that front matter names, and makes those that there are not. Ids follow the order of the first mention.
struct UserDirectory: Sendable {
    struct Entry: Sendable, Hashable {
        var id: Int
        var username: String
        var fullName: String?
    }

    private(set) var created: [Entry] = []
    private var byUsername: [String: Entry] = [:]
    private var byID: [Int: Entry] = [:]
    /// Full names, case-folded; a name that two users have identifies nobody.
    private var byName: [String: [Int]] = [:]
    /// The stems of author files, which front matter may use as keys.
    private var byKey: [String: Int] = [:]
    private var ids: IDSequence

    init(_ rows: [(id: Int, username: String, fullName: String?)], keys: [String: Int], ids: IDSequence) {
        self.ids = ids
        byKey = Dictionary(keys.map { (Self.slug($0.key), $0.value) }, uniquingKeysWith: { first, _ in first })
        for row in rows { add(Entry(id: row.id, username: row.username, fullName: row.fullName)) }
    }

    /// The user that a name means: by username, by an author file's name, by full name. `nil` when there is none, or when the
    /// name has no letter.
    func find(_ name: String) -> Int? {
        if let slug = Slug(title: name, limit: Slug.tagLimit) {
            if let entry = byUsername[slug.text] { return entry.id }
            if let id = byKey[slug.text], byID[id] != nil { return id }
        }
        let sameName = byName[name.lowercased()] ?? []
        return sameName.count == 1 ? sameName.first : nil
    }

    /// The user with this id.
    func username(_ id: Int) -> String? { byID[id]?.username }

    /// Makes a user of a name that ``find(_:)`` does not know; `nil` when the name has no letter.
    mutating func create(_ name: String) -> Int? {
        guard let slug = Slug(title: name, limit: Slug.tagLimit) else { return nil }
        let fullName = TextLimit.cut(name, to: TextLimit.fullName)
        let entry = Entry(id: ids.next(), username: slug.text, fullName: fullName == slug.text ? nil : fullName)
        created.append(entry)
        add(entry)
        return entry.id
    }

    /// Makes a user with these names; a username that is taken gets a number.
    mutating func create(username: String, fullName: String?) -> Int {
        var name = username
        var number = 1
        while byUsername[name] != nil {
            number += 1
            name = "\(username)-\(number)"
        }
        let entry = Entry(id: ids.next(), username: name, fullName: fullName)
        created.append(entry)
        add(entry)
        return entry.id
    }

    /// Registers a user whose row is written by somebody else, and gives its id.
    mutating func reserve(username: String, fullName: String?, key: String) -> Int {
        let id = ids.next()
        add(Entry(id: id, username: username, fullName: fullName))
        byKey[Self.slug(key)] = id
        return id
    }

    /// Follows a change of a user's names.
    mutating func rename(_ id: Int, username: String, fullName: String?, key: String) {
        if let old = byID[id] {
            byUsername[old.username] = nil
            if let name = old.fullName?.lowercased() { byName[name]?.removeAll { $0 == id } }
        }
        add(Entry(id: id, username: username, fullName: fullName))
        byKey[Self.slug(key)] = id
    }

    /// The id of the user with exactly this username.
    func id(username: String) -> Int? { byUsername[username]?.id }

    /// Keys are compared as slugs, as names are.
    private static func slug(_ key: String) -> String {
        Slug(title: key, limit: Slug.tagLimit)?.text ?? key
    }

    private mutating func add(_ entry: Entry) {
        byUsername[entry.username] = entry
        byID[entry.id] = entry
        if let name = entry.fullName?.lowercased() { byName[name, default: []].append(entry.id) }
    }
}

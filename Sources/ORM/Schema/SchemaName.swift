/// Names of indexes and constraints that are made of others.
enum SchemaName {
    /// The name itself; or, of one that is too long for an engine, its start and a hash of the whole: PostgreSQL would cut it and might
    /// make two the same, MySQL refuse it. <https://www.postgresql.org/docs/15/limits.html>,
    /// <https://dev.mysql.com/doc/refman/8.0/en/identifier-length.html>
    static func bounded(_ name: String) -> String {
        guard name.utf8.count > 63 else { return name }
        var start = ""
        for character in name {
            guard start.utf8.count + character.utf8.count <= 46 else { break }
            start.append(character)
        }
        return "\(start)_\(StableHash.hexadecimal(of: name))"
    }
}

import ORM

extension DefaultState {
    /// A value as a command line has it, for a column: `0`, `true`, `now`, a text. Throws `.migration` for one that is none of the
    /// column's type.
    init(filling text: String, for column: ColumnState) throws {
        func refuse(_ expected: String) -> ORMError {
            ORMError(.migration, "\(column.name) is filled with \(expected), not with “\(text)”")
        }
        switch column.type {
        case .int16, .int32, .integer, .duration:
            guard let number = Int64(text) else { throw refuse("a whole number") }
            self = .value(.int(number))
        case .real:
            guard let number = Double(text) else { throw refuse("a number") }
            self = .value(.double(number))
        case .boolean:
            guard let flag = Bool(text) else { throw refuse("true or false") }
            self = .value(.bool(flag))
        case .timestamp where text == "now": self = .now
        case .text, .json: self = .value(.text(text))
        case .timestamp, .date, .time, .uuid, .decimal, .bytes:
            throw ORMError(
                .migration,
                "\(column.name) is no column that a command line can fill: write filling: into the migration’s file")
        }
    }
}

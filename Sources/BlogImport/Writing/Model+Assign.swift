import ORM

extension Model where ID == Int {
    /// Sets a column to the file's value, unless a command owns it or it is that value already. `text` is the value as
    /// marks hold it.
    mutating func assign<Value: Equatable>(
        _ field: String, _ column: WritableKeyPath<Self, Value>, _ value: Value, text: String?,
        _ marks: inout LocalMarks
    ) {
        guard marks.permits(field, of: id, value: text), self[keyPath: column] != value else { return }
        self[keyPath: column] = value
    }
}

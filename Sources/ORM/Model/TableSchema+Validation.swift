import FoundationEssentials

extension TableSchema {
    /// Checks a row's values, in the order of the columns; throws `.validationFailure` naming field and rule.
    func validate(_ values: [SQLValue]) throws {
        for index in ruled { try checkRules(values[index], ofColumn: index) }
        for value in values { try checkStorable(value) }
    }

    /// Checks one column's value; throws `.validationFailure` naming field and rule.
    func validate(_ value: SQLValue, ofColumn index: Int) throws {
        try checkRules(value, ofColumn: index)
        try checkStorable(value)
    }

    private func checkRules(_ value: SQLValue, ofColumn index: Int) throws {
        let column = columns[index]
        switch (value, column.storage) {
        case (.text(let text), _):
            // A text has at most as many scalars as bytes, so most need no counting.
            guard let limit = column.maxLength, text.utf8.count > limit, text.unicodeScalars.count > limit else {
                break
            }
            throw failure(column, "max(\(limit))", "is longer than \(limit) characters (\(text.unicodeScalars.count))")
        case (.decimal(let number), .decimal(let precision, let scale)):
            guard number.fractionDigits <= scale else {
                throw failure(
                    column, "decimal(\(precision), \(scale))", "has more than \(scale) digits behind the point")
            }
            let limit = Decimal(sign: .plus, exponent: precision - scale, significand: 1)
            guard number.magnitude < limit else {
                throw failure(
                    column, "decimal(\(precision), \(scale))",
                    "has more than \(precision - scale) digits before the point")
            }
        default: break
        }
        for validator in column.validators where try !validator.accepts(value) {
            throw failure(column, validator.rule, "breaks the rule “\(validator.rule)”")
        }
    }

    /// What no engine stores the same way is refused: NUL in text, instants outside the years 0 to 9999, NaN.
    func checkStorable(_ value: SQLValue) throws {
        switch value {
        case .text(let text)
        where text.utf8.withContiguousStorageIfAvailable({ $0.contains(0) }) ?? text.utf8.contains(0):
            throw ORMError(
                .validationFailure, "\(table): a text holds a NUL character, which not every engine can store")
        case .date(let date) where !Timestamp.expressible.contains(Timestamp(date)):
            throw ORMError(.validationFailure, "\(table): an instant lies outside the years 0 to 9999")
        case .double(let number) where number.isNaN:
            throw ORMError(.validationFailure, "\(table): not-a-number cannot be stored")
        case .invalid(let what): throw ORMError(.validationFailure, "\(table): \(what) cannot be stored")
        default: break
        }
    }

    private func failure(_ column: ColumnDefinition, _ rule: String, _ what: String) -> ORMError {
        .validation("\(table).\(column.name)", rule: rule, what)
    }
}

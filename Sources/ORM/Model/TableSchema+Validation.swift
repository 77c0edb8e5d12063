import Bytes
import FoundationEssentials

extension TableSchema {
    /// Checks a row's values, in the order of the columns; throws `.validationFailure` naming field and rule.
    func validate(_ values: [SQLValue]) throws {
        for index in values.indices { try checkStorable(values[index], ofColumn: index) }
        for index in ruled { try checkRules(values[index], ofColumn: index) }
    }

    /// Checks one column's value; throws `.validationFailure` naming field and rule.
    func validate(_ value: SQLValue, ofColumn index: Int) throws {
        try checkStorable(value, ofColumn: index)
        try checkRules(value, ofColumn: index)
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
        for validator in column.validators {
            var cause: (any Error)?
            do {
                if try validator.accepts(value) { continue }
            } catch let error as ORMError {
                throw error
            } catch {
                cause = error
            }
            throw failure(column, validator.rule, "breaks the rule “\(validator.rule)”", underlying: cause)
        }
    }

    /// What no engine stores the same way is refused: NUL in text, instants outside the years 0 to 9999, NaN.
    private func checkStorable(_ value: SQLValue, ofColumn index: Int) throws {
        switch value {
        case .text(let text) where text.containsNUL:
            throw failure(columns[index], "no NUL", "holds a NUL character, which not every engine can store")
        case .date(let date) where !Timestamp.expressible.contains(Timestamp(date)):
            throw failure(columns[index], "years 0 to 9999", "is an instant outside the years 0 to 9999")
        case .double(let number) where number.isNaN:
            throw failure(columns[index], "no NaN", "is not a number, which cannot be stored")
        case .invalid(let what): throw failure(columns[index], "storable", "is \(what), which cannot be stored")
        default: break
        }
    }

    private func failure(
        _ column: ColumnDefinition, _ rule: String, _ what: String, underlying: (any Error)? = nil
    ) -> ORMError {
        .validation("\(table).\(column.name)", rule: rule, what, underlying: underlying)
    }
}

extension SQLWriter {
    /// Writes a condition of which only "true" matters: WHERE, HAVING, EXISTS.
    package mutating func condition(_ expression: SQLExpression) {
        switch expression {
        case .and(let left, let right): group(left, " AND ", right) { $0.condition($1) }
        case .or(let left, let right): group(left, " OR ", right) { $0.condition($1) }
        // A column by itself is no term that SQLite looks up in an index: https://sqlite.org/optoverview.html#where_clause_analysis
        case .column: truth(of: expression, is: true)
        default: self.expression(expression)
        }
    }

    private mutating func truth(of column: SQLExpression, is value: Bool) {
        sql += "("
        expression(column)
        sql += " = \(dialect.literal(.bool(value))))"
    }

    private mutating func group(
        _ left: SQLExpression, _ word: String, _ right: SQLExpression, _ write: (inout SQLWriter, SQLExpression) -> Void
    ) {
        sql += "("
        write(&self, left)
        sql += word
        write(&self, right)
        sql += ")"
    }

    /// Writes an expression as a value. A condition among values is made two-valued: NULL counts as false.
    package mutating func value(_ expression: SQLExpression) {
        guard expression.canBeNullCondition else { return self.expression(expression) }
        sql += "("
        condition(expression)
        sql += " IS TRUE)"
    }

    /// Writes what a query gives back. A decimal number comes back as its digits, on every engine.
    package mutating func selected(_ expression: SQLExpression) {
        guard dialect.storesDecimalsAsIntegers, let scale = expression.scale else { return value(expression) }
        self.expression(.digits(expression, scale: scale))
    }

    package mutating func expression(_ expression: SQLExpression) {
        // The smallest of values that are all the same.
        if isGroupKey(expression) {
            return insideAggregate { $0.aggregate(.min, expression, isDistinct: false, filter: nil) }
        }
        switch dialect.storesDecimalsAsIntegers ? expression.scalingDecimals : expression {
        case .column(let path): column(path)
        case .value(let value): bind(value)
        case .refused(let error): refuse(error)
        case .now:
            if context == .definition { refuseInDefinition("this one asks for the time") }
            bind(.date(Timestamp.now.date))
        case .trusted(let text): sql += text
        case .portable(let text): portable(text)
        case .stored(let name, _): sql += name
        case .digits(let operand, let scale): scaled("orm_decimal", operand, scale)
        case .rescaled(let operand, let count): scaled("orm_rescale", operand, count)
        case .raw(let text, _):
            sql += "("
            text.write(&self)
            sql += ")"
        case .output(_, let inner): self.expression(inner)
        case .binary(let left, let word, let right, _, _): group(left, " \(word) ", right) { $0.value($1) }
        case .equal(let left, let right, let isNullable): equal(left, right, isNullable)
        case .isNull(let operand):
            sql += "("
            value(operand)
            sql += " IS NULL)"
        case .and, .or: condition(expression)
        case .not(let operand): negation(of: operand)
        case .inList(let operand, let values, _): list(operand, values)
        case .inSubquery(let operand, let query, _):
            sql += "("
            value(operand)
            sql += " IN ("
            subquery(query)
            sql += "))"
        case .inSelect(let operand, let select, _, let findsNull): membership(of: operand, in: select, findsNull)
        case .match(let kind, let operand, let pattern, _): match(kind, operand, pattern)
        case .test(let function, let arguments, _), .function(let function, let arguments):
            self.function(function, arguments)
        case .choice(let branches, let otherwise): choice(branches, otherwise)
        case .aggregate(let function, let operand, let isDistinct, let filter):
            aggregate(function, operand, isDistinct: isDistinct, filter: filter)
        case .existsSelect(let select):
            sql += "EXISTS ("
            select.write(&self, false)
            sql += ")"
        case .scalarSelect(let select):
            sql += "("
            select.write(&self, false)
            sql += ")"
        case .exists(let query):
            sql += "EXISTS ("
            subquery(query)
            sql += ")"
        case .scalar(let query):
            sql += "("
            subquery(query)
            sql += ")"
        }
    }

    private mutating func scaled(_ function: String, _ operand: SQLExpression, _ digits: Int) {
        refuseOwnFunction(function)
        sql += "\(function)("
        value(operand)
        sql += ", \(digits))"
    }

    private mutating func choice(_ branches: [SQLExpression.Branch], _ otherwise: SQLExpression?) {
        sql += "CASE"
        for branch in branches {
            sql += " WHEN "
            condition(branch.condition)
            sql += " THEN "
            value(branch.value)
        }
        if let otherwise {
            sql += " ELSE "
            value(otherwise)
        }
        sql += " END"
    }

    private mutating func aggregate(
        _ function: Aggregate, _ operand: SQLExpression?, isDistinct: Bool, filter: SQLExpression?
    ) {
        if function == .average, dialect.storesDecimalsAsIntegers, let scale = operand?.scale {
            sql += "("
            plainAggregate(function, operand, isDistinct: isDistinct, filter: filter)
            sql += " / \(SQLExpression.power(of: scale)).0)"
        } else {
            plainAggregate(function, operand, isDistinct: isDistinct, filter: filter)
        }
    }

    private mutating func plainAggregate(
        _ function: Aggregate, _ operand: SQLExpression?, isDistinct: Bool, filter: SQLExpression?
    ) {
        sql += function.rawValue
        sql += isDistinct ? "(DISTINCT " : "("
        if let filter, !dialect.hasAggregateFilter {
            // An aggregate leaves NULL out, and CASE gives NULL where the filter does not hold.
            insideAggregate { writer in
                writer.choice([SQLExpression.Branch(condition: filter, value: operand ?? .trusted("1"))], nil)
            }
            sql += ")"
            return
        }
        if let operand { insideAggregate { $0.value(operand) } } else { sql += "*" }
        sql += ")"
        guard let filter else { return }
        sql += " FILTER (WHERE "
        condition(filter)
        sql += ")"
    }

    private mutating func equal(_ left: SQLExpression, _ right: SQLExpression, _ isNullable: Bool) {
        if case .value(.null) = right { return expression(.isNull(left)) }
        if case .value(.null) = left { return expression(.isNull(right)) }
        guard isNullable else { return group(left, " = ", right) { $0.value($1) } }
        if case .value = right {
            // Compared with a value that is not NULL: `=` can use an index, and whoever needs false for NULL adds IS TRUE.
            sql += "("
            value(left)
            sql += " = "
            value(right)
            sql += ")"
        } else {
            // Two columns: NULL equals NULL, as in Swift.
            sql += "("
            group(left, " = ", right) { $0.value($1) }
            sql += " OR ("
            value(left)
            sql += " IS NULL AND "
            value(right)
            sql += " IS NULL))"
        }
    }

    /// NOT of a two-valued logic: what is not true is false, so its negation is true, NULL included.
    private mutating func negation(of operand: SQLExpression) {
        switch operand {
        case .not(let inner): condition(inner)
        case .and(let left, let right): group(.not(left), " OR ", .not(right)) { $0.condition($1) }
        case .or(let left, let right): group(.not(left), " AND ", .not(right)) { $0.condition($1) }
        case .column: truth(of: operand, is: false)
        case .isNull(let inner), .equal(let inner, .value(.null), _), .equal(.value(.null), let inner, _):
            sql += "("
            value(inner)
            sql += " IS NOT NULL)"
        case _ where operand.canBeNullCondition:
            sql += "("
            expression(operand)
            sql += " IS NOT TRUE)"
        default:
            sql += "(NOT "
            expression(operand)
            sql += ")"
        }
    }

    private mutating func list(_ operand: SQLExpression, _ values: [SQLValue]) {
        // NULL in the list is a value of its own, as in Swift's `contains`.
        let present = values.filter { !$0.isNull }
        let hasNull = present.count < values.count
        if hasNull {
            sql += "("
            expression(.isNull(operand))
            sql += " OR "
        }
        if present.isEmpty {
            sql += "(1 = 0)"
        } else if context != .definition, let list = dialect.membership(in: present) {
            sql += "("
            value(operand)
            sql += list.before
            bind(list.value)
            sql += "\(list.after))"
        } else {
            sql += "("
            value(operand)
            sql += " IN ("
            self.values(present)
            sql += "))"
        }
        if hasNull { sql += ")" }
    }
}

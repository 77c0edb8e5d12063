import SwiftDiagnostics
import SwiftSyntax

extension ModelDescription.Options {
    /// Reads the unlabelled arguments of a column's attribute; `nil` after an option was reported that cannot be meant.
    init?(
        _ arguments: [LabeledExprSyntax], of name: String, _ type: String, in attribute: AttributeSyntax,
        report: (Diagnostic) -> Void
    ) {
        let given = arguments.filter { $0.label == nil }.map(\.expression)
        var sources = given.map(\.trimmedDescription)
        if let former = arguments.first(where: { $0.label?.text == "was" })?.expression {
            guard let text = former.as(StringLiteralExprSyntax.self)?.plainText, !text.isEmpty else {
                report(.init(node: Syntax(former), message: ModelDiagnostic.formerNameLiteral(name)))
                return nil
            }
            formerName = text
            sources.append(".was(\(former.trimmedDescription))")
        }
        source = sources.joined(separator: ", ")
        for option in given {
            guard let (word, values) = option.optionCall else { continue }
            func refuse(_ message: ModelDiagnostic, _ fixIts: [FixIt] = []) {
                report(.init(node: Syntax(option), message: message, fixIts: fixIts))
            }
            switch word {
            case "name":
                columnName = values.first?.as(StringLiteralExprSyntax.self)?.plainText
                guard columnName != nil else {
                    refuse(.nameLiteral(name))
                    return nil
                }
            case "decimal":
                scale = values.dropFirst().first?.trimmedDescription
                if let digits = values.first.flatMap({ Int($0.trimmedDescription) }),
                    let places = scale.flatMap({ Int($0) }),
                    places > digits
                {
                    refuse(.decimalDigits(name))
                    return nil
                }
                guard type.bareType == "Decimal" else {
                    refuse(.optionType(word, name, "a Decimal"))
                    return nil
                }
            case "max":
                guard !Self.typesWithoutLength.contains(type.bareType) else {
                    refuse(.optionType(word, name, "a text"))
                    return nil
                }
            case "databaseDefault":
                hasDatabaseDefault = true
                guard attribute.attributeName.trimmedDescription.hasSuffix("Column") else {
                    refuse(.databaseDefaultPlace(name))
                    return nil
                }
                guard values.first?.optionCall?.word != "now" || type.bareType == "Date" else {
                    refuse(.instantDefault(name))
                    return nil
                }
            case "indexed" where given.contains { $0.optionCall?.word == "unique" }:
                refuse(
                    .uniqueAndIndexed(name),
                    [.replacing(attribute, with: attribute.removing(option), "remove .indexed")])
                return nil
            default: continue
            }
        }
    }

    private static let typesWithoutLength: Set<String> = [
        "Int", "Int8", "Int16", "Int32", "Int64", "UInt", "UInt8", "UInt16", "UInt32", "UInt64", "Double", "Float",
        "Decimal", "Bool", "Date", "CalendarDate", "TimeOfDay", "Duration", "UUID", "Data", "[UInt8]",
    ]
}

extension StringLiteralExprSyntax {
    /// The text of a literal without interpolation and escapes.
    var plainText: String? {
        guard segments.count == 1, case .stringSegment(let segment) = segments.first,
            !segment.content.text.contains("\\")
        else { return nil }
        return segment.content.text
    }
}

extension AttributeSyntax {
    /// The attribute without one of its arguments.
    fileprivate func removing(_ argument: ExprSyntax) -> AttributeSyntax {
        guard case .argumentList(let list) = arguments else { return self }
        var rest = list.filter { $0.expression.id != argument.id }
        if let last = rest.indices.last {
            rest[last] = rest[last].with(\.trailingComma, nil).with(\.trailingTrivia, [])
        }
        return with(\.arguments, .argumentList(LabeledExprListSyntax(Array(rest))))
    }
}

extension ExprSyntax {
    /// The word and the arguments of `.word` or `.word(…)`, however the type before it is written.
    var optionCall: (word: String, arguments: [ExprSyntax])? {
        if let call = self.as(FunctionCallExprSyntax.self),
            let member = call.calledExpression.as(MemberAccessExprSyntax.self)
        {
            return (member.declName.baseName.text, call.arguments.map(\.expression))
        }
        guard let member = self.as(MemberAccessExprSyntax.self) else { return nil }
        return (member.declName.baseName.text, [])
    }
}

extension String {
    /// A type without the mark of an optional and without its module.
    fileprivate var bareType: String {
        let required = hasSuffix("?") ? String(dropLast()) : self
        guard !required.contains("<"), let dot = required.lastIndex(of: ".") else { return required }
        return String(required[required.index(after: dot)...])
    }
}

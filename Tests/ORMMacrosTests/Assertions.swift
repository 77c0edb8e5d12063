import SwiftSyntaxMacroExpansion
import SwiftSyntaxMacrosGenericTestSupport
import Testing

@testable import ORMMacros

private let modelMacros: [String: MacroSpec] = [
    "Model": MacroSpec(type: ModelMacro.self),
    "TrackedColumn": MacroSpec(type: TrackedColumnMacro.self),
]

/// Checks an expansion, with everything that the macros write.
func assertExpansion(_ source: String, _ expanded: String, sourceLocation: SourceLocation = #_sourceLocation) {
    assertMacroExpansion(
        source, expandedSource: expanded, macroSpecs: modelMacros,
        failureHandler: { Issue.record("\($0.message)", sourceLocation: sourceLocation) })
}

/// Checks that `@Model`, the first line of the source, reports one thing at one place and writes nothing, and what its
/// fix-it makes of the source.
func assertModel(
    _ source: String, reports message: String, line: Int, column: Int, fixIt: String? = nil, fixed: String? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    let unexpanded = source.split(separator: "\n").dropFirst().joined(separator: "\n")
    assertMacroExpansion(
        source, expandedSource: unexpanded,
        diagnostics: [
            DiagnosticSpec(
                message: message, line: line, column: column, fixIts: fixIt.map { [FixItSpec(message: $0)] } ?? [])
        ],
        macroSpecs: modelMacros, fixedSource: fixed,
        failureHandler: { Issue.record("\($0.message)", sourceLocation: sourceLocation) })
}

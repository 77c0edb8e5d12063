import SwiftCompilerPlugin
import SwiftSyntaxMacros

@main
struct ORMMacrosPlugin: CompilerPlugin {
    let providingMacros: [any Macro.Type] = [ModelMacro.self, TrackedColumnMacro.self, PropertyMarkerMacro.self]
}

import Foundation
import Templates
import Testing

/// Cases whose expected output Jinja2 wrote; Scripts/jinja-oracle documents the two formats.
struct JinjaCase: Sendable, CustomTestStringConvertible {
    let title: String
    let data: [(String, Value)]
    let files: [TemplateFile]
    let expected: Expectation

    enum Expectation: Equatable {
        case output(String)
        case error
    }

    var testDescription: String { title }
}

enum JinjaSuite {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Jinja")

    static func lines(_ name: String) throws -> [JinjaCase] {
        let parts = try read("\(name).lines").split(separator: "\n----\n", maxSplits: 1)
        let data = try JSONReader.members(String(parts[0]))
        let templates = parts[1].split(separator: "\n").map(String.init)
        let expected = try read("\(name).expected").split(separator: "\n").map(String.init)
        guard expected.count == templates.count * 2 else { throw Stale(name: name) }
        return try templates.enumerated().map { index, template in
            guard expected[index * 2] == template else { throw Stale(name: name) }
            let result = expected[index * 2 + 1].dropFirst(3)
            let expectation: JinjaCase.Expectation =
                if result.hasPrefix("error ") { .error } else { .output(try JSONReader.string(String(result))) }
            let file = TemplateFile(name: "main.html", path: "main.html", source: template)
            return JinjaCase(title: template, data: data, files: [file], expected: expectation)
        }
    }

    static func cases(_ name: String) throws -> [JinjaCase] {
        let cases = sections(try read("\(name).cases"), marker: "#### ")
        let expected = sections(try read("\(name).expected"), marker: "#### ")
        guard cases.map(\.title) == expected.map(\.title) else { throw Stale(name: name) }
        return try zip(cases, expected).map { (written, answer) in
            let head = written.body.hasPrefix("@@ ") ? "" : written.body.components(separatedBy: "\n@@ ")[0]
            let files = sections(written.body, marker: "@@ ").map {
                TemplateFile(name: $0.title, path: "templates/\($0.title)", source: $0.body)
            }
            let result = sections(answer.body, marker: "@@ ")[0]
            return JinjaCase(
                title: written.title, data: head.isEmpty ? [] : try JSONReader.members(head), files: files,
                expected: result.title == "output" ? .output(result.body) : .error)
        }
    }

    struct Stale: Error {
        let name: String
    }

    private static func read(_ name: String) throws -> String {
        let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
        return text.hasSuffix("\n") ? String(text.dropLast()) : text
    }

    /// Parts that begin with a line of the marker and a title.
    private static func sections(_ text: String, marker: String) -> [(title: String, body: String)] {
        ("\n" + text).components(separatedBy: "\n" + marker).dropFirst().map { part in
            let lines = part.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
            return (String(lines[0]), lines.count > 1 ? String(lines[1]) : "")
        }
    }
}

/// Reads JSON into template values and keeps the order of members, which Foundation's reader does not.
struct JSONReader {
    private var scalars: Substring.UnicodeScalarView

    struct Malformed: Error {}

    static func members(_ text: String) throws -> [(String, Value)] {
        guard case .dict(let dict) = try value(text) else { throw Malformed() }
        return try zip(dict.keys, dict.values).map { key, value in
            guard case .string(let name) = key else { throw Malformed() }
            return (name, value)
        }
    }

    static func string(_ text: String) throws -> String {
        guard case .string(let string) = try value(text) else { throw Malformed() }
        return string
    }

    private static func value(_ text: String) throws -> Value {
        var reader = JSONReader(scalars: text[...].unicodeScalars)
        return try reader.value()
    }

    private mutating func value() throws -> Value {
        switch peek() {
        case "{": return try object()
        case "[":
            var items: [Value] = []
            try elements("]") { items.append(try $0.value()) }
            return .list(items)
        case "\"": return .string(try string())
        default:
            let word = String(scalars.prefix { !" ,]}\n".unicodeScalars.contains($0) })
            scalars = scalars.dropFirst(word.unicodeScalars.count)
            switch word {
            case "true": return .bool(true)
            case "false": return .bool(false)
            case "null": return .none
            default:
                if let integer = Int(word) { return .int(integer) }
                guard let double = Double(word) else { throw Malformed() }
                return .double(double)
            }
        }
    }

    private mutating func object() throws -> Value {
        var dict = Value.Dictionary()
        try elements("}") { reader in
            _ = reader.peek()
            let name = try reader.string()
            guard reader.peek() == ":" else { throw Malformed() }
            reader.scalars.removeFirst()
            dict.set(.string(name), to: try reader.value())
        }
        if dict.count == 1, case .string(let text)? = dict["$markup"] { return .markup(text) }
        if dict.count == 1, case .list(let items)? = dict["$tuple"] { return .tuple(items) }
        return .dict(dict)
    }

    private mutating func elements(_ end: Unicode.Scalar, _ read: (inout JSONReader) throws -> Void) throws {
        scalars.removeFirst()
        while peek() != end {
            try read(&self)
            if peek() == "," { scalars.removeFirst() }
        }
        scalars.removeFirst()
    }

    private mutating func peek() -> Unicode.Scalar? {
        scalars = scalars.drop { $0 == " " || $0 == "\n" }
        return scalars.first
    }

    private mutating func string() throws -> String {
        scalars.removeFirst()
        var units: [UInt16] = []
        while let scalar = scalars.popFirst() {
            if scalar == "\"" { return String(decoding: units, as: UTF16.self) }
            guard scalar == "\\" else {
                units += String(Character(scalar)).utf16
                continue
            }
            guard let escape = scalars.popFirst() else { break }
            switch escape {
            case "n": units.append(10)
            case "t": units.append(9)
            case "r": units.append(13)
            case "b": units.append(8)
            case "f": units.append(12)
            case "u":
                guard let unit = UInt16(String(scalars.prefix(4)), radix: 16) else { throw Malformed() }
                scalars = scalars.dropFirst(4)
                units.append(unit)
            default: units += String(Character(escape)).utf16
            }
        }
        throw Malformed()
    }
}

/// The man page, in the macros of man(7), from the same texts as `--help`.
struct ManualPage {
    private let program: CommandDescription
    private var lines: [String] = []

    /// Options of every command, told once.
    private static let common: Set = ["site", "database", "quiet", "verbose", "json", "no-color", "version", "help"]

    init(_ program: CommandDescription) { self.program = program }

    /// The whole page.
    mutating func text() -> String {
        lines = [
            ".\\\" Made by `blog manual`.", ".TH BLOG 1 \"\" \"blog \(Program.version)\" \"User Commands\"", ".SH NAME",
            "blog \\- \(Self.escaped(program.abstract?.first.map { $0.lowercased() + String((program.abstract ?? "").dropFirst()) } ?? ""))",
            ".SH SYNOPSIS", ".B blog", ".I command", ".RI [ options ]", ".SH DESCRIPTION",
        ]
        discussion(program.discussion)
        lines.append(".SH COMMANDS")
        for command in shown(program.subcommands) { write(command, named: "blog \(command.commandName)") }
        lines.append(".SH OPTIONS OF EVERY COMMAND")
        let anyCommand = shown(program.subcommands).first { $0.commandName == "build" }
        arguments((anyCommand?.arguments ?? []).filter { isCommon($0) })
        tail()
        return lines.joined(separator: "\n") + "\n"
    }

    private func shown(_ commands: [CommandDescription]?) -> [CommandDescription] {
        (commands ?? []).filter { $0.commandName != "help" && $0.shouldDisplay != false }
    }

    private mutating func write(_ command: CommandDescription, named name: String) {
        let subcommands = shown(command.subcommands)
        guard subcommands.isEmpty else {
            // Examples of a group are those of its commands.
            for subcommand in subcommands { write(subcommand, named: "\(name) \(subcommand.commandName)") }
            return
        }
        let own = (command.arguments ?? []).filter { $0.shouldDisplay && !isCommon($0) }
        let operands = own.filter { $0.kind == "positional" }.map { argument in
            let value = (argument.valueName ?? "value") + (argument.isRepeating ? "…" : "")
            return argument.isOptional ? "[\(value)]" : "\(value)"
        }
        lines.append(".SS \(Self.escaped(([name] + operands).joined(separator: " ")))")
        lines.append(Self.escaped(command.abstract ?? ""))
        arguments(own)
        discussion(command.discussion)
    }

    private func isCommon(_ argument: CommandDescription.Argument) -> Bool {
        (argument.names ?? []).contains { Self.common.contains($0.name) }
    }

    private mutating func arguments(_ arguments: [CommandDescription.Argument]) {
        for argument in arguments where argument.shouldDisplay {
            let names = (argument.names ?? []).map { "\\fB\(Self.escaped($0.spelled))\\fR" }.joined(separator: ", ")
            let value = "\\fI\(Self.escaped(argument.valueName ?? "value"))\\fR"
            lines.append(".TP")
            switch argument.kind {
            case "positional": lines.append(value)
            case "option": lines.append("\(names) \(value)")
            default: lines.append(names)
            }
            let standard = argument.defaultValue.map { argument.kind == "flag" ? "" : " (default: \($0))" } ?? ""
            lines.append(Self.escaped((argument.abstract ?? "") + standard))
        }
    }

    /// Paragraphs, and indented lines as they stand.
    private mutating func discussion(_ text: String?) {
        var isExample = false
        var isNew = true
        for line in (text ?? "").split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("  ") != isExample {
                isExample.toggle()
                lines += isExample ? [".RS 4", ".nf"] : [".fi", ".RE"]
            }
            if line.isEmpty {
                isNew = true
                continue
            }
            if isNew, !isExample { lines.append(".PP") }
            isNew = false
            lines.append(Self.escaped(String(line.drop { $0 == " " })))
        }
        if isExample { lines += [".fi", ".RE"] }
    }

    private mutating func tail() {
        lines.append(".SH EXIT STATUS")
        for (code, meaning) in [
            ("0", "done"), ("1", "done, but something was refused or skipped; the report names it"),
            ("64", "wrong usage"),
            ("65", "wrong input"), ("66", "an input that was named does not exist"),
            ("69", "the database is unavailable"),
            ("70", "a fault of the program"), ("73", "something cannot be created"),
            ("74", "reading or writing failed"),
            ("75", "another run holds the lock"), ("78", "an error in the configuration, a template or a migration"),
        ] {
            lines += [".TP", ".B \(code)", Self.escaped(meaning)]
        }
        lines += [
            ".SH ENVIRONMENT", ".TP", ".B DATABASE_URL", "The database, instead of the one in blog.yml.", ".TP",
            ".B DATABASE_REPLICA_URLS",
            "Databases that follow that one and are only read, separated by spaces, instead of those in blog.yml.",
            ".TP",
            ".B NO_COLOR", "Not empty: no colours.", ".SH FILES", ".TP", ".I blog.yml",
            "The site's configuration; its folder is the site's.", ".TP", ".I content/",
            "Posts, pages, authors and comments.",
            ".TP", ".I output/", "The generated site.", ".TP", ".I .blog/",
            "Manifest, caches and lock; safe to delete at any time.",
        ]
    }

    /// Text that roff takes for nothing but text.
    private static func escaped(_ text: String) -> String {
        let plain = text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
        return plain.hasPrefix(".") || plain.hasPrefix("'") ? "\\&" + plain : plain
    }
}

import ArgumentParser
import BlogConfiguration
import BlogSite

struct DoctorCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Look whether everything is as it should be.",
        discussion: """
            Versions, theme, database and its schema, the next scheduled change, what waits, permissions, disk space, lock. \
            Changes nothing. Exit code 1 when something is wrong.

            Examples:
              blog doctor
              blog doctor --json | jq '.checks[] | select(.level != "good")'
            """)

    @OptionGroup var options: GlobalOptions

    func run(_ console: Console) async throws {
        let console = options.console(console)
        let findings = await Checkup(options, console).findings()
        let isWell = !findings.contains { $0.level == .error }
        if options.json {
            console.writeJSON {
                $0.field("ok", isWell)
                $0.field("checks", findings) { json, finding in
                    json.object {
                        $0.field("name", finding.name)
                        $0.field("level", finding.level.rawValue)
                        $0.field("message", finding.text)
                        $0.field("advice", finding.advice)
                    }
                }
            }
        } else {
            write(findings, console)
        }
        if !isWell { throw ExitStatus.doneWithRefusals }
    }

    private func write(_ findings: [Checkup.Finding], _ console: Console) {
        let room = findings.map(\.name.count).max() ?? 0
        for finding in findings where !options.quiet || finding.level == .error || finding.level == .warning {
            let mark =
                switch finding.level {
                case .good: console.styled(console.isUnicode ? "✓" : "+", .good)
                case .note: console.styled(console.isUnicode ? "•" : "-", .dim)
                case .warning: console.styled("!", .warning)
                case .error: console.styled(console.isUnicode ? "✗" : "x", .error)
                }
            let padding = String(repeating: " ", count: room - finding.name.count)
            let lines = finding.text.split(separator: "\n").map { String($0).printable }
            console.write(
                "\(mark) \(finding.name)\(padding)  \(lines.joined(separator: "\n" + String(repeating: " ", count: room + 4)))"
            )
            if let advice = finding.advice {
                console.write(String(repeating: " ", count: room + 4) + console.styled(advice, .dim))
            }
        }
    }
}

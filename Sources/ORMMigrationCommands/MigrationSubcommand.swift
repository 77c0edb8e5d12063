package import ArgumentParser
import Foundation
import ORM
import ORMMigrations

/// A command of ``MigrateCommand``: it runs with a console that a program gives it, or with the process’s own.
package protocol MigrationSubcommand: AsyncParsableCommand {
    associatedtype Project: MigrationProject
    var options: Project.Options { get }
    mutating func run(_ console: Project.Console) async throws
}

extension MigrationSubcommand {
    /// Runs the command with the process’s own streams and ends with an exit code of sysexits.h.
    package mutating func run() async throws {
        let console = Project.Console.standard
        do {
            try await run(console)
        } catch let code as ExitCode {
            throw code
        } catch {
            console.note("error: \(MigrationFailure.message(of: error))")
            throw ExitCode(MigrationFailure.exitCode(of: error))
        }
    }

    /// The project’s migrations.
    var graph: MigrationGraph { get throws { try MigrationGraph(Project.migrations) } }

    /// The schema that the models declare.
    var goal: SchemaState { get throws { try SchemaState(of: Project.models, for: Project.dialects) } }

    /// Prints a result: the whole of it as JSON, or its text.
    func report(_ report: MigrationReport, to console: Project.Console, isResult: Bool = true) throws {
        let style = Project.style(options)
        if style.isJSON {
            console.write(try report.json)
        } else if isResult || !style.isQuiet {
            for line in report.lines { console.write(line) }
        }
    }
}

/// How the commands tell what went wrong.
package enum MigrationFailure {
    /// One line that a person can act on.
    package static func message(of error: any Error) -> String {
        switch error {
        case let error as ORMError: error.description
        case let error as CocoaError: error.localizedDescription
        default: "\(error)"
        }
    }

    /// The code of sysexits.h: 78 a migration or set-up that makes no sense, 69 a database that cannot be reached, 74 a file that cannot
    /// be read or written, 70 anything else.
    package static func exitCode(of error: any Error) -> Int32 {
        switch error {
        case let error as ORMError:
            switch error.code {
            case .migration, .configuration, .unsupported: 78
            case .poolTimeout: 69
            case .database:
                switch error.database?.kind {
                case .unavailable, .lockTimeout: 69
                default: 70
                }
            default: 70
            }
        case is CocoaError: 74
        default: 70
        }
    }
}

import ArgumentParser
import Foundation
import ORMMigrationCommands

#if canImport(Glibc)
    import CMalloc
#endif

/// The program `blog`, as a library: `@main` does no more than call it.
package enum Program {
    /// The program's version, as `blog --version` prints it.
    package static let version = "0.1.0"

    /// Parses the command line, runs the command and exits with its code.
    package static func run() async {
        // A reader that went away (`blog stats | head`) is the reader's business: writes fail with EPIPE and are dropped.
        signal(SIGPIPE, SIG_IGN)
        // A file that may not grow any more is a full disk: the write fails and is reported.
        signal(SIGXFSZ, SIG_IGN)
        #if canImport(Glibc)
            // By itself glibc keeps large blocks once one was freed, up to 32 MB each (mallopt(3), M_MMAP_THRESHOLD): a build of
            // 100,000 posts held 80 MB that it used for nothing. With a fixed limit they go back to the system at once.
            _ = mallopt(M_MMAP_THRESHOLD, 1 << 20)
        #endif
        let interruption = Interruption()
        let task = Task {
            await run(
                Array(CommandLine.arguments.dropFirst()), console: .standard, interruption: interruption)
        }
        interruption.cancels(task)
        let code = await task.value
        interruption.finish()
        exit(code)
    }

    /// Parses `arguments`, runs the command with the given console and says the exit code.
    package static func run(
        _ arguments: [String], console: Console, interruption: Interruption? = nil
    ) async -> Int32 {
        do {
            let arguments = GlobalArguments.reordered(arguments)
            if let unknown = UnknownCommand.find(in: arguments) { throw CommandError(unknown.message, .usage) }
            var command = try BlogCommand.parseAsRoot(arguments)
            if var command = command as? any ConsoleCommand {
                if command.changesSite { interruption?.arm() }
                try await command.run(console)
            } else {
                try command.run()
            }
            return ExitStatus.done.rawValue
        } catch let status as ExitStatus {
            return status.rawValue
        } catch let code as ExitCode {
            // The command has said why.
            return code.rawValue
        } catch {
            return report(error, to: console)
        }
    }

    private static func report(_ error: any Error, to console: Console) -> Int32 {
        let code = BlogCommand.exitCode(for: error)
        if code == .success {
            console.write(BlogCommand.fullMessage(for: error))
            return 0
        }
        if let failure = Failure(error) {
            console.error(failure.message)
            return failure.status.rawValue
        }
        console.note(BlogCommand.fullMessage(for: error))
        return code == .validationFailure ? ExitStatus.usage.rawValue : code.rawValue
    }
}

/// `blog`: the root of all commands.
struct BlogCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "blog",
        abstract: "A blog whose content lives in a database and whose readers get plain files.",
        discussion: """
            Authors write Markdown. `import` reads it into the database, `build` renders pages, feeds and JSON from it, \
            `regenerate` does both and is what cron calls.

            A first blog:
              blog init my-blog && cd my-blog
              blog regenerate
              blog serve
            """,
        version: Program.version,
        subcommands: [
            InitCommand.self, NewCommand.self, ImportCommand.self, BuildCommand.self, RegenerateCommand.self,
            StatsCommand.self, SiteCheckCommand.self, ServeCommand.self, UserCommand.self, PostCommand.self,
            CommentCommand.self, CronCommand.self, DoctorCommand.self, MarkdownCommand.self, TemplateCommand.self,
            MigrateCommand<BlogMigrations>.self, CompletionsCommand.self, ManualCommand.self,
        ])
}

/// A command that talks through a console it is given, so that tests can listen.
protocol ConsoleCommand: ParsableCommand {
    mutating func run(_ console: Console) async throws
    /// Whether it changes a site's database or output, so that it must be ended in order.
    var changesSite: Bool { get }
}

extension ConsoleCommand {
    var changesSite: Bool { false }
}

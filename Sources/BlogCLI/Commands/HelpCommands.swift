import ArgumentParser

struct CompletionsCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "completions",
        abstract: "Print the completions for a shell.",
        discussion: """
            make install and the Debian package install them already.

            Examples:
              blog completions bash > ~/.local/share/bash-completion/completions/blog
              blog completions zsh > ~/.zfunc/_blog
              blog completions fish > ~/.config/fish/completions/blog.fish
            """)

    enum Shell: String, ExpressibleByArgument, CaseIterable { case bash, zsh, fish }

    @Argument(help: "bash, zsh or fish.")
    var shell: Shell

    func run(_ console: Console) async throws {
        let kind: CompletionShell =
            switch shell {
            case .bash: .bash
            case .zsh: .zsh
            case .fish: .fish
            }
        console.write(BlogCommand.completionScript(for: kind))
    }
}

struct ManualCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "manual",
        abstract: "Print the man page.",
        discussion: """
            Examples:
              blog manual | man -l -
            """)

    func run(_ console: Console) async throws {
        var page = ManualPage(try CommandDescription.program())
        console.write(page.text())
    }
}

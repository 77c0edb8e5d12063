package import ArgumentParser

/// `blog-bench`: what the blog is measured with. No part of it is installed.
package struct BenchCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "blog-bench",
        abstract: "Makes what the blog is measured with.",
        subcommands: [
            CorpusCommand.self, AccessLogCommand.self, WordPressExportCommand.self, MarkdownBenchCommand.self,
        ])

    package init() {}
}

import BlogConfiguration
import BlogImport
import BlogSite
import Logging

/// A run as log lines, for those who collect logs: what was refused, what was mended, what came of it.
struct RunLog {
    private let logger: Logger

    init(_ console: Console, _ format: LogFormat) {
        logger = Logger(label: "blog") { _ in ConsoleLogHandler(console, format) }
    }

    func began(_ site: Site) {
        logger.info("regenerate", metadata: ["site": "\(site.root)", "version": "\(Program.version)"])
    }

    func log(_ report: ImportReport) {
        for refusal in report.refusals { log(refusal, .error) }
        for warning in report.warnings { log(warning, .warning) }
        for note in report.notes { logger.notice("\(note)") }
        let counts = [
            ("posts", report.posts), ("pages", report.pages), ("comments", report.comments), ("users", report.users),
            ("tags", report.tags),
        ]
        var metadata: Logger.Metadata = ["seconds": "\(report.seconds.milliseconds)"]
        for (name, count) in counts {
            metadata[name] = "\(count.created) new, \(count.updated) changed, \(count.deleted) gone"
        }
        metadata["views"] = "\(report.addedViews)"
        metadata["refused"] = "\(report.refusals.count)"
        logger.log(level: report.hasChanges ? .info : .debug, "imported", metadata: metadata)
    }

    func log(_ report: BuildReport) {
        for problem in report.problems {
            logger.log(
                level: problem.severity == .error ? .error : .warning, "\(problem.message)",
                metadata: ["page": "\(problem.page)"])
        }
        var metadata: Logger.Metadata = [
            "files": "\(report.pages.total)", "rendered": "\(report.pages.rendered)",
            "written": "\(report.pages.written)", "deleted": "\(report.pages.deleted)",
            "seconds": "\(report.seconds.milliseconds)",
        ]
        if let next = report.nextChange { metadata["next_change"] = "\(Instant(next).rfc3339)" }
        logger.log(
            level: report.pages.rendered + report.pages.deleted > 0 ? .info : .debug, "built", metadata: metadata)
    }

    /// What ended the run.
    func failed(_ failure: Failure) {
        logger.critical("\(failure.message)", metadata: ["exit_code": "\(failure.status.rawValue)"])
    }

    private func log(_ diagnostic: Diagnostic, _ level: Logger.Level) {
        var metadata: Logger.Metadata = ["path": "\(diagnostic.path)"]
        if let line = diagnostic.line { metadata["line"] = "\(line)" }
        logger.log(level: level, "\(diagnostic.reason)", metadata: metadata)
    }
}

extension Double {
    /// To the millisecond.
    fileprivate var milliseconds: Double { (self * 1000).rounded() / 1000 }
}

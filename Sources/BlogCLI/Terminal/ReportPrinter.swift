import BlogConfiguration
import BlogImport
import BlogSite

/// Prints the reports of runs: a line or two for people, one JSON object for scripts, problems to the error stream.
struct ReportPrinter {
    let console: Console
    let options: GlobalOptions

    func print(_ report: ImportReport, isDryRun: Bool) {
        printProblems(of: report)
        if options.json { return console.write(report.json) }
        guard !options.quiet else { return }
        console.write((isDryRun ? "Would import: " : "Imported: ") + summary(report))
        printRequests(of: report)
    }

    func print(_ report: BuildReport) {
        printProblems(of: report)
        if options.json { return console.write(report.json) }
        guard !options.quiet else { return }
        console.write("Built: " + summary(report))
        printNextChange(report)
    }

    /// One line, or one JSON object, for both steps of a run; nothing when nothing happened and nobody watches. With `isLogged`
    /// the log has told all of it.
    func print(_ imported: ImportReport, _ built: BuildReport, isLogged: Bool) {
        if !isLogged {
            // A note is for who watches: cron would send the same one with each run.
            printProblems(of: imported, withNotes: console.showsProgress || options.verbose)
            printProblems(of: built)
        }
        if options.json { return console.write("{\"import\":\(imported.json),\"build\":\(built.json)}") }
        guard !options.quiet, !isLogged else { return }
        if !imported.hasChanges, imported.refusals.isEmpty, built.pages.rendered + built.pages.deleted == 0,
            !built.hasErrors
        {
            if console.showsProgress {
                console.note("Nothing to do (\(duration(imported.seconds + built.seconds))).")
            }
            return
        }
        let next = built.nextChange.map { " Next change: \(Instant($0).rfc3339)." } ?? ""
        console.write("Imported: \(summary(imported)). Built: \(summary(built)).\(next)")
        if options.verbose { printRequests(of: imported) }
    }

    // MARK: Pieces

    func printProblems(of report: ImportReport, withNotes: Bool = true) {
        for refusal in report.refusals { console.note(refusal.detailed) }
        if !options.quiet {
            for warning in report.warnings { console.note(options.verbose ? warning.detailed : warning.description) }
            if withNotes { for note in report.notes { console.note("note: \(note)") } }
        }
        if !report.refusals.isEmpty {
            console.note("\(report.refusals.count) refused; what they gave before stays.")
        }
    }

    func printProblems(of report: BuildReport) {
        for problem in report.problems where problem.severity == .error || !options.quiet {
            console.note("\(problem.page): \(problem.severity == .error ? "error" : "warning"): \(problem.message)")
        }
        if !report.foreignFiles.isEmpty, !options.quiet {
            let shown = report.foreignFiles.prefix(options.verbose ? .max : 5)
            console.note("note: \(report.foreignFiles.count) files in the output folder are none of ours and stay:")
            for file in shown { console.note("  \(file)") }
            if shown.count < report.foreignFiles.count { console.note("  … (--verbose names them all)") }
        }
        if let metrics = report.templateMetrics, !options.json {
            for line in MetricsTable.lines(metrics, width: console.width) { console.note(line) }
        }
    }

    private func printNextChange(_ report: BuildReport) {
        guard let next = report.nextChange else { return }
        console.write("The next scheduled change is due at \(Instant(next).rfc3339).")
    }

    /// What the lines of access logs were: a person wants to see that bots are not among the views.
    private func printRequests(of report: ImportReport) {
        let logs = report.logs
        guard logs.lines > 0 else { return }
        let parts = [
            (logs.views, "views"), (logs.bots, "by bots"), (logs.feedReaders, "by feed readers"),
            (logs.prefetches, "prefetched"), (logs.redirects, "led on from a former path"),
            (logs.others, "of other things"), (logs.otherHosts, "for other hosts"), (logs.unreadable, "unreadable"),
        ].filter { $0.0 > 0 }.map { "\($0.0.grouped) \($0.1)" }
        console.write("Requests: \(logs.lines.grouped) lines: \(parts.joined(separator: ", "))")
        if logs.viewsWithoutAgent > 0 {
            console.note(
                "note: \(logs.viewsWithoutAgent.grouped) views are from logs that do not tell bots from people; log the agent to tell them apart"
            )
        }
    }

    private func summary(_ report: ImportReport) -> String {
        let kinds = [
            ("posts", report.posts), ("pages", report.pages), ("comments", report.comments), ("users", report.users),
            ("tags", report.tags),
        ]
        var parts = kinds.compactMap { name, counts -> String? in
            let changes = [(counts.created, "new"), (counts.updated, "changed"), (counts.deleted, "gone")]
                .filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
            let total = counts.created + counts.updated + counts.unchanged + counts.deleted
            guard total > 0 else { return nil }
            return "\(name) " + (changes.isEmpty ? "unchanged (\(counts.unchanged))" : changes.joined(separator: ", "))
        }
        if report.addedViews != 0 || report.views.created + report.views.updated + report.views.deleted > 0 {
            parts.append("views \(report.addedViews < 0 ? "" : "+")\(report.addedViews.grouped)")
        }
        return (parts.isEmpty ? ["nothing"] : parts).joined(separator: "; ") + " (\(duration(report.seconds)))"
    }

    private func summary(_ report: BuildReport) -> String {
        let pages = report.pages
        let gone = pages.deleted > 0 ? ", \(pages.deleted) deleted" : ""
        return
            "\(pages.total) files: \(pages.rendered) rendered, \(pages.written) written\(gone) (\(duration(report.seconds)))"
    }

    private func duration(_ seconds: Double) -> String {
        if seconds < 1 { return "\(Int((seconds * 1000).rounded())) ms" }
        let tenths = Int((seconds * 10).rounded())
        return "\(tenths / 10).\(tenths % 10) s"
    }
}

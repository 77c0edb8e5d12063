/// The lines that make cron or systemd regenerate a site.
struct ScheduleFiles {
    let schedule: Schedule
    /// Absolute paths.
    let program: String
    let site: String
    let user: String
    /// The database's URL, where blog.yml does not say it.
    var database: String?
    /// Folders beside the site's that a run writes to.
    var otherFolders: [String] = []

    /// What is run, word by word.
    private var command: [String] {
        [program, "regenerate", "--site", site] + (database.map { ["--database", $0] } ?? [])
    }

    /// A line for `crontab -e`. In cron's eyes `%` is a line feed, so it is escaped; the shell's quotes come first.
    var crontab: String {
        let command = self.command.map(Self.quotedForShell).joined(separator: " ")
        return "\(schedule.crontab) \(command.replacing("%", with: "\\%"))\n"
    }

    /// What the units are called: `blog-` and the site's folder.
    var name: String {
        let folder = site.split(separator: "/").last.map(String.init) ?? "site"
        return "blog-" + String(folder.map { $0.isASCII && ($0.isLetter || $0.isNumber) || $0 == "-" ? $0 : "-" })
    }

    /// Exit code 1 (something was refused; the log names it) and 75 (another run is at work) are no failures of the unit.
    var service: String {
        let command = (self.command + ["--log-format", "text"]).map(Self.quotedForSystemd)
        return """
            [Unit]
            Description=Regenerate the blog in \(site.replacing("%", with: "%%"))

            [Service]
            Type=oneshot
            User=\(user)
            ExecStart=\(command.joined(separator: " "))
            SuccessExitStatus=1 75
            Nice=10
            NoNewPrivileges=true
            PrivateTmp=true
            ProtectSystem=strict
            ReadWritePaths=\(([site] + otherFolders).map(Self.quotedForSystemd).joined(separator: " "))

            """
    }

    var timer: String {
        """
        [Unit]
        Description=Regenerate the blog in \(site.replacing("%", with: "%%"))

        [Timer]
        OnCalendar=\(schedule.calendar)
        Persistent=true

        [Install]
        WantedBy=timers.target

        """
    }

    /// A word of sh(1).
    static func quotedForShell(_ word: String) -> String {
        guard word.isEmpty || !word.unicodeScalars.allSatisfy(isPlain) else { return word }
        return "'" + word.replacing("'", with: #"'\''"#) + "'"
    }

    /// A word of systemd.service(5), where `%` and `$` mean something even in quotes.
    static func quotedForSystemd(_ word: String) -> String {
        let text = word.replacing("%", with: "%%").replacing("$", with: "$$")
        guard !text.unicodeScalars.allSatisfy({ isPlain($0) || $0 == "%" || $0 == "$" }) else { return text }
        return "\"" + text.replacing("\\", with: #"\\"#).replacing("\"", with: #"\""#) + "\""
    }

    private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII
            && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                || "/._-+:@,".unicodeScalars.contains(scalar))
    }
}

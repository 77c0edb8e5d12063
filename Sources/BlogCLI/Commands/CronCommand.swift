import ArgumentParser
import BlogConfiguration
import BlogSite
import Foundation
import ORM

struct CronCommand: ConsoleCommand {
    static let configuration = CommandConfiguration(
        commandName: "cron",
        abstract: "Print the crontab line and the systemd units for this site.",
        discussion: """
            Nothing is installed: what is printed says where it goes. A run that finds nothing to do says nothing, so cron sends \
            mail only when something happened or went wrong.

            Examples:
              blog cron
              blog cron --every 1h
              (crontab -l; blog cron --crontab) | crontab -
              blog cron --service | sudo tee /etc/systemd/system/blog-site.service
            """)

    @Option(help: ArgumentHelp("How often: minutes (5m), hours (1h) or once a day (1d).", valueName: "interval"))
    var every = "5m"

    @Flag(help: "Only the crontab line.")
    var crontab = false

    @Flag(help: "Only the systemd service.")
    var service = false

    @Flag(help: "Only the systemd timer.")
    var timer = false

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        do {
            _ = try Schedule(every)
        } catch {
            throw ValidationError("--every: \(error.message).")
        }
        if [crontab, service, timer, options.json].count(where: { $0 }) > 1 {
            throw ValidationError("--crontab, --service, --timer and --json exclude each other.")
        }
    }

    func run(_ console: Console) async throws {
        let site = try Site.open(explicit: options.folder, current: console.currentDirectory)
        var files = ScheduleFiles(
            schedule: try Schedule(every), program: Self.program(console), site: site.root,
            user: console.environment["USER"] ?? NSUserName())
        files.database = options.database
        let place = try OpenSite.place(of: site, options, console)
        if options.database != nil, case .known? = place.server?.password {
            console.note(
                "note: everybody on the machine who lists processes sees the password: keep it in a file, ?password_file=PATH"
            )
        }
        let folder = place.path.map {
            URL(filePath: $0).deletingLastPathComponent().standardizedFileURL.path
        }
        if let folder, folder != site.root, !folder.hasPrefix(site.root + "/") { files.otherFolders = [folder] }
        if options.database == nil, console.environment["DATABASE_URL"] != nil {
            console.note(
                "note: DATABASE_URL is set here, but cron does not see it: give --database, or say it in blog.yml")
        }
        if crontab { return console.write(files.crontab) }
        if service { return console.write(files.service) }
        if timer { return console.write(files.timer) }
        if options.json {
            return console.writeJSON {
                $0.field("crontab", files.crontab)
                $0.field("service", files.service)
                $0.field("timer", files.timer)
            }
        }
        let unit = "/etc/systemd/system/\(files.name)"
        let heading = { (text: String) in console.write(console.styled(text, .dim)) }
        heading("# cron: add this line with crontab -e")
        console.write(files.crontab)
        heading("\n# systemd: \(unit).service")
        console.write(files.service)
        heading("\n# \(unit).timer; then: systemctl enable --now \(files.name).timer")
        console.write(files.timer)
    }

    /// Where this program lies, as cron must name it, whose PATH is short.
    private static func program(_ console: Console) -> String {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
            ?? absolutePath(CommandLine.arguments.first ?? "blog", console)
    }
}

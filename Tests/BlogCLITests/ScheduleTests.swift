import Testing

@testable import BlogCLI

@Suite struct ScheduleTests {
    @Test(arguments: [
        ("1m", "* * * * *", "*-*-* *:00/1:00"), ("5m", "*/5 * * * *", "*-*-* *:00/5:00"),
        ("60m", "0 * * * *", "*-*-* *:00:00"), ("1h", "0 * * * *", "*-*-* 00/1:00:00"),
        ("6h", "0 */6 * * *", "*-*-* 00/6:00:00"), ("24h", "0 0 * * *", "*-*-* 00:00:00"),
        ("1d", "0 0 * * *", "*-*-* 00:00:00"),
    ])
    func `an interval as cron and systemd write it`(text: String, crontab: String, calendar: String) throws {
        let schedule = try Schedule(text)
        #expect(schedule.crontab == crontab)
        #expect(schedule.calendar == calendar)
    }

    @Test(arguments: [
        ("7m", "cron counts anew with each hour, which 7m does not divide; the nearest that does is 6m"),
        ("2d", "cron counts anew with each day, which 2d does not divide; the nearest that does is 1d"),
        ("0m", "“0m” is no interval such as 5m, 1h or 1d"), ("m", "“m” is no interval such as 5m, 1h or 1d"),
        ("5", "“5” is no interval such as 5m, 1h or 1d"), ("", "“” is no interval such as 5m, 1h or 1d"),
    ])
    func `what cron cannot do is refused`(text: String, message: String) {
        #expect(throws: Schedule.Fault(message: message)) { try Schedule(text) }
    }

    private var files: ScheduleFiles {
        get throws {
            ScheduleFiles(
                schedule: try Schedule("5m"), program: "/usr/local/bin/blog", site: "/srv/my blog/100%", user: "www")
        }
    }

    @Test func `paths are quoted for those who read them`() throws {
        #expect(
            try files.crontab == "*/5 * * * * /usr/local/bin/blog regenerate --site '/srv/my blog/100\\%'\n")
        #expect(
            try files.service == """
                [Unit]
                Description=Regenerate the blog in /srv/my blog/100%%

                [Service]
                Type=oneshot
                User=www
                ExecStart=/usr/local/bin/blog regenerate --site "/srv/my blog/100%%" --log-format text
                SuccessExitStatus=1 75
                Nice=10
                NoNewPrivileges=true
                PrivateTmp=true
                ProtectSystem=strict
                ReadWritePaths="/srv/my blog/100%%"

                """)
        #expect(try files.name == "blog-100-")
    }

    @Test func `a command prints all of it, or one part`() async throws {
        let site = try TestSite.small()
        let all = await site.blog("cron", "--every", "1h")
        #expect(all.status == 0)
        #expect(all.output.contains("\n0 * * * * /"))
        #expect(all.output.contains(" regenerate --site \(site.root)\n"))
        #expect(all.output.contains("SuccessExitStatus=1 75\n"))
        #expect(all.output.contains("OnCalendar=*-*-* 00/1:00:00\n"))
        let line = await site.blog("cron", "--crontab")
        #expect(line.output.hasPrefix("*/5 * * * * /"))
        #expect(line.output.split(separator: "\n").count == 1)
        #expect(await site.blog("cron", "--every", "7m").status == 64)
    }
}

import Foundation
@testable import ORM
import ORMTesting
import Testing

@Suite struct ServerAddressTests {
    @Test func everyPartIsRead() throws {
        let url = try DatabaseURL(
            "postgres://ada%40work:p%40s%3As@db.example:5433/my%2Fblog?tls=verify-full&tls_root_certificate=/ca.pem"
                + "&application_name=blog%20cron&connect_timeout=2.5&statement_timeout=60&lock_timeout=5&max_size=8")
        var address = ServerAddress(database: "my/blog")
        address.host = "db.example"
        address.port = 5433
        address.user = "ada@work"
        address.password = .known(Secret("p@s:s"))
        address.tls = .verifyFull
        address.tlsRootCertificate = "/ca.pem"
        address.applicationName = "blog cron"
        address.connectTimeout = .seconds(2.5)
        address.statementTimeout = .seconds(60)
        address.lockTimeout = .seconds(5)
        #expect(try url.server() == address)
        #expect(url.pool.maxSize == 8)
    }

    @Test(
        arguments: [
            ("mysql:///blog", nil, nil, nil, "the local socket"),
            ("mysql:///blog?socket=/run/my.sock", nil, nil, nil, "the socket /run/my.sock"),
            ("mysql://ada@/blog", nil, nil, "ada", "the local socket"), ("mysql://db/blog", "db", nil, nil, "db"),
            ("mysql://[::1]/blog", "::1", nil, nil, "[::1]"),
            ("mysql://[::1]:3307/blog", "::1", 3307, nil, "[::1]:3307"),
        ] as [(String, String?, Int?, String?, String)])
    func partsMayBeLeftOut(_ url: String, _ host: String?, _ port: Int?, _ user: String?, _ place: String) throws {
        let address = try DatabaseURL(url).server()
        #expect(address.host == host)
        #expect(address.port == port)
        #expect(address.user == user)
        #expect(address.password == nil)
        #expect(address.database == "blog")
        #expect(address.tls == .prefer)
        #expect(address.connectTimeout == .seconds(10))
        #expect(address.statementTimeout == nil)
        #expect(address.lockTimeout == nil)
        #expect(address.place == place)
    }

    @Test(arguments: [
        ("postgres://geheim", "the database URL names no database: postgres://user@host/blog, or postgres:///blog"),
        (
            "postgres://ada:geheim@db/",
            "the database URL names no database: postgres://user@host/blog, or postgres:///blog"
        ),
        (
            "postgres://db:geheim/blog",
            "the port in the database URL is a number from 1 to 65535 behind a host: db.example:5432"
        ),
        (
            "postgres://:1/blog",
            "the port in the database URL is a number from 1 to 65535 behind a host: db.example:5432"
        ),
        (
            "postgres://db:0/blog",
            "the port in the database URL is a number from 1 to 65535 behind a host: db.example:5432"
        ),
        (
            "postgres://[::1]5432/blog",
            "the port in the database URL is a number from 1 to 65535 behind a host: db.example:5432"
        ),
        (
            "postgres://ada:geheim%4@db/blog",
            "the location in the database URL has a % without two hexadecimal digits: write % as %25"
        ),
        ("postgres://db/blog?socket=/run", "the database URL gives a host and a socket: leave one out"),
        (
            "postgres://db/blog?tls=geheim",
            "tls in the database URL is one of disable, prefer, require, verify-ca, verify-full"
        ),
        ("postgres://db/blog?connect_timeout=0", "connect_timeout must be positive: seconds, such as 10"),
        (
            "postgres://ada:geheim@db/blog?password_file=/x",
            "the database URL gives the password twice: by itself, password_file or password_env"
        ),
        (
            "postgres://db/blog?geheim=1",
            "the database URL has an unknown option: expected one of min_size, max_size, max_queries, "
                + "max_inactive_connection_lifetime, acquire_timeout, socket, tls, tls_root_certificate, application_name, "
                + "connect_timeout, statement_timeout, lock_timeout, password_file, password_env"
        ),
    ])
    func anAddressThatMakesNoSenseIsRefusedAndNotRepeated(_ url: String, _ message: String) async {
        let error = await ormError { _ = try DatabaseURL(url).server() }
        #expect(error?.code == .configuration)
        #expect(error?.message == message)
    }

    @Test func aPasswordIsReadFromAFileOrAVariableWhenItIsNeeded() async throws {
        try await withFolder { folder in
            let path = folder + "/password"
            var address = try DatabaseURL("postgres://db/blog?password_file=\(path)").server()
            let missing = await ormError { _ = try address.readPassword() }
            #expect(missing?.message == "cannot read the password from \(path), which password_file names")
            try Data("first \nsecond".utf8).write(to: URL(filePath: path))
            #expect(try address.readPassword() == Secret("first "))
            address = try DatabaseURL("postgres://db/blog?password_env=HOME").server()
            #expect(try address.readPassword() == Secret(ProcessInfo.processInfo.environment["HOME"] ?? ""))
            address = try DatabaseURL("postgres://db/blog?password_env=ORM_NOT_SET").server()
            let unset = await ormError { _ = try address.readPassword() }
            #expect(unset?.message == "the variable ORM_NOT_SET, which password_env names, is not set")
        }
    }

    @Test func aPasswordIsPrintedNowhere() throws {
        let url = try DatabaseURL("postgres://ada:geheim@db/blog")
        let address = try url.server()
        for value in [url, address, Secret("geheim")] as [Any] {
            var dumped = ""
            dump(value, to: &dumped)
            #expect(!dumped.contains("geheim"))
            #expect(!"\(value)".contains("geheim"))
            #expect(!String(reflecting: value).contains("geheim"))
        }
    }
}

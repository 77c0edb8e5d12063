#if MySQL
    import Foundation
    import ORM
    import ORMMySQL
    import ORMTesting
    import ServerSupport
    import Testing

    /// What can go wrong before the first statement, and what a session is like.
    @Suite(.serialized) struct ConnectTests {
        @Test(.timeLimit(.minutes(10))) func aWrongPasswordIsSaidSoAndNotRepeated() async throws {
            let server = try MariaDBServer.shared
            try await server.withDatabase { driver in
                let database = driver.address.database
                try await server.administer(
                    "CREATE OR REPLACE USER eve@localhost IDENTIFIED BY 'right'; GRANT ALL ON \(database).* TO eve@localhost"
                )
                var address = driver.address
                address.user = "eve"
                address.password = .known(Secret("wrong-one"))
                let wrong = address
                let error = await ormError { _ = try await Database.open(MySQLDriver(wrong)) }
                #expect(error?.database?.kind == .unavailable)
                #expect(error?.database?.nativeCode == "1045")
                #expect(error?.message.contains("check the user, its rights and the password") == true)
                #expect(error?.description.contains("wrong-one") == false)
                address.password = .known(Secret("right"))
                let db = try await Database.open(MySQLDriver(address))
                #expect(try await Rows<Int>.raw("SELECT 1").get(on: db) == 1)
                await db.close()
            }
        }

        @Test(.timeLimit(.minutes(10))) func aMissingDatabaseIsSaidSo() async throws {
            let address = try MariaDBServer.shared.address("nowhere")
            let error = await ormError { _ = try await Database.open(MySQLDriver(address)) }
            #expect(error?.database?.kind == .unavailable)
            #expect(error?.message.contains("has no database nowhere: create it, by CREATE DATABASE nowhere") == true)
        }

        @Test(.timeLimit(.minutes(10))) func aServerThatIsNotThereIsSaidSo() async throws {
            var address = ServerAddress(database: "blog")
            address.socket = "/tmp/no-such-socket"
            let socket = address
            let error = await ormError { _ = try await Database.open(MySQLDriver(socket)) }
            #expect(error?.database?.kind == .unavailable)
            #expect(
                error?.message.hasPrefix("no server answers at the socket /tmp/no-such-socket: is it running there?")
                    == true)
        }

        @Test(.timeLimit(.minutes(10)), arguments: ["mysql", "mariadb"])
        func bothSchemesLeadToWhicheverServerAnswers(scheme: String) async throws {
            try await withMariaDB { driver in
                let socket = driver.address.socket ?? ""
                let url = "\(scheme)://root@/\(driver.address.database)?socket=\(socket)&max_size=2"
                let db = try await Database.open(url: url, drivers: [MySQLDriver.self])
                #expect((db.dialect as? MySQLDialect)?.server == .mariaDB)
                #expect(try await Rows<String>.raw("SELECT @@time_zone").get(on: db) == "+00:00")
                await db.close()
            }
        }

        @Test(.timeLimit(.minutes(10))) func anotherServerThanTheOneThatIsNamedIsRefused() async throws {
            try await withMariaDB { driver in
                let other = MySQLDriver(driver.address, server: .mySQL)
                let error = await ormError { _ = try await Database.open(other) }
                #expect(error?.code == .configuration)
                #expect(error?.message.contains("is MariaDB and no longer MySQL") == true)
            }
        }
    }
#endif

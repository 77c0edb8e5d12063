extension Database {
    /// Runs `body` with the database and closes it afterwards, whatever becomes of the body.
    ///
    /// ```swift
    /// try await Database.open(driver).closing { db in try await Migrator(db, migrations).up() }
    /// ```
    package func closing<Result>(
        after body: nonisolated(nonsending) (Database) async throws -> Result
    ) async throws -> Result {
        do {
            let result = try await body(self)
            await close()
            return result
        } catch {
            await close()
            throw error
        }
    }
}

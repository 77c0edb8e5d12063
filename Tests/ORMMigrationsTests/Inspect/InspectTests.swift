import Foundation
import ORM
import ORMMigrations
import ORMSQLite
import Testing

struct InspectTests {
    /// The models are in `Inspected/`, which the compiler reads with the tests. RECORD_INSPECTED=1 writes them anew.
    @Test(arguments: ForeignSchema.all)
    func whatIsPrintedIsWhatWasCompiledAndMeansTheSame(_ schema: ForeignSchema) async throws {
        let db = try await Database.open(SQLiteDriver.inMemory)
        try await db.run(script: schema.sql)
        let inspection = try await SchemaInspector.inspect(db)
        let source = ModelSource(inspection)
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "Inspected/\(schema.name).swift")
        if ProcessInfo.processInfo.environment["RECORD_INSPECTED"] != nil {
            try Data(source.text.utf8).write(to: file)
        }
        #expect(source.text == String(decoding: try Data(contentsOf: file), as: UTF8.self))
        #expect(source.notes == schema.notes)
        let models = try SchemaState(of: schema.models, for: [db.dialect])
        // What a model cannot be is none; the notes have named it.
        let names = models.tables.map(\.name)
        let found = SchemaState(inspection.schema.tables.filter { names.contains($0.name) })
        for name in names {
            #expect(
                try SchemaState([#require(found[name])]).isEquivalent(
                    to: SchemaState([#require(models[name])]), in: db.dialect), "\(name)")
        }
        await db.close()
        // And a database made by the models is inspected to the same again.
        let copy = try await Database.open(SQLiteDriver.inMemory)
        try await copy.createSchema(for: schema.models)
        let again = try await SchemaInspector.inspect(copy)
        #expect(again.notes == [])
        #expect(try again.schema.isEquivalent(to: found, in: copy.dialect))
        await copy.close()
    }
}

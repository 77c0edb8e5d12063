import Foundation
import ORM
import ORMMigrations

/// The folder of a project’s migrations: one file each, and the list of them.
struct MigrationFolder {
    let path: String
    /// How the folder is named in messages.
    let shownPath: String

    /// The project’s folder. Throws `.migration` for a program that is run without its sources.
    init<Project: MigrationProject>(
        _ project: Project.Type, given: String?, for verb: String, _ console: Project.Console
    ) throws {
        guard let folder = Project.folder else {
            throw ORMError(
                .migration,
                "\(verb) writes source code, and this program has its migrations built in: it is for those who develop it"
            )
        }
        shownPath = given ?? folder
        let base = URL(filePath: console.currentDirectory, directoryHint: .isDirectory)
        path = URL(filePath: shownPath, relativeTo: base).standardizedFileURL.path
    }

    /// The names of the migrations that there are files of.
    var names: [String] {
        get throws {
            guard FileManager.default.fileExists(atPath: path) else { return [] }
            return try FileManager.default.contentsOfDirectory(atPath: path).filter { file in
                file.hasSuffix(".swift") && file.prefix { $0.isASCII && $0.isNumber }.count >= 4
            }.map { String($0.dropLast(6)) }.sorted()
        }
    }

    /// Throws `.migration` when there are files that the program does not know yet: it would write the same again.
    func checkBuilt(_ graph: MigrationGraph) throws {
        guard let unknown = try names.first(where: { graph[$0] == nil }) else { return }
        throw ORMError(
            .migration,
            "\(shownPath)/\(unknown).swift is not in this program yet: see that \(MigrationIndex.fileName) lists it, and build anew"
        )
    }

    /// Writes a migration and the list of all; gives the paths. Throws `.migration` when the file is there already.
    func write(_ file: MigrationFile) throws -> [String] {
        let target = "\(path)/\(file.fileName)"
        guard !FileManager.default.fileExists(atPath: target) else {
            throw ORMError(.migration, "\(shownPath)/\(file.fileName) is there already: give another --name")
        }
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        let list = "\(path)/\(MigrationIndex.fileName)"
        let current = FileManager.default.contents(atPath: list).map { String(decoding: $0, as: UTF8.self) }
        // The list first: when it cannot be written there is no file that it lacks.
        let source = try MigrationIndex.source(listing: try names + [file.name], in: current)
        try Data(file.source.utf8).write(to: URL(filePath: target), options: .atomic)
        try Data(source.utf8).write(to: URL(filePath: list), options: .atomic)
        return ["\(shownPath)/\(file.fileName)", "\(shownPath)/\(MigrationIndex.fileName)"]
    }
}

import Foundation

/// The folder that a corpus is written to.
package struct CorpusDirectory {
    private let root: URL
    private var lastFolder: URL?

    /// Creates the folder `path`, or takes it as it is when it is empty.
    ///
    /// - Throws: `CorpusError` with `.cannotCreate`, when there is something that writing would mix with or replace.
    package init(creating path: String) throws {
        root = URL(filePath: path, directoryHint: .isDirectory)
        do {
            try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
            let found = try FileManager.default.contentsOfDirectory(atPath: path)
            guard found.isEmpty else {
                throw CorpusError(
                    code: .cannotCreate,
                    description:
                        "\(path) is not empty; name a new folder, or remove this one yourself if nothing in it matters")
            }
        } catch let error as CorpusError {
            throw error
        } catch {
            throw CorpusError(code: .cannotCreate, description: "cannot create \(path): \(error.localizedDescription)")
        }
    }

    /// Checks that `theme` is a folder. Call it before anything is written.
    package static func checkTheme(_ theme: String) throws {
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: theme, isDirectory: &isDirectory), isDirectory.boolValue else {
            throw CorpusError(code: .missingTheme, description: "no theme: \(theme) is not a folder")
        }
    }

    /// Writes one file of the corpus and the folders it needs.
    package mutating func write(_ text: String, to path: String) throws {
        let file = root.appending(path: path, directoryHint: .notDirectory)
        let folder = file.deletingLastPathComponent()
        do {
            if folder != lastFolder {
                try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
                lastFolder = folder
            }
            try Data(text.utf8).write(to: file)
        } catch {
            throw CorpusError(
                code: .writeFailed, description: "cannot write \(file.path()): \(error.localizedDescription)")
        }
    }

    /// Copies the folder `theme` to `templates/`.
    package func copyTheme(_ theme: String) throws {
        do {
            try FileManager.default.copyItem(atPath: theme, toPath: root.appending(path: "templates").path())
        } catch {
            throw CorpusError(
                code: .writeFailed, description: "cannot copy the theme \(theme): \(error.localizedDescription)")
        }
    }
}

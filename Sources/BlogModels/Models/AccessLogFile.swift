package import ORM

/// How far an access log was read. Logs are renamed, copied, truncated and packed while they rotate, so a log is known by how
/// its text begins; where it lies says only which of two logs that begin alike is meant.
@Model("access_log_files")
package struct AccessLogFile {
    @PrimaryKey package var id: Int
    /// Where it lay when it was read last.
    package var device: Int
    package var inode: Int
    /// SHA-256 of the first line, in hexadecimal; of the line's first 4096 bytes, if it is longer.
    @Column(.max(64), .indexed) package var lineDigest: String
    /// SHA-256 of the first bytes, in hexadecimal, and of how many: 4096, or as many as were read.
    @Column(.max(64)) package var headDigest: String
    package var headLength: Int
    /// Up to where the text, unpacked, is counted.
    package var readBytes: Int
    /// How many lines that is.
    package var readLines: Int
}

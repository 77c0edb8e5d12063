import Markdown

/// A file that may be an image.
package enum ImageFile {
    /// Holds the header of nearly every image.
    private static let headerSize = 64 * 1024
    /// Photographs may have large metadata in front of it.
    private static let longHeaderSize = 4 * 1024 * 1024

    /// The size in CSS pixels; nil if there is no such file, or no image in it.
    package static func size(at path: String) -> (width: Int, height: Int)? {
        for count in [headerSize, longHeaderSize] {
            let bytes: [UInt8]
            do {
                bytes = try FileDescriptor.beginning(of: path, count) ?? []
            } catch {
                // To publish the file fails for the same reason, and that is reported.
                return nil
            }
            if let size = ImageHeader.size(of: bytes) { return size }
            if bytes.count < count { return nil }
        }
        return nil
    }
}

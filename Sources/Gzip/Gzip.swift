import CZlib

/// Packs data in the format gzip (RFC 1952).
package enum Gzip {
    /// zlib could not pack: it had no memory.
    package struct Failure: Error, Sendable, Hashable {}

    /// The packed bytes, as small as zlib makes them. They hold neither time nor name: the same bytes give the same.
    ///
    /// ```swift
    /// let packed = try Gzip.pack(page)     // what a server sends with Content-Encoding: gzip
    /// ```
    package static func pack(_ bytes: UnsafeRawBufferPointer) throws(Failure) -> [UInt8] {
        var stream = z_stream()
        guard blog_deflate_init_gzip(&stream, Z_BEST_COMPRESSION) == Z_OK else { throw Failure() }
        defer { deflateEnd(&stream) }
        var isWhole = false
        let room = Int(deflateBound(&stream, UInt(bytes.count)))
        let packed = [UInt8](unsafeUninitializedCapacity: room) { buffer, initialized in
            var rest = bytes
            var filled = 0
            // avail_in and avail_out have 32 bits.
            repeat {
                let piece = rest.prefix(Int(UInt32.max))
                let space = min(room - filled, Int(UInt32.max))
                // zlib does not write to its input, whatever the type says.
                stream.next_in = UnsafeMutablePointer(
                    mutating: UnsafeRawBufferPointer(rebasing: piece).assumingMemoryBound(to: UInt8.self).baseAddress)
                stream.avail_in = UInt32(piece.count)
                stream.next_out = buffer.baseAddress.map { $0 + filled }
                stream.avail_out = UInt32(space)
                let status = deflate(&stream, piece.count == rest.count ? Z_FINISH : Z_NO_FLUSH)
                rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(piece.count - Int(stream.avail_in)))
                filled += space - Int(stream.avail_out)
                isWhole = status == Z_STREAM_END
                guard status == Z_OK || isWhole else { break }
            } while !isWhole
            initialized = filled
        }
        guard isWhole else { throw Failure() }
        return packed
    }
}

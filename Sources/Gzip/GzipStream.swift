import CZlib

/// Unpacks gzip data (RFC 1952) piece by piece: of any size, in bounded memory.
package final class GzipStream {
    package enum Fault: Error, Sendable, Hashable {
        /// The data ends within a member.
        case truncated
        /// The data is no gzip from here on, or its checksum is wrong.
        case damaged
        case outOfMemory
    }

    private let state: UnsafeMutablePointer<z_stream>
    private var input = [UInt8](repeating: 0, count: 128 << 10)
    /// What of `input` is still to be unpacked.
    private var rest = 0..<0
    /// The last member is whole; another may follow (`cat a.gz b.gz`, and what logrotate appends).
    private var isBetweenMembers = false
    package private(set) var isAtEnd = false

    package init() throws(Fault) {
        state = .allocate(capacity: 1)
        state.initialize(to: z_stream())
        guard blog_inflate_init_gzip(state) == Z_OK else {
            state.deallocate()
            throw .outOfMemory
        }
    }

    deinit {
        inflateEnd(state)
        state.deallocate()
    }

    /// Begins again: the next input is that of the file's start.
    package func reset() {
        inflateReset(state)
        rest = 0..<0
        isBetweenMembers = false
        isAtEnd = false
    }

    /// Unpacks into `output` and says how many bytes that gave; 0 at the end. `source` gives more packed bytes, 0 at the end.
    package func read<Failure: Error>(
        into output: UnsafeMutableRawBufferPointer,
        from source: (UnsafeMutableRawBufferPointer) throws(Failure) -> Int
    ) throws -> Int {
        guard let base = output.baseAddress, !output.isEmpty else { return 0 }
        while !isAtEnd {
            if rest.isEmpty {
                let count = try input.withUnsafeMutableBytes { buffer in try source(buffer) }
                rest = 0..<count
                if count == 0 {
                    isAtEnd = true
                    if !isBetweenMembers { throw Fault.truncated }
                    return 0
                }
            }
            if isBetweenMembers {
                // Zeros pad tapes and blocks; gzip(1) passes over them, and over other rubbish with a warning.
                guard input[rest.lowerBound] == 0x1F else {
                    isAtEnd = true
                    return 0
                }
                inflateReset(state)
                isBetweenMembers = false
            }
            let (given, status) = unpack(base, output.count)
            switch status {
            case Z_STREAM_END: isBetweenMembers = true
            case Z_OK, Z_BUF_ERROR: break
            case Z_MEM_ERROR: throw Fault.outOfMemory
            default:
                isAtEnd = true
                throw Fault.damaged
            }
            if given > 0 { return given }
        }
        return 0
    }

    private func unpack(_ base: UnsafeMutableRawPointer, _ capacity: Int) -> (given: Int, status: Int32) {
        input.withUnsafeMutableBufferPointer { buffer in
            state.pointee.next_in = buffer.baseAddress.map { $0 + rest.lowerBound }
            state.pointee.avail_in = UInt32(rest.count)
            state.pointee.next_out = base.assumingMemoryBound(to: UInt8.self)
            state.pointee.avail_out = UInt32(clamping: capacity)
            let room = state.pointee.avail_out
            let status = inflate(state, Z_NO_FLUSH)
            rest = (rest.upperBound - Int(state.pointee.avail_in))..<rest.upperBound
            let given = Int(room - state.pointee.avail_out)
            state.pointee.next_in = nil
            state.pointee.next_out = nil
            return (given, status)
        }
    }
}

#if canImport(Glibc)
    import Glibc
#endif

/// Room at the end of the current thread's heap, so that many small allocations follow without a system call and a page fault each.
///
/// glibc gives every thread but the first a heap that grows by one page at a time, with a call of mprotect, and the system gives it each
/// page when it is first touched: reading 50,000 rows makes ten thousand of both. A block that is taken and given back makes the heap grow
/// by its size, and its pages can be asked for together.
///
/// ```swift
/// var room = HeapRoom()
/// for index in 0..<count { room.make(for: index); keep(read()) }
/// ```
package struct HeapRoom {
    /// Up to where the pages are there.
    private var end: UInt = 0

    package init() {}

    /// Makes room for some hundred small allocations, now and then; for a loop that keeps what it makes.
    package mutating func make(for index: Int) {
        #if canImport(Glibc)
            guard index % 64 == 63 else { return }
            let start = Self.block(of: Self.least)
            // Another heap of the thread, 64 MB apart, or what is ahead in this one.
            if start + UInt(Self.least) > end || (start ^ end) >> 26 != 0 { populate() }
        #endif
    }

    #if canImport(Glibc)
        /// Below 64 KB, because from there on giving a block back tidies the whole heap; see FASTBIN_CONSOLIDATION_THRESHOLD in glibc's
        /// malloc.c.
        private static let least = 60_000
        /// Below 128 KB, because such a block may come from elsewhere; see DEFAULT_MMAP_THRESHOLD there.
        private static let most = 120_000

        private mutating func populate() {
            let start = Self.block(of: Self.most)
            end = start + UInt(Self.most)
            let page: UInt = 4096
            let (first, last) = ((start + page - 1) & ~(page - 1), end & ~(page - 1))
            // MADV_POPULATE_WRITE. A kernel before 5.14 does not know it, and gives the pages one by one.
            madvise(UnsafeMutableRawPointer(bitPattern: first), Int(last - first), 23)
        }

        /// Takes a block and gives it back; where it was. By the runtime and not by malloc, which the compiler would leave out together
        /// with its free.
        private static func block(of size: Int) -> UInt {
            let block = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
            defer { block.deallocate() }
            return UInt(bitPattern: block)
        }
    #endif
}

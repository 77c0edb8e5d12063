/// Room at the end of the current thread's heap, so that many small allocations follow without a system call each.
///
/// glibc gives every thread but the first a heap that grows by one page at a time, with a call of mprotect: reading 50,000 rows
/// makes ten thousand of them. A block that is taken and given back makes the heap grow by its size. Below 64 KB, because
/// from there on giving back tidies the whole heap; see FASTBIN_CONSOLIDATION_THRESHOLD in glibc's malloc.c.
package enum HeapRoom {
    /// Whether a loop that keeps what it makes should ask for room before the element number `index`.
    package static func isDue(at index: Int) -> Bool { index % 64 == 63 }

    /// Makes room for some hundred small allocations.
    package static func make() {
        #if canImport(Glibc)
            // By the runtime and not by malloc, which the compiler would leave out together with its free.
            UnsafeMutableRawPointer.allocate(byteCount: 60_000, alignment: 16).deallocate()
        #endif
    }
}

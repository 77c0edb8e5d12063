// The thread sanitizer brings its own malloc.
#if canImport(Glibc) && !THREAD_SANITIZER
    import Foundation
    import Glibc
    import ORM
    import Testing

    @Suite struct HeapRoomTests {
        /// In a process of its own, where no other thread shares the heap.
        @Test func aThreadsHeapGrowsOnceForManyAllocationsAndNotPageByPage() async {
            await #expect(processExitsWith: .success) {
                let (without, with) = await withCheckedContinuation { continuation in
                    Thread {
                        let heap = ThreadHeap()
                        let without = heap.steps(allocating: 50)
                        continuation.resume(returning: (without, heap.steps(allocating: 50, room: true)))
                    }.start()
                }
                // 50 KB are more than twelve pages.
                #expect(without >= 12)
                #expect(with == 1)
            }
        }

        @Test func pagesAreThereBeforeTheyAreTouched() async {
            await #expect(processExitsWith: .success) {
                let (without, with) = await withCheckedContinuation { continuation in
                    Thread {
                        let heap = ThreadHeap()
                        let without = heap.faults(allocating: 50)
                        continuation.resume(returning: (without, heap.faults(allocating: 50, room: true)))
                    }.start()
                }
                #expect(without >= 12)
                #expect(with <= 1)
            }
        }
    }

    /// The heap of the thread that makes it, watched from outside of malloc.
    private struct ThreadHeap {
        private let maps = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
        /// Some block on the heap.
        private let block = Self.kilobyte()

        /// How often the heap grows while a thread allocates so many kilobytes.
        func steps(allocating kilobytes: Int, room: Bool = false) -> Int {
            fillUp()
            var (steps, end) = (0, end)
            func look() {
                let now = self.end
                if now != end { steps += 1 }
                end = now
            }
            if room {
                var room = HeapRoom()
                room.make(for: 63)
                look()
            }
            for _ in 0..<kilobytes {
                _ = Self.kilobyte()
                look()
            }
            return steps
        }

        /// How often the system is asked for a page while a thread allocates so many kilobytes.
        func faults(allocating kilobytes: Int, room hasRoom: Bool = false) -> Int {
            fillUp()
            if hasRoom {
                var room = HeapRoom()
                room.make(for: 63)
            }
            let before = Self.faults
            for _ in 0..<kilobytes { _ = Self.kilobyte() }
            return Self.faults - before
        }

        /// Of this thread so far.
        private static var faults: Int {
            var usage = rusage()
            // RUSAGE_THREAD, which glibc declares under _GNU_SOURCE alone.
            getrusage(__rusage_who_t(1), &usage)
            return usage.ru_minflt
        }

        /// Allocates until the heap has just grown by a page, so that no room is left but what is in it.
        private func fillUp() {
            let before = end
            while end == before { _ = Self.kilobyte() }
        }

        private static func kilobyte() -> UInt {
            UInt(bitPattern: UnsafeMutableRawPointer.allocate(byteCount: 1000, alignment: 16))
        }

        /// The end of the mapping that the heap lies in, from `/proc/self/maps`, read without allocating.
        private var end: UInt {
            let file = open("/proc/self/maps", O_RDONLY)
            defer { close(file) }
            var count = 0
            while case let more = read(file, maps.baseAddress?.advanced(by: count), maps.count - count), more > 0 {
                count += more
            }
            var position = 0
            while position < count {
                let start = number(&position)
                position += 1
                let end = number(&position)
                if start <= block, block < end { return end }
                while position < count, maps[position] != UInt8(ascii: "\n") { position += 1 }
                position += 1
            }
            return 0
        }

        /// The hexadecimal number that begins here.
        private func number(_ position: inout Int) -> UInt {
            var number: UInt = 0
            while let digit = Character(UnicodeScalar(maps[position])).hexDigitValue {
                number = number * 16 + UInt(digit)
                position += 1
            }
            return number
        }
    }
#endif

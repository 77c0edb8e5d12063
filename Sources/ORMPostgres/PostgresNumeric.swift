#if Postgres
    /// A NUMERIC in its binary form: groups of four decimal digits.
    /// <https://github.com/postgres/postgres/blob/REL_15_STABLE/src/backend/utils/adt/numeric.c>, `numeric_send`
    struct PostgresNumeric {
        /// The groups, each below 10,000; the first one has the weight 10,000 to the power of ``weight``.
        private let bytes: UnsafeRawBufferPointer
        private let groupCount: Int
        private let weight: Int
        private let isNegative: Bool
        /// How many digits are shown behind the point.
        private let scale: Int

        /// `nil` for what is no number: NaN, infinity.
        init?(_ bytes: UnsafeRawBufferPointer) {
            guard bytes.count >= 8 else { return nil }
            func field(_ index: Int) -> Int16 {
                Int16(bigEndian: bytes.loadUnaligned(fromByteOffset: index * 2, as: Int16.self))
            }
            groupCount = Int(field(0))
            weight = Int(field(1))
            let sign = UInt16(bitPattern: field(2))
            scale = Int(field(3))
            guard sign == 0 || sign == 0x4000, groupCount >= 0, bytes.count >= 8 + groupCount * 2 else { return nil }
            isNegative = sign == 0x4000
            self.bytes = bytes
        }

        /// The group of a weight; 0 where none is stored.
        private func group(ofWeight wanted: Int) -> Int {
            let index = weight - wanted
            guard index >= 0, index < groupCount else { return 0 }
            return Int(Int16(bigEndian: bytes.loadUnaligned(fromByteOffset: 8 + index * 2, as: Int16.self)))
        }

        /// The number, when it is whole and fits 64 bits.
        var integer: Int64? {
            var value: Int64 = 0
            for wanted in stride(from: weight, through: 0, by: -1) {
                let (product, isTooGreat) = value.multipliedReportingOverflow(by: 10_000)
                let group = Int64(group(ofWeight: wanted))
                let (sum, overflows) = product.subtractingReportingOverflow(group)
                guard !isTooGreat, !overflows else { return nil }
                // Kept negative, because the least number has no opposite.
                value = sum
            }
            var fraction = -1
            while weight - fraction < groupCount {
                guard group(ofWeight: fraction) == 0 else { return nil }
                fraction -= 1
            }
            if isNegative { return value }
            return value == .min ? nil : -value
        }

        /// The number as the server would print it: `-12.50`.
        var text: String {
            var text = isNegative ? "-" : ""
            if weight < 0 {
                text += "0"
            } else {
                for wanted in stride(from: weight, through: 0, by: -1) {
                    let digits = String(group(ofWeight: wanted))
                    if wanted < weight { text += String(repeating: "0", count: 4 - digits.utf8.count) }
                    text += digits
                }
            }
            guard scale > 0 else { return text }
            var fraction = ""
            for wanted in 1...((scale + 3) / 4) {
                let digits = String(group(ofWeight: -wanted))
                fraction += String(repeating: "0", count: 4 - digits.utf8.count) + digits
            }
            return text + "." + fraction.prefix(scale)
        }
    }
#endif

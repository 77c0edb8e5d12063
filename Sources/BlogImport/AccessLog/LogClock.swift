import BlogConfiguration

/// Reads the times of a log's lines, and remembers the last: neighbours in a log share their hour.
struct LogClock {
    /// `13/Feb/2026:10`, of the last line.
    private var prefix: (UInt64, UInt64) = (0, 0)
    /// Seconds since 1970 of that hour, as if it were UTC.
    private var seconds: Int?

    /// The hour since 1970 (UTC) that `13/Feb/2026:10:20:30 +0100` falls into; `nil` for no such date.
    ///
    /// The bytes are at least 26, the separators at their places: see ``isTime(_:at:)``.
    mutating func hour(of time: LogBytes) -> Int? {
        let raw = UnsafeRawBufferPointer(time)
        // Bytes 0–13, in two overlapping loads.
        let key = (
            raw.loadUnaligned(fromByteOffset: 0, as: UInt64.self), raw.loadUnaligned(fromByteOffset: 6, as: UInt64.self)
        )
        if key != prefix || seconds == nil {
            prefix = key
            seconds = Self.localHour(time)
        }
        guard let seconds, let minute = time.bytes(15, 17).decimal, let second = time.bytes(18, 20).decimal,
            minute < 60, second < 61, let zoneHours = time.bytes(22, 24).decimal,
            let zoneMinutes = time.bytes(24, 26).decimal, zoneHours < 24, zoneMinutes < 60
        else { return nil }
        let offset = (zoneHours * 60 + zoneMinutes) * (time[21] == UInt8(ascii: "-") ? -60 : 60)
        let instant = seconds + minute * 60 - offset
        return instant < 0 ? nil : instant / 3600
    }

    /// Whether a time of this shape stands at a place: only its separators are looked at.
    @inline(__always)
    static func isTime(_ line: LogBytes, at start: Int) -> Bool {
        guard start + 27 <= line.count else { return false }
        return line[start + 2] == UInt8(ascii: "/") && line[start + 6] == UInt8(ascii: "/")
            && line[start + 11] == UInt8(ascii: ":") && line[start + 14] == UInt8(ascii: ":")
            && line[start + 17] == UInt8(ascii: ":") && line[start + 20] == UInt8(ascii: " ")
            && (line[start + 21] == UInt8(ascii: "+") || line[start + 21] == UInt8(ascii: "-"))
            && line[start + 26] == UInt8(ascii: "]")
    }

    private static func localHour(_ time: LogBytes) -> Int? {
        guard let day = time.bytes(0, 2).decimal, let month = month(time.bytes(3, 6)),
            let year = time.bytes(7, 11).decimal, let hour = time.bytes(12, 14).decimal, year >= 1970, hour < 24,
            (1...CalendarDay.count(ofMonth: month, year: year)).contains(day)
        else { return nil }
        return CalendarDay(year: year, month: month, day: day).daysSince1970 * 86_400 + hour * 3600
    }

    /// Logs have English months whatever the server's locale.
    private static func month(_ name: LogBytes) -> Int? {
        switch (name[0], name[1], name[2]) {
        case (0x4A, 0x61, 0x6E): 1
        case (0x46, 0x65, 0x62): 2
        case (0x4D, 0x61, 0x72): 3
        case (0x41, 0x70, 0x72): 4
        case (0x4D, 0x61, 0x79): 5
        case (0x4A, 0x75, 0x6E): 6
        case (0x4A, 0x75, 0x6C): 7
        case (0x41, 0x75, 0x67): 8
        case (0x53, 0x65, 0x70): 9
        case (0x4F, 0x63, 0x74): 10
        case (0x4E, 0x6F, 0x76): 11
        case (0x44, 0x65, 0x63): 12
        default: nil
        }
    }
}

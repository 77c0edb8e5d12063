#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The two functions of the C library that the standard library lacks.
enum CLibrary {
    static func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }

    /// `printf` of one double: conversion is one of `e E f F g G`, flags any of `-+ #0`.
    static func formatted(
        _ value: Double, flags: String = "", width: Int = 0, precision: Int = 6, conversion: Character = "f"
    ) -> String {
        let format = "%\(flags)*.*\(conversion)"
        return withVaList([Int32(clamping: width), Int32(clamping: precision), value]) { arguments in
            // 309 digits, a sign, a point, and what width and precision ask for.
            var buffer = [CChar](repeating: 0, count: 320 + max(width, 0) + max(precision, 0))
            let length = vsnprintf(&buffer, buffer.count, format, arguments)
            return String(decoding: buffer.prefix(Int(length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
    }
}

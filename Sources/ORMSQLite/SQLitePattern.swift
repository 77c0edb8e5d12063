import CSQLite

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A compiled regular expression, kept by SQLite as long as the pattern stays the same.
private final class CompiledPattern {
    private var expression = regex_t()

    /// Compiles a pattern; throws the reason why it cannot be.
    init(_ pattern: UnsafePointer<CChar>, ignoringCase: Bool) throws(PatternError) {
        let code = regcomp(&expression, pattern, REG_EXTENDED | REG_NOSUB | (ignoringCase ? REG_ICASE : 0))
        guard code == 0 else {
            let size = regerror(code, &expression, nil, 0)
            var message = [CChar](repeating: 0, count: size)
            regerror(code, &expression, &message, size)
            throw PatternError(
                reason: message.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" })
        }
    }

    deinit { regfree(&expression) }

    func matches(_ text: UnsafePointer<CChar>) -> Bool { regexec(&expression, text, 0, nil, 0) == 0 }
}

private struct PatternError: Error {
    let reason: String
}

/// The locale in which a character may have several bytes: the regular expressions of the C library ask the thread for it.
/// It lives as long as the process.
nonisolated(unsafe) private let unicodeLocale: locale_t? =
    newlocale(characterTypeMask, "C.UTF-8", nil) ?? newlocale(characterTypeMask, "en_US.UTF-8", nil)

/// `LC_CTYPE_MASK`, a macro that Linux defines by an expression that Swift does not import.
#if canImport(Darwin)
    private let characterTypeMask = LC_CTYPE_MASK
#else
    private let characterTypeMask = Int32(1) << Int32(LC_CTYPE)
#endif

extension SQLiteFunction {
    /// Whether the first argument matches the second, a POSIX extended regular expression. A pattern that is none ends the
    /// statement with an error that says why.
    func match(ignoringCase: Bool) {
        guard let text = text(0), let pattern = self.text(1), let subject = text.baseAddress,
            let source = pattern.baseAddress
        else { return giveNull() }
        let previous = unicodeLocale.map { uselocale($0) }
        defer { if let previous { uselocale(previous) } }
        let isMatch: Bool
        if let cached = sqlite3_get_auxdata(context, 1) {
            isMatch = Unmanaged<CompiledPattern>.fromOpaque(cached).takeUnretainedValue().matches(subject.asText)
        } else {
            do {
                let compiled = try CompiledPattern(source.asText, ignoringCase: ignoringCase)
                isMatch = compiled.matches(subject.asText)
                // SQLite may free it within this very call, so it is used before.
                sqlite3_set_auxdata(context, 1, Unmanaged.passRetained(compiled).toOpaque()) { pointer in
                    if let pointer { Unmanaged<CompiledPattern>.fromOpaque(pointer).release() }
                }
            } catch {
                return fail("invalid regular expression: \(error.reason)")
            }
        }
        give(isMatch ? 1 : 0)
    }
}

extension UnsafePointer<UInt8> {
    /// The same bytes as C's text. SQLite ends every text with a NUL.
    fileprivate var asText: UnsafePointer<CChar> { UnsafeRawPointer(self).assumingMemoryBound(to: CChar.self) }
}

/// libFuzzer's own entry point. SwiftPM names an executable's `main` as it likes, so the one in libFuzzer cannot be used.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ argc: UnsafeMutablePointer<CInt>,
    _ argv: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

package enum FuzzDriver {
    /// Runs libFuzzer with the command line's options, until `test` crashes or the time is up.
    package static func run(_ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt) {
        var count = CommandLine.argc
        var arguments = CommandLine.unsafeArgv
        _ = runDriver(&count, &arguments, test)
    }

    /// Crashes with a message unless a promise is kept; a precondition of an optimised build says nothing.
    package static func expect(_ isKept: Bool, _ message: @autoclosure () -> String) {
        if !isKept { fatalError(message()) }
    }

    /// The bytes of one input as text.
    package static func text(_ data: UnsafePointer<UInt8>?, _ count: Int) -> String {
        String(decoding: UnsafeBufferPointer(start: data, count: count), as: UTF8.self)
    }

    /// HTML as XML: without characters that only HTML has, which authors may write nevertheless.
    package static func xml(_ html: String) -> String {
        let text = html.unicodeScalars.map { scalar in
            let isControl = scalar.value < 0x20 && scalar != "\n" && scalar != "\t"
            return isControl || scalar.value & 0xFFFE == 0xFFFE ? " " : Character(scalar)
        }
        return "<root>" + String(text) + "</root>"
    }
}

/// Links that may be published beside a name.
package enum WebLink {
    /// The text if it is an absolute http(s) URL without white space, with a scheme put before a bare host such as
    /// `example.org/me`; `nil` for everything else, `javascript:` first of all.
    package static func checked(_ text: String) -> String? {
        guard !text.isEmpty, text.unicodeScalars.count <= 2000,
            !text.unicodeScalars.contains(where: {
                $0.value <= 0x20 || $0.value == 0x7F || "<>\"\\".unicodeScalars.contains($0)
            })
        else { return nil }
        let lowercased = text.lowercased()
        for scheme in ["http://", "https://"] where lowercased.hasPrefix(scheme) {
            return text.count > scheme.count ? text : nil
        }
        let host = text.prefix { $0 != "/" }
        return host.contains(".") && !host.contains(":") && !host.contains("@") ? "https://" + text : nil
    }
}

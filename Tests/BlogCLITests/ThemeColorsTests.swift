import Foundation
import Testing

@Suite struct ThemeColorsTests {
    /// The custom properties of the default theme, in the light and in the dark scheme.
    private func schemes() throws -> [[String: String]] {
        let css = try #require(try TestSite.repositoryFiles(below: "templates/assets")["style.css"])
        let light = css.prefix(upTo: try #require(css.firstRange(of: "prefers-color-scheme: dark")).lowerBound)
        let print = css.firstRange(of: "@media print")?.lowerBound ?? css.endIndex
        func colors(_ text: Substring) -> [String: String] {
            Dictionary(
                text.matches(of: #/--([a-z]+): *(#[0-9a-f]{3,6})/#).map { (String($0.1), String($0.2)) },
                uniquingKeysWith: { first, _ in first })
        }
        return [colors(light), colors(css[light.endIndex..<print])]
    }

    @Test func `highlighted code has a contrast of 4 point 5 in both schemes, on marked lines too`() throws {
        for (number, scheme) in try schemes().enumerated() {
            for name in ["ink", "soft", "rose", "green", "teal", "blue"] {
                for background in ["panel", "mark"] {
                    let contrast = try Contrast.of(try #require(scheme[name]), try #require(scheme[background]))
                    #expect(contrast >= 4.5, "scheme \(number): \(name) on \(background)")
                }
            }
        }
    }
}

/// The contrast of two colours (WCAG 2.2, 1.4.3).
private enum Contrast {
    static func of(_ one: String, _ other: String) throws -> Double {
        let lights = [try luminance(one), try luminance(other)].sorted()
        return (lights[1] + 0.05) / (lights[0] + 0.05)
    }

    private static func luminance(_ color: String) throws -> Double {
        var digits = color.dropFirst().map(String.init)
        if digits.count == 3 { digits = digits.flatMap { [$0, $0] } }
        let value = try #require(Int(digits.joined(), radix: 16))
        let parts = [value >> 16, value >> 8 & 255, value & 255].map { part in
            let part = Double(part) / 255
            return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }
}

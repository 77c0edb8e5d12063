/// Takes out of a page what browsers do not show: comments, and all but one character of each run of white space.
///
/// What is in `pre`, `textarea`, `script` and `style` stays as it is, and so do values of attributes. Comments that a server
/// or an old browser acts on (`<!--#include …-->`, `<!--[if …]>`) stay too. White space between two elements becomes one
/// character and never none, because between inline elements it shows.
enum HTMLMinifier {
    /// The page without what does not show. Minifying twice gives the same as once.
    static func minify(_ page: [UInt8]) -> [UInt8] {
        var minifier = Minifier(tokens: HTMLTokenizer(page))
        minifier.run()
        return minifier.result
    }

    private struct Minifier {
        var tokens: HTMLTokenizer
        var result: [UInt8] = []
        /// How many `pre` elements are open.
        var preDepth = 0
        /// The element that holds the next text as it is: `script` and the like.
        var rawTextElement: String?
        /// The last byte of the result is a white space of a text, with which more of it merges.
        var endsInSpace = false
        /// The last byte of the result ends a tag or a comment.
        var endsInMarkup = true

        mutating func run() {
            result.reserveCapacity(tokens.bytes.count)
            while let token = tokens.next() {
                switch token {
                case .text(let range): text(range)
                case .comment(let range): comment(range)
                case .declaration(let range): copy(range)
                case .startTag(let tag):
                    start(tag)
                    if tag.name == "pre" { preDepth += 1 }
                    rawTextElement = HTMLTokenizer.rawTextElements.contains(tag.name) ? tag.name : nil
                case .endTag(let name, let range):
                    copy(range)
                    if name == "pre" { preDepth = max(0, preDepth - 1) }
                    rawTextElement = nil
                }
            }
        }

        private mutating func copy(_ range: Range<Int>) {
            result.append(contentsOf: tokens.bytes[range])
            endsInSpace = false
            endsInMarkup = true
        }

        private mutating func text(_ range: Range<Int>) {
            guard preDepth == 0, rawTextElement == nil else {
                copy(range)
                return
            }
            var index = range.lowerBound
            while index < range.upperBound {
                let byte = tokens.bytes[index]
                guard byte.isHTMLSpace else {
                    result.append(byte)
                    endsInSpace = false
                    endsInMarkup = false
                    index += 1
                    continue
                }
                let end = tokens.bytes[index..<range.upperBound].firstIndex { !$0.isHTMLSpace } ?? range.upperBound
                // A line feed stays one: a page in a single line is a burden to whoever reads its source.
                if !endsInSpace { result.append(tokens.bytes[index..<end].contains(0x0A) ? 0x0A : 0x20) }
                endsInSpace = true
                endsInMarkup = false
                index = end
            }
        }

        private mutating func comment(_ range: Range<Int>) {
            let text = tokens.bytes[range]
            let isActedOn = ["<!--#", "<!--[", "<!--<!"].contains { text.starts(with: $0.utf8) }
            if preDepth > 0 || isActedOn || separatesText(range) { copy(range) }
        }

        /// Whether two texts would meet if the comment went: `&am<!-- -->p;` is no ampersand, `<<!-- -->b>` no tag.
        private func separatesText(_ range: Range<Int>) -> Bool {
            guard !endsInSpace, !endsInMarkup, range.upperBound < tokens.bytes.count else { return false }
            return !tokens.bytes[range.upperBound].isHTMLSpace && tokens.bytes[range.upperBound] != UInt8(ascii: "<")
        }

        private mutating func start(_ tag: HTMLTokenizer.StartTag) {
            guard let last = tag.range.last, tokens.bytes[last] == UInt8(ascii: ">"),
                tag.attributes.allSatisfy({ $0.value != nil || $0.quote == nil })
            else {
                copy(tag.range)
                return
            }
            result.append(UInt8(ascii: "<"))
            let name = tag.range.lowerBound + 1
            result.append(contentsOf: tokens.bytes[name..<name + tag.name.utf8.count])
            for attribute in tag.attributes {
                result.append(UInt8(ascii: " "))
                result.append(contentsOf: tokens.bytes[attribute.nameRange])
                guard let value = attribute.value else { continue }
                result.append(UInt8(ascii: "="))
                if let quote = attribute.quote { result.append(quote) }
                result.append(contentsOf: tokens.bytes[value])
                if let quote = attribute.quote { result.append(quote) }
            }
            if tag.isSelfClosing {
                // Behind a value without quotes a slash would belong to the value.
                if let attribute = tag.attributes.last, attribute.value != nil, attribute.quote == nil {
                    result.append(UInt8(ascii: " "))
                }
                result.append(UInt8(ascii: "/"))
            }
            result.append(UInt8(ascii: ">"))
            endsInSpace = false
            endsInMarkup = true
        }
    }
}

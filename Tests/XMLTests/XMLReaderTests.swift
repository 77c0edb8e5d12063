import Foundation
import Testing
import XML

@Suite("XML reader")
struct XMLReaderTests {
    private func events(_ text: String, _ limits: XMLLimits = XMLLimits()) throws -> [String] {
        let reader = XMLReader(text, named: "a.xml", limits: limits)
        var result: [String] = []
        while let event = try reader.next() {
            switch event {
            case .start(let element):
                let attributes = element.attributes.map { " \($0.name.namespace)|\($0.name.local)=\($0.value)" }
                    .joined()
                result.append("<\(element.name.namespace)|\(element.name.local)\(attributes)> \(element.line)")
            case .text(let text): result.append(text.debugDescription)
            case .end(let name): result.append("</\(name.local)>")
            }
        }
        return result
    }

    private func failure(_ text: String, _ limits: XMLLimits = XMLLimits()) -> XMLError? {
        #expect(throws: XMLError.self) { try events(text, limits) }
        do { _ = try events(text, limits) } catch { return error as? XMLError }
        return nil
    }

    @Test("Namespaces, attributes, CDATA, entities and lines")
    func document() throws {
        let text = """
            <?xml version="1.0" encoding="UTF-8"?>
            <!-- comment -->
            <rss xmlns:wp="http://wordpress.org/export/1.2/" version="2.0"><channel>
              <wp:author wp:x="1 &amp; 2"/>
              <t>a &lt; &#233;<![CDATA[<b>&amp;</b>]]> z</t>
            </channel></rss>
            """
        let events = try events(text)
        #expect(
            events == [
                "<|rss |version=2.0> 3", "<|channel> 3", "\"\\n  \"",
                "<http://wordpress.org/export/1.2/|author http://wordpress.org/export/1.2/|x=1 & 2> 4", "</author>",
                "\"\\n  \"", "<|t> 5", "\"a < é<b>&amp;</b> z\"", "</t>", "\"\\n\"", "</channel>", "</rss>",
            ])
    }

    @Test("Other encodings are read as declared")
    func encoding() throws {
        var bytes = Array("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>".utf8)
        bytes.append(0xE9)
        bytes += Array("</a>".utf8)
        var rest: [UInt8]? = bytes
        let reader = XMLReader(named: "a.xml") {
            defer { rest = nil }
            return rest ?? []
        }
        _ = try reader.next()
        #expect(try reader.text() == "é")
    }

    @Test("Text, children and skipping leave the reader behind the element")
    func walking() throws {
        let text = "<r><a>x<!-- -->y</a><b><c><d>1</d></c>2</b><e/><f>3</f></r>"
        let reader = XMLReader(text, named: "a.xml")
        var seen: [String] = []
        _ = try reader.next()
        try reader.children { child in
            switch child.name.local {
            case "a", "f": seen.append(try reader.text())
            case "b": try reader.children { seen.append("in b: \($0.name.local)") }
            default: seen.append(child.name.local)
            }
        }
        #expect(seen == ["xy", "in b: c", "e", "3"])
        #expect(reader.depth == 0)
        #expect(try reader.next() == nil)

        let skipping = XMLReader(text, named: "a.xml")
        _ = try skipping.next()
        _ = try skipping.next()
        try skipping.skip()
        #expect(try skipping.next() == .start(XMLElement(name: XMLName("b"), attributes: [], line: 1)))
        #expect(throws: XMLError.self) { try skipping.text() }
    }

    @Test("The document may come in pieces of any size, and lines stay right far down", arguments: [1, 7, 4096])
    func pieces(size: Int) throws {
        let text = "<r>" + String(repeating: "\n", count: 70_000) + "<é a='b'>x&amp;y</é></r>"
        var rest = Array(text.utf8)[...]
        let reader = XMLReader(named: "a.xml") {
            defer { rest = rest.dropFirst(size) }
            return Array(rest.prefix(size))
        }
        var line = 0
        while let event = try reader.next() {
            if case .start(let element) = event, element.name.local == "é" {
                line = element.line
                #expect(element["a"] == "b")
                #expect(try reader.text() == "x&y")
            }
        }
        #expect(line == 70_001)
    }

    @Test(
        "What is not well-formed is refused with its line",
        arguments: [
            ("<a>\n<b>\n</a>", 3), ("<a>\n", 1), ("", 0), ("<a/>\n<b/>", 2), ("<a>\n\u{8}</a>", 2),
            ("<a>\n&nbsp;</a>", 2),
            ("<a>\n<x:b/></a>", 2), ("<a b='1'\nb='2'/>", 2), ("x", 1),
        ])
    func illFormed(text: String, line: Int) {
        let error = failure(text)
        #expect(error?.code == .syntax)
        #expect(error?.path == "a.xml")
        if line > 0 { #expect(error?.line == line, "\(String(describing: error))") }
    }

    @Test("A document that ends too early says so")
    func cut() {
        #expect(failure("<a>\n<b>x")?.description == "a.xml:2: the document ends within an element")
    }

    @Test("What stands before a fault is delivered")
    func partial() throws {
        let reader = XMLReader("<a><b/>\n<c></a>", named: "a.xml")
        var names: [String] = []
        #expect(throws: XMLError.self) {
            while let event = try reader.next() {
                if case .start(let element) = event { names.append(element.name.local) }
            }
        }
        #expect(names == ["a", "b", "c"])
        #expect(throws: XMLError.self) { try reader.next() }
    }

    @Test("Documents with a document type are refused before anything is expanded or loaded")
    func documentType() {
        let bomb = """
            <!DOCTYPE a [<!ENTITY x "\(String(repeating: "x", count: 1000))"><!ENTITY y SYSTEM "file:///etc/passwd">]>
            <a>&x;&y;</a>
            """
        #expect(failure(bomb)?.description == "a.xml:1: a document type declaration, which is not read")
        #expect(failure("<!DOCTYPE a SYSTEM \"http://x.org/a.dtd\"><a/>")?.code == .forbidden)
    }

    @Test("Each limit has its own message")
    func limits() throws {
        var limits = XMLLimits()
        limits.depth = 3
        limits.textBytes = 10
        limits.attributes = 2
        limits.documentBytes = 100
        #expect(try events("<a><b><c x='1' y='2'>0123456789</c></b></a>", limits).count == 7)
        #expect(
            failure("<a>\n<b><c><d/></c></b></a>", limits)?.description
                == "a.xml:2: <d> is nested deeper than 3 levels")
        #expect(
            failure("<a>0123<![CDATA[456789]]>0</a>", limits)?.description == "a.xml:1: a text is longer than 10 bytes")
        #expect(failure("<a x='' y='' z=''/>", limits)?.description == "a.xml:1: <a> has more than 2 attributes")
        #expect(
            failure("<a>" + String(repeating: "<b/>", count: 30) + "</a>", limits)?.description
                == "a.xml:1: larger than 100 bytes")
    }

    @Test("A file that is not there, or a folder, is an error that names it")
    func files() throws {
        #expect(throws: XMLError.self) { try XMLReader(file: "/nowhere/export.xml") }
        do {
            _ = try XMLReader(file: "/nowhere/export.xml")
        } catch {
            #expect("\(error)" == "/nowhere/export.xml: cannot be read: No such file or directory")
        }
        #expect(throws: XMLError.self) { try XMLReader(file: "/tmp").next() }
        let file = FileManager.default.temporaryDirectory.appending(path: "xml-\(UUID().uuidString).xml")
        try Data("<a>b</a>".utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let reader = try XMLReader(file: file.path)
        _ = try reader.next()
        #expect(try reader.text() == "b")
    }
}

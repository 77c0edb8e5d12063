import Testing

@testable import BlogCLI

@Suite struct TextTableTests {
    private var table: TextTable {
        var table = TextTable([
            .init(title: "n", alignment: .right), .init(title: "title", alignment: .left, isFlexible: true),
            .init(title: "author", alignment: .left),
        ])
        table.append(["7", "A short one", "ada"])
        table.append(["1234", "日本語の題名です", "émile"])
        return table
    }

    @Test func `columns are as wide as their widest cell on a terminal`() {
        #expect(
            table.lines(width: 80) == [
                "   n  title             author", "   7  A short one       ada", "1234  日本語の題名です  émile",
            ])
    }

    @Test func `a narrow terminal cuts the flexible column only`() {
        #expect(
            table.lines(width: 25) == [
                "   n  title        author", "   7  A short one  ada", "1234  日本語の題…  émile",
            ])
    }
}

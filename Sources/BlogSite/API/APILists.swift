/// Lists in the JSON API come in two forms: a window on the newest rows, as a server gives for its first page, and pages
/// numbered from the oldest, of which a full one never changes.
struct Pagination: Sendable {
    /// How many rows the document has.
    var shown: Int
    /// How many there are.
    var total: Int
    var limit: Int
    /// How many numbered pages the list has; nil for a list without.
    var pages: Int?
}

/// The newest rows of a list.
struct Window<Row: Sendable>: Sendable {
    var rows: [Row]
    var pagination: Pagination
}

/// A page numbered from the oldest, without totals.
struct NumberedPage<Row: Sendable>: Sendable {
    var rows: [Row]
    var number: Int
    var limit: Int
    /// Absolute addresses.
    var previous: String?
    var next: String?
}

extension JSONShape where Source == Pagination {
    private static let fields: [JSONShape<Pagination>.Field] = [
        .integer("total", "How many rows there are") { $0.total },
        .integer("limit", "How many a document has at most") { $0.limit },
        .integer("offset", "Always 0: the newest rows come first") { _ in 0 },
        .flag("has_next", "Whether there are more rows than this document has") { $0.total > $0.shown },
    ]

    /// Of a list that has no numbered pages.
    static var pagination: JSONShape {
        JSONShape("Pagination", "How much of a list a document has.", fields)
    }

    /// Of a list that has numbered pages beside it.
    static var paginationWithPages: JSONShape {
        JSONShape(
            "PaginationWithPages", "How much of a list a document has, and how many numbered pages there are.",
            fields + [.integer("pages", "How many numbered pages the whole list has") { $0.pages ?? 0 }])
    }
}

extension JSONShape {
    /// The document of the newest rows: `{"users":[…],"pagination":{…}}`.
    static func window<Row>(
        _ name: String, of rows: String, _ row: JSONShape<Row>, _ pagination: JSONShape<Pagination>
    ) -> JSONShape where Source == Window<Row> {
        JSONShape(
            name, "The newest \(rows).",
            [
                .list(rows, "Newest first", row) { $0.rows },
                .object("pagination", "How much of the list this is", pagination) { $0.pagination },
            ])
    }

    /// The document of a numbered page: `{"users":[…],"page":{…}}`.
    static func page<Row>(_ name: String, of rows: String, _ row: JSONShape<Row>) -> JSONShape
    where Source == NumberedPage<Row> {
        let page = JSONShape(
            "Page", "A page's place among its neighbours.",
            [
                .integer("number", "Counted from the oldest") { $0.number },
                .integer("limit", "How many rows a full page has") { $0.limit },
                .address("prev", "The page with older rows", orNull: { $0.previous }),
                .address("next", "The page with newer rows; a full page always has one", orNull: { $0.next }),
            ])
        return JSONShape(
            name, "A page of \(rows), numbered from the oldest. A full page never changes because of a new row.",
            [
                .list(rows, "Newest first", row) { $0.rows },
                .object("page", "Its place among the others", page) { $0 },
            ])
    }
}

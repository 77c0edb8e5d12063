import Testing

@testable import BlogBench

@Suite struct CommentThreadTests {
    private struct Comment {
        var path: String
        var fields: [String: String]
    }

    /// The comments of a site by the folder they are in, in the order they were written.
    private func threads(posts: Int, comments: Int) throws -> [String: [Comment]] {
        var threads: [String: [Comment]] = [:]
        try Corpus(CorpusSettings(posts: posts, comments: comments, seed: 5)).write { path, text in
            guard path.hasPrefix("content/comments/") else { return }
            var fields: [String: String] = [:]
            for line in text.split(separator: "\n") {
                let parts = line.split(separator: ": ", maxSplits: 1)
                fields[String(parts[0])] = String(parts[1])
            }
            threads[String(path.split(separator: "/")[2]), default: []].append(Comment(path: path, fields: fields))
        }
        return threads
    }

    @Test func aCommentHasTheFieldsOfThePlainDialect() throws {
        for (slug, thread) in try threads(posts: 30, comments: 300) {
            for comment in thread {
                #expect(
                    Set(comment.fields.keys) == [
                        "_id", "_parent", "name", "email", "url", "message", "replying_to", "date",
                    ])
                #expect(comment.fields["_parent"] == "'https://example.org/posts/\(slug)/'")
                #expect(comment.fields["email"]?.wholeMatch(of: /'[0-9a-f]{32}'/) != nil)
            }
        }
    }

    @Test func anAnswerNamesAnOlderCommentThatAnswersNobody() throws {
        var answers = 0
        for thread in try threads(posts: 30, comments: 300).values {
            var roots = 0
            for comment in thread {
                let number = try #require(comment.fields["replying_to"]).filter { $0 != "'" }
                if number.isEmpty {
                    roots += 1
                } else {
                    answers += 1
                    #expect((1...roots).contains(Int(number) ?? 0), "\(comment.path)")
                }
            }
        }
        #expect((80...180).contains(answers))
    }

    @Test func commentsOfAPostAreInTheOrderOfTheirDatesAndFileNames() throws {
        for thread in try threads(posts: 30, comments: 300).values {
            let dates = thread.compactMap { $0.fields["date"] }
            #expect(zip(dates, dates.dropFirst()).allSatisfy { $0 < $1 })
            #expect(thread.map(\.path) == thread.map(\.path).sorted())
        }
    }
}

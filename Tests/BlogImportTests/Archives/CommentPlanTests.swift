import Testing

@testable import BlogImport

@Suite struct CommentPlanTests {
    private func describe(_ plan: CommentPlan) -> [String] {
        plan.entries.map { entry in
            "\(entry.rowID)\(entry.isNew ? " new" : "")\(entry.parentID.map { " answers \($0)" } ?? "")"
                + (entry.isSuperseded ? " superseded" : "") + (entry.isStub ? " stub" : "")
        }
    }

    @Test func `known comments keep their rows and new ones follow in the order of the source`() {
        var plan = CommentPlan(known: ["a": 3, "z": 5], ids: IDSequence(after: 7))
        plan.add("b", answers: "a", in: 0, isHidden: false)
        plan.add("a", answers: nil, in: 0, isHidden: false)
        plan.add("c", answers: "b", in: 1, isHidden: false)
        plan.add("d", answers: "nobody", in: 0, isHidden: false)
        plan.link()
        #expect(describe(plan) == ["8 new answers 3", "3", "9 new", "10 new"])
        #expect(plan.looseAnswers == 2)
        #expect(plan.vanishedRows == [5])
        #expect(plan.firstNewID == 8)
    }

    @Test func `a circle is opened where it closes`() {
        var plan = CommentPlan(known: [:], ids: IDSequence(after: 0))
        plan.add("a", answers: "c", in: 0, isHidden: false)
        plan.add("b", answers: "a", in: 0, isHidden: false)
        plan.add("c", answers: "b", in: 0, isHidden: false)
        plan.add("d", answers: "d", in: 0, isHidden: false)
        plan.link()
        #expect(describe(plan) == ["1 new answers 3", "2 new answers 1", "3 new", "4 new"])
    }

    @Test func `what is said last of a comment counts`() {
        var plan = CommentPlan(known: [:], ids: IDSequence(after: 0))
        plan.add("a", answers: nil, in: 0, isHidden: false)
        plan.add("b", answers: "a", in: 0, isHidden: false)
        plan.add("a", answers: "b", in: 0, isHidden: false)
        plan.link()
        #expect(describe(plan) == ["1 new superseded", "2 new answers 1", "1 new"])
        #expect(plan.repetitions == 1)
    }

    @Test func `a thread of a hundred thousand answers takes no square time`() {
        var plan = CommentPlan(known: [:], ids: IDSequence(after: 0))
        for index in 0..<100_000 {
            plan.add("\(index)", answers: "\(index + 1)", in: 0, isHidden: index != 0)
        }
        plan.link()
        #expect(plan.entries[0].parentID == 2)
        #expect(plan.entries.count { $0.isStub } == 99_999)
    }
}

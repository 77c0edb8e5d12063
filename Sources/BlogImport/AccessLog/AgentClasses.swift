/// Who asks, by the name that the asking program gives itself.
enum AgentClass: UInt8, Sendable {
    case person, feedReader, bot
}

/// Tells readers from bots and feed readers by the words in their agents.
///
/// All words are looked for at once (Aho and Corasick, "Efficient string matching", 1975), over a table of states and letters:
/// one step for each byte, whatever the number of words. Answers are kept, since a log has few agents and many lines.
struct AgentClasses: Sendable {
    private struct Words: OptionSet {
        let rawValue: UInt8
        static let bot = Words(rawValue: 1)
        static let feedReader = Words(rawValue: 2)
        static let person = Words(rawValue: 4)
    }

    /// Which column of the table a byte has; 0 for bytes that no word has.
    private let columns: [UInt8]
    private let width: Int
    /// The next state, by state and column.
    private let next: [UInt16]
    /// Which words end in a state.
    private let words: [UInt8]
    private var known: [Key: AgentClass] = [:]

    /// Agents are told apart by their length and two hashes: 128 bits, which no two agents of a log share by accident.
    private struct Key: Hashable {
        var first: UInt64
        var second: UInt64
    }

    init(
        bots: [String] = EmbeddedAgents.bots, feedReaders: [String] = EmbeddedAgents.feedReaders,
        people: [String] = EmbeddedAgents.people
    ) {
        let lists = [(bots, Words.bot), (feedReaders, .feedReader), (people, .person)]
        var columns = [UInt8](repeating: 0, count: 256)
        var width = 1
        for (list, _) in lists {
            for byte in list.joined().lowercased().utf8 where columns[Int(byte)] == 0 {
                columns[Int(byte)] = UInt8(width)
                width += 1
            }
        }
        // The tree of the words.
        var next = [UInt16](repeating: 0, count: width)
        var words: [UInt8] = [0]
        for (list, kind) in lists {
            for word in list {
                var state = 0
                for byte in word.lowercased().utf8 {
                    let place = state * width + Int(columns[Int(byte)])
                    if next[place] == 0 {
                        next[place] = UInt16(words.count)
                        next += [UInt16](repeating: 0, count: width)
                        words.append(0)
                    }
                    state = Int(next[place])
                }
                words[state] |= kind.rawValue
            }
        }
        // Where the tree ends, on to the longest end of what was read that begins a word.
        var fallback = [Int](repeating: 0, count: words.count)
        var queue = [0]
        var head = 0
        while head < queue.count {
            let state = queue[head]
            head += 1
            words[state] |= words[fallback[state]]
            for column in 0..<width {
                let child = Int(next[state * width + column])
                if child == 0 {
                    next[state * width + column] = next[fallback[state] * width + column]
                } else {
                    fallback[child] = state == 0 ? 0 : Int(next[fallback[state] * width + column])
                    queue.append(child)
                }
            }
        }
        for byte in UInt8(ascii: "A")...UInt8(ascii: "Z") { columns[Int(byte)] = columns[Int(byte | 0x20)] }
        (self.columns, self.width, self.next, self.words) = (columns, width, next, words)
    }

    /// What an agent is. An empty one, or the dash that logs write for it, is a bot: no reader's program hides its name.
    mutating func classify(_ agent: LogBytes) -> AgentClass {
        if agent.isEmpty || agent.equals("-") { return .bot }
        let key = Key(
            first: ByteHash.hash(agent, seed: 0), second: ByteHash.hash(agent, seed: 0x9E37_79B9_7F4A_7C15))
        if let answer = known[key] { return answer }
        let answer = search(agent)
        // What a log is made to hold by somebody who changes his agent all the time is not kept for ever.
        if known.count >= 50_000 { known.removeAll(keepingCapacity: true) }
        known[key] = answer
        return answer
    }

    private func search(_ agent: LogBytes) -> AgentClass {
        var state = 0
        var found: UInt8 = 0
        for byte in agent {
            state = Int(next[state * width + Int(columns[Int(byte)])])
            found |= words[state]
        }
        let kinds = Words(rawValue: found)
        if kinds.contains(.feedReader) { return .feedReader }
        return kinds.contains(.person) || !kinds.contains(.bot) ? .person : .bot
    }
}

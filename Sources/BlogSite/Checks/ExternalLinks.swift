import FoundationEssentials

/// Asks other hosts whether what the site links to is still there, and remembers their answers for a week.
///
/// The program `curl` does it: it knows proxies, certificates and HTTP/2, and a check is no reason to carry its library in
/// every copy of this program. Eight addresses at a time, twenty seconds for each, ten redirects; the head alone, and the
/// first byte of the page where a server does not give heads.
struct ExternalLinks: Sendable {
    /// What a host said.
    struct Answer: Sendable, Hashable {
        /// Of HTTP; 0 when there was no answer.
        var status: Int
        /// Why there was none.
        var reason: String

        /// Whether asking in another way would give no other answer.
        var isFinal: Bool { (200..<400).contains(status) || status == 404 || status == 410 }

        /// What is wrong with the address, if anything.
        var problem: (severity: CheckFinding.Severity, message: String)? {
            switch status {
            case 200..<400: nil
            case 404, 410: (.error, "there is nothing any more (HTTP \(status))")
            case 0: (.error, "no answer: \(reason)")
            // Hosts that turn programs away, or are in trouble just now, may well answer a reader.
            default: (.warning, "the host answers with HTTP \(status)")
            }
        }
    }

    private let curl: String?
    private let memory: AnswerMemory
    private let now: @Sendable () -> Date

    init(
        stateFolder: String, now: @escaping @Sendable () -> Date, find: (String) -> String? = { Subprocess.find($0) }
    ) {
        curl = find("curl")
        memory = AnswerMemory(stateFolder: stateFolder)
        self.now = now
    }

    /// The answers by address, in their order.
    func ask(_ addresses: [String]) throws(SiteError) -> [(address: String, answer: Answer)] {
        guard !addresses.isEmpty else { return [] }
        let instant = Instant(now())
        var answers = try memory.read(notBefore: instant.microseconds - AnswerMemory.age)
        let wanted = addresses.filter { answers[$0] == nil }
        if !wanted.isEmpty {
            guard let curl else {
                throw SiteError(
                    .fileAccess, path: "curl",
                    "links to other hosts are asked for by this program, and it is not installed")
            }
            for (address, answer) in try Self.ask(wanted, curl) {
                answers[address] = AnswerMemory.Entry(answer: answer, time: instant.microseconds)
            }
            try memory.write(answers)
        }
        return addresses.compactMap { address in answers[address].map { (address, $0.answer) } }
    }

    private static func ask(_ addresses: [String], _ curl: String) throws(SiteError) -> [(String, Answer)] {
        var answers: [(String, Answer)] = []
        for start in stride(from: 0, to: addresses.count, by: 64) {
            let batch = Array(addresses[start..<min(start + 64, addresses.count)])
            var byIndex = try run(curl, ["--head"], batch)
            let refused = batch.indices.filter { byIndex[$0]?.isFinal != true }
            let again = try run(curl, ["--range", "0-0"], refused.map { batch[$0] })
            for (position, index) in refused.enumerated() { byIndex[index] = again[position] ?? byIndex[index] }
            for (index, address) in batch.enumerated() {
                answers.append((address, byIndex[index] ?? Answer(status: 0, reason: "curl said nothing of it")))
            }
        }
        return answers
    }

    /// One run of curl; the answers by the addresses' places.
    private static func run(
        _ curl: String, _ method: [String], _ addresses: [String]
    ) throws(SiteError) -> [Int: Answer] {
        guard !addresses.isEmpty else { return [:] }
        let arguments =
            [
                "--disable", "--silent", "--location", "--max-redirs", "10", "--max-time", "20", "--connect-timeout",
                "10",
                "--proto", "=http,https", "--globoff", "--parallel", "--parallel-max", "8", "--user-agent",
                "Mozilla/5.0 (compatible; blog check)", "--write-out",
                "%{urlnum}\\t%{http_code}\\t%{exitcode}\\t%{errormsg}\\n",
            ] + method + addresses.flatMap { ["--output", "/dev/null", "--url", $0] }
        let said = try Subprocess.run(curl, arguments, acceptingFailure: true)
        var answers: [Int: Answer] = [:]
        for line in String(decoding: said.standard, as: UTF8.self).split(separator: "\n") {
            let fields = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard fields.count == 4, let number = Int(fields[0]), let status = Int(fields[1]) else { continue }
            let failed = fields[2] != "0"
            answers[number] = Answer(status: failed ? 0 : status, reason: fields[3])
        }
        return answers
    }
}

/// The answers of other hosts, in `.blog/external-links`: one line for each address.
struct AnswerMemory: Sendable {
    struct Entry: Sendable {
        var answer: ExternalLinks.Answer
        /// When it was given, in microseconds since 1970.
        var time: Int
    }

    /// How long an answer counts: a week, in microseconds. One that names a problem is asked for anew each time.
    static let age = 7 * 86_400 * 1_000_000

    private static let name = "external-links"
    private static let signature = "blog-external-links 1"
    private let stateFolder: String

    init(stateFolder: String) { self.stateFolder = stateFolder }

    /// By address. A file of another version, or damaged lines, are as good as none.
    func read(notBefore oldest: Int) throws(SiteError) -> [String: Entry] {
        let folder = try FileDescriptor.folder(stateFolder, create: true)
        let lines = String(decoding: try folder.read(Self.name) ?? [], as: UTF8.self).split(separator: "\n")
        guard lines.first.map(String.init) == Self.signature else { return [:] }
        var entries: [String: Entry] = [:]
        for line in lines.dropFirst() {
            let fields = line.split(separator: "\t").map(String.init)
            guard fields.count == 3, let time = Int(fields[0]), let status = Int(fields[1]), time >= oldest else {
                continue
            }
            entries[fields[2]] = Entry(answer: ExternalLinks.Answer(status: status, reason: ""), time: time)
        }
        return entries
    }

    /// Keeps the good answers.
    func write(_ entries: [String: Entry]) throws(SiteError) {
        let good = entries.filter { $0.value.answer.problem == nil && !$0.key.contains(where: \.isWhitespace) }
        let lines = good.sorted { $0.key < $1.key }.map { "\($0.value.time)\t\($0.value.answer.status)\t\($0.key)" }
        let folder = try FileDescriptor.folder(stateFolder, create: true)
        try folder.write(Array(([Self.signature] + lines).joined(separator: "\n").utf8), to: Self.name + ".new")
        try folder.rename(Self.name + ".new", to: Self.name)
    }
}

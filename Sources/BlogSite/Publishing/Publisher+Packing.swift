import FoundationEssentials
import Gzip
import Synchronization

/// A packed form in which a server may send a text, from a file that stands beside it.
package enum PackedForm: Sendable, Hashable {
    case gzip
    /// Made by the program at this path.
    case brotli(program: String)

    /// What is added to the text's name.
    var ending: String {
        switch self {
        case .gzip: ".gz"
        case .brotli: ".br"
        }
    }
}

extension Publisher {
    /// Endings of files that are texts; images, fonts and archives are packed already.
    private static let textEndings = [
        ".html", ".css", ".js", ".mjs", ".json", ".xml", ".svg", ".txt", ".md", ".csv", ".webmanifest", ".map",
    ]

    /// Tells which files the site has by itself, before any is kept or staged: a packed form gives way to `static/a.css.gz`.
    package func plan(_ paths: some Sequence<String>) {
        guard !encodings.isEmpty else { return }
        progress.withLock { $0.planned = Set(paths) }
    }

    /// The packed forms that a file is to have.
    func packedForms(of path: OutputPath) -> [(form: PackedForm, path: OutputPath)] {
        guard !encodings.isEmpty, Self.textEndings.contains(where: path.string.hasSuffix) else { return [] }
        return encodings.compactMap { form in
            // A name of more than 255 bytes has no room for the ending.
            guard let packed = try? OutputPath(path.string + form.ending),
                progress.withLock({ !$0.planned.contains(packed.string) })
            else { return nil }
            return (form, packed)
        }
    }

    /// Stages the packed forms of a text. Those of a text that has not changed are made only when they are missing.
    ///
    /// - Parameter staged: the name under which the text itself waits.
    func stagePackedForms(
        of path: OutputPath, _ bytes: UnsafeRawBufferPointer, inputs: ContentHash, as stage: Stage, staged: String?
    ) throws(SiteError) {
        for (form, packedPath) in packedForms(of: path) {
            if staged == nil, isPreviousTrusted, let previous = previous?.files,
                let place = previous.place(of: packedPath.string)
            {
                let entry = Manifest.Entry(inputs: inputs, content: previous.content(at: place))
                progress.withLock { _ = $0.files.enter(packedPath.string, entry) }
                continue
            }
            switch form {
            case .gzip:
                let packed: [UInt8]
                do {
                    packed = try Gzip.pack(bytes)
                } catch {
                    throw SiteError(.fileAccess, path: packedPath.string, "cannot be packed: there is no memory for it")
                }
                _ = try packed.withUnsafeBufferPointer { buffer throws(SiteError) in
                    try stageAlone(packedPath, UnsafeRawBufferPointer(buffer), inputs: inputs, as: stage)
                }
            case .brotli:
                var name = staged
                if name == nil {
                    let free = try freeStagedName()
                    try output.write(bytes, to: free)
                    name = free
                }
                guard let name else { continue }
                let text = UnpackedText(name: name, path: packedPath, inputs: inputs, stage: stage)
                progress.withLock { $0.unpacked.append(text) }
            }
        }
    }

    /// Has `brotli` pack the texts that wait for it: many in one run, because starting it costs more than packing.
    func packWaitingTexts() throws(SiteError) {
        let waiting = progress.withLock { progress in
            defer { progress.unpacked = [] }
            return progress.unpacked
        }
        guard !waiting.isEmpty else { return }
        guard case .brotli(let program)? = encodings.first(where: { $0 != .gzip }) else { return }
        for start in stride(from: 0, to: waiting.count, by: 256) {
            let batch = waiting[start..<min(start + 256, waiting.count)]
            let files = batch.map { "\(output.path)/\($0.name)" }
            try Subprocess.run(program, ["--quality=11", "--keep", "--force", "--"] + files)
            for text in batch {
                guard let packed = try output.read(text.name + ".br") else {
                    throw SiteError(.fileAccess, path: text.path.string, "\(program) made no packed file")
                }
                try output.deleteFile(text.name + ".br")
                _ = try packed.withUnsafeBufferPointer { buffer throws(SiteError) in
                    try stageAlone(text.path, UnsafeRawBufferPointer(buffer), inputs: text.inputs, as: text.stage)
                }
            }
        }
        let staged = progress.withLock { StagedFiles($0.staged, of: $0.files) }
        var names: Set<String> = []
        for place in staged.indices { names.insert(try staged[place].name) }
        for text in waiting where !names.contains(text.name) { try output.deleteFile(text.name) }
    }
}

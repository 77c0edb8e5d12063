/// The files that wait to be published. They are small records, for a new site has as many as it has files: what else is known
/// of a file is found by its number.
struct StagedFiles: Sendable {
    struct Record: Sendable {
        /// Its number among the files of the build.
        var file: UInt32
        /// Its number in the staging folder; 0 for one that is in the tree of a new site.
        var number: UInt32
        var stage: Publisher.Stage

        /// Where it is until it is published, below the output folder.
        func name(_ path: OutputPath) -> String {
            number == 0 ? "\(Publisher.treeFolder)/\(path)" : "\(Publisher.stagingFolder)/\(number)"
        }
    }

    /// A file with its path.
    struct File: Sendable {
        let path: OutputPath
        fileprivate let record: Record

        var stage: Publisher.Stage { record.stage }

        var name: String { record.name(path) }
    }

    private var records: [Record]
    private let files: BuildFiles

    init(_ records: [Record], of files: BuildFiles) {
        self.records = records
        self.files = files
    }

    var count: Int { records.count }
    var isEmpty: Bool { records.isEmpty }
    var indices: Range<Int> { records.indices }

    subscript(place: Int) -> File {
        get throws(SiteError) {
            let record = records[place]
            return File(
                path: try OutputPath(String(decoding: files.path(Int(record.file)), as: UTF8.self)), record: record)
        }
    }

    /// The same in the order of publication: by stages, then by the bytes of the paths.
    var inOrder: StagedFiles {
        var sorted = self
        sorted.records.sort { left, right in
            left.stage == right.stage
                ? files.path(Int(left.file)).lexicographicallyPrecedes(files.path(Int(right.file)))
                : left.stage < right.stage
        }
        return sorted
    }
}

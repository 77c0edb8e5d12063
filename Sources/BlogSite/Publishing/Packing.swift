import BlogConfiguration

/// The packed forms that a site asks for and that this machine can make.
struct Packing: Sendable {
    private(set) var forms: [PackedForm] = []
    private(set) var problems: [BuildReport.Problem] = []

    /// - Parameter find: gives the path of a program, if it is installed.
    init(_ settings: OutputSettings, find: (String) -> String? = { Subprocess.find($0) }) {
        for encoding in settings.precompress {
            switch encoding {
            case .gzip: forms.append(.gzip)
            case .brotli:
                if let program = find("brotli") {
                    forms.append(.brotli(program: program))
                } else {
                    problems.append(
                        .init(
                            .warning, page: "blog.yml",
                            "output.precompress names brotli, but there is no program of that name: no .br files are made"
                        ))
                }
            }
        }
    }
}

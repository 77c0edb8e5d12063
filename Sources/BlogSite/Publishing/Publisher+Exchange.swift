extension Publisher {
    /// The name, beside an output folder, of the tree that is to take its place.
    static func nextFolder(of output: String) -> String { ".\(output).blog-next" }

    /// Publishes the staged files all at once: beside the output folder a tree is made of hard links to what stays and of the
    /// staged files, and the two change places in one step. Readers see the whole old site, then the whole new one.
    ///
    /// Refused where the file system has no hard links or cannot exchange two folders; nothing has changed then. Files of
    /// others move along.
    func exchange(_ staged: StagedFiles, deleting obsolete: [OutputPath], _ token: [UInt8]) throws(SiteError) {
        let (path, name) = try FileDescriptor.place(of: output.path)
        let above = try FileDescriptor.folder(path, create: false)
        let next = Self.nextFolder(of: name)
        do {
            // A killed build may have left one.
            try above.deleteTree(next)
            try above.makeFolder(next)
            let tree = try FileDescriptor.folder(above.path + "/" + next, create: false)
            try output.sharePermissions(with: tree)
            var gone = Set(obsolete.map(\.string))
            for place in staged.indices { gone.insert(try staged[place].path.string) }
            try copyTree(".", into: tree, without: gone)
            for place in staged.indices {
                let file = try staged[place]
                for folder in file.path.parents { try tree.makeFolder(folder) }
                try output.rename(file.name, into: tree, as: file.path.string)
            }
            try tree.write(token, to: Self.tokenName)
            try above.exchange(name, with: next)
        } catch {
            if try above.occupant(of: next) == .folder { try above.deleteTree(next) }
            throw SiteError(
                error.code, path: error.path,
                "\(error.message); the site is as it was. Build without --atomic: then each file is replaced in one step"
            )
        }
        try above.deleteTree(next)
    }

    /// Makes hard links to the files of a folder and of those below, but for some; folders that had nothing else are left out.
    private func copyTree(
        _ folder: String, into tree: borrowing FileDescriptor, without gone: Set<String>
    ) throws(SiteError) {
        let names = try output.names(in: folder)
        if folder != ".", names.isEmpty { try makeFolders(folder, in: tree) }
        for name in names {
            let path = folder == "." ? name : "\(folder)/\(name)"
            if path == Self.stagingFolder || path == Self.tokenName || gone.contains(path) { continue }
            if try output.occupant(of: path) == .folder {
                try copyTree(path, into: tree, without: gone)
            } else {
                if folder != "." { try makeFolders(folder, in: tree) }
                try output.link(path, into: tree, as: path)
            }
        }
    }

    /// Makes a folder of the tree like that of the output folder, with those above it.
    private func makeFolders(_ folder: String, in tree: borrowing FileDescriptor) throws(SiteError) {
        if try tree.occupant(of: folder) == .folder { return }
        if let slash = folder.lastIndex(of: "/") { try makeFolders(String(folder[..<slash]), in: tree) }
        try tree.makeFolder(folder)
        let source = try FileDescriptor.folder(output.path + "/" + folder, create: false)
        try source.sharePermissions(with: try FileDescriptor.folder(tree.path + "/" + folder, create: false))
    }
}

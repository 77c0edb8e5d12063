#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

extension FileDescriptor {
    /// Gives a file, or a link itself, another name in another folder of the same file system.
    func link(_ name: String, into other: borrowing FileDescriptor, as newName: String) throws(SiteError) {
        if linkat(raw, name, other.raw, newName, 0) != 0 {
            throw Self.failure(.fileAccess, path + "/" + name, "make a hard link")
        }
    }

    /// Moves a file of this folder into another of the same file system, over what is there.
    func rename(_ name: String, into other: borrowing FileDescriptor, as newName: String) throws(SiteError) {
        if renameat(raw, name, other.raw, newName) != 0 {
            throw Self.failure(.fileAccess, other.path + "/" + newName, "replace the file")
        }
    }

    /// Gives a folder the permissions of this one.
    func sharePermissions(with other: borrowing FileDescriptor) throws(SiteError) {
        var status = stat()
        if fstat(raw, &status) != 0 || fchmod(other.raw, status.st_mode & 0o7777) != 0 {
            throw Self.failure(.fileAccess, other.path, "set the permissions")
        }
    }

    /// Deletes a folder with all that is in it; one that is not there is fine. Links are deleted, not followed.
    func deleteTree(_ name: String) throws(SiteError) {
        for entry in try names(in: name) {
            let path = "\(name)/\(entry)"
            if try occupant(of: path) == .folder { try deleteTree(path) } else { try deleteFile(path) }
        }
        if !deleteEmptyFolder(name), try occupant(of: name) != .nothing {
            throw Self.failure(.fileAccess, path + "/" + name, "delete the folder")
        }
    }

    /// Lets two names of this folder change places in one step: at no moment is one of them missing.
    ///
    /// Linux has it as `renameat2(RENAME_EXCHANGE)` since 3.15, macOS as `renameatx_np(RENAME_SWAP)`; not every file system
    /// knows it, and a mount point cannot be moved.
    func exchange(_ name: String, with other: String) throws(SiteError) {
        guard let exchange = Self.exchange else {
            throw SiteError(.fileAccess, path: path, "this system cannot exchange two folders in one step")
        }
        if exchange(raw, name, raw, other, 2) != 0 {
            throw Self.failure(.fileAccess, path + "/" + name, "exchange it with the new one in one step")
        }
    }

    /// Both systems give their flag the value 2. glibc declares `renameat2` only under `_GNU_SOURCE`, which Swift's module
    /// does not set, so it is looked up by name.
    private static let exchange:
        (@convention(c) (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32) -> Int32)? = {
            #if canImport(Darwin)
                let name = "renameatx_np"
            #else
                let name = "renameat2"
            #endif
            guard let program = dlopen(nil, RTLD_NOW), let symbol = dlsym(program, name) else { return nil }
            return unsafeBitCast(
                symbol,
                to: (@convention(c) (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32) -> Int32).self)
        }()

    /// Where a folder lies with all links resolved: the one above it, and its name there.
    static func place(of path: String) throws(SiteError) -> (above: String, name: String) {
        guard let resolved = realpath(path, nil) else { throw failure(.fileAccess, path, "resolve the path") }
        defer { free(resolved) }
        let full = String(cString: resolved)
        guard let slash = full.lastIndex(of: "/"), full != "/" else {
            throw SiteError(.unsafePath, path: path, "has no folder above it")
        }
        let above = slash == full.startIndex ? "/" : String(full[..<slash])
        return (above, String(full[full.index(after: slash)...]))
    }
}

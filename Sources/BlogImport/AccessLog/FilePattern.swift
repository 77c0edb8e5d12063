import Foundation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Finds the files that a shell pattern names: `logs/access.log*`.
enum FilePattern {
    /// The paths that `pattern` (relative to `root`, or absolute) matches, in the order of their bytes. A path that exists as it
    /// stands is itself, whatever characters it has.
    static func paths(_ pattern: String, in root: String) -> [String] {
        let isAbsolute = pattern.hasPrefix("/")
        let whole = isAbsolute ? pattern : "\(root)/\(pattern)"
        if FileManager.default.fileExists(atPath: whole) { return [pattern] }
        var matches = glob_t()
        defer { globfree(&matches) }
        let escapedRoot = root.map { "*?[\\".contains($0) ? "\\\($0)" : String($0) }.joined()
        guard glob(isAbsolute ? pattern : "\(escapedRoot)/\(pattern)", GLOB_NOSORT, nil, &matches) == 0 else {
            return []
        }
        let found = (0..<Int(matches.gl_pathc)).compactMap { index in
            matches.gl_pathv[index].map { String(cString: $0) }
        }
        let paths = isAbsolute ? found : found.map { String($0.dropFirst(root.count + 1)) }
        return paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Whether a pattern matches a path. A slash is matched by a slash only, as the shell has it.
    static func matches(_ pattern: String, _ path: String) -> Bool {
        pattern == path || fnmatch(pattern, path, FNM_PATHNAME | FNM_PERIOD) == 0
    }
}

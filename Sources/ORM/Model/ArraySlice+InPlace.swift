extension ArraySlice {
    /// Shows the elements where they are. Iterating copies each, which for a row means to count a reference for every text in it.
    func forEachInPlace(_ body: (UnsafePointer<Element>) throws -> Void) rethrows {
        try withUnsafeBufferPointer { elements in
            guard let start = elements.baseAddress else { return }
            for index in elements.indices { try body(start + index) }
        }
    }
}

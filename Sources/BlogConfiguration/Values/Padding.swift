/// A number with leading zeros: `padded(7, 2)` is `07`. A longer one stays what it is.
package func padded(_ value: Int, _ width: Int) -> String {
    var text = String(value.magnitude)
    while text.utf8.count < width { text = "0" + text }
    return value < 0 ? "-" + text : text
}

import ORM

/// What a text is written in.
package enum TextFormat: String, ColumnEnum {
    case markdown, html
}

import BlogConfiguration
import Foundation

/// The policy under which the default theme works, and which a host of the site should send: the site's own files, and pictures
/// and sound from elsewhere over https, because posts may show them (<https://www.w3.org/TR/CSP3/>).
enum ContentSecurityPolicy {
    static func header(_ configuration: SiteConfiguration) -> String {
        var forms = "'self'"
        if let action = configuration.comments.formAction, let url = URL(string: action), let scheme = url.scheme,
            let host = url.host
        {
            forms += " \(scheme)://\(host)" + (url.port.map { ":\($0)" } ?? "")
        }
        return [
            "default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'", "font-src 'self'",
            "img-src 'self' data: https:", "media-src 'self' https:", "form-action \(forms)", "base-uri 'none'",
            "frame-ancestors 'none'",
        ].joined(separator: "; ")
    }
}

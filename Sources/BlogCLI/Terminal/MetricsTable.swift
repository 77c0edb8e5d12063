import Templates

/// What `--template-metrics` shows: where the time of a build's pages goes.
enum MetricsTable {
    static func lines(_ metrics: [TemplateMetrics.Entry], width: Int) -> [String] {
        guard !metrics.isEmpty else { return ["No page was rendered by a template (--force renders all)."] }
        var table = TextTable([
            .init(title: "template", alignment: .left, isFlexible: true), .init(title: "count", alignment: .right),
            .init(title: "cumulative ms", alignment: .right), .init(title: "average ms", alignment: .right),
            .init(title: "maximum ms", alignment: .right),
        ])
        for entry in metrics {
            table.append([
                entry.isInclude ? "\(entry.template) (included)" : entry.template, String(entry.count),
                milliseconds(entry.cumulative), milliseconds(entry.average), milliseconds(entry.maximum),
            ])
        }
        return table.lines(width: width)
    }

    /// With three decimals: "0.042".
    private static func milliseconds(_ nanoseconds: Int64) -> String {
        let micros = (nanoseconds + 500) / 1000
        let fraction = String(micros % 1000)
        return "\(micros / 1000)." + String(repeating: "0", count: 3 - fraction.count) + fraction
    }
}

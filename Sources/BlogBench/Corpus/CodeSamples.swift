/// Code blocks by language, as posts quote them. Slots keep two posts from showing the same bytes.
enum CodeSamples {
    static let byLanguage: [String: [Phrase]] = [
        "swift": [
            """
            struct Summary: Sendable {
                var count = 0
                var largest = 0

                mutating func add(_ size: Int) {
                    count += 1
                    largest = max(largest, size)
                }
            }

            let summary = «word».reduce(into: Summary()) { $0.add($1.size) }
            """,
            """
            let «word» = try await withThrowingTaskGroup(of: Page.self) { group in
                for path in paths.prefix(«number») {
                    group.addTask { try await Page(contentsOf: path) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            """,
            """
            // At most «number» at a time: more only wait for the same disk.
            guard «word».count <= «number» else {
                throw LimitError(limit: «number», found: «word».count)
            }
            """,
        ],
        "sql": [
            """
            SELECT «word».id, count(*) AS total
              FROM «word»
              JOIN visits ON visits.item = «word».id
             WHERE visits.day >= '20«small»-01-01'
             GROUP BY «word».id
             ORDER BY total DESC, «word».id
             LIMIT «number»;
            """,
            """
            CREATE INDEX «word»_by_day ON «word» (owner, created_at);
            -- «number» rows a page, and no sort: the index has the order already
            EXPLAIN QUERY PLAN
            SELECT * FROM «word» WHERE owner = ? ORDER BY created_at LIMIT «number»;
            """,
            """
            BEGIN IMMEDIATE;
            INSERT INTO «word» (name, size) VALUES (?, ?)
                ON CONFLICT (name) DO UPDATE SET size = excluded.size;
            COMMIT;
            """,
        ],
        "bash": [
            """
            set -euo pipefail
            exec 9> /run/lock/«word».lock
            flock --nonblock 9 || exit 75
            rsync --archive --delete "$source/" "backup:/srv/«word»/"
            """,
            """
            $ find . -name '*.log' -mtime +«small» -print0 | xargs -0 -r gzip -9
            $ du -sh «word»
            «number»M	«word»
            """,
            """
            for file in «word»/*.txt; do
                lines=$(wc -l < "$file")
                if [ "$lines" -gt «number» ]; then echo "$file: $lines lines"; fi
            done | sort -t: -k2 -n
            """,
        ],
        "python": [
            """
            from collections import Counter

            def busiest(«word», limit=«small»):
                \"""The days with the most «word», most first.\"""
                days = Counter(item["day"] for item in «word»)
                return days.most_common(limit)
            """,
            """
            with open("«word».csv", encoding="utf-8", newline="") as source:
                for number, row in enumerate(csv.DictReader(source), start=2):
                    if not row["size"].isdigit():
                        print(f"line {number}: size is {row['size']!r}", file=sys.stderr)
            """,
        ],
        "javascript": [
            """
            const «word» = document.querySelectorAll('a[href^="#"]');
            for (const link of «word») {
              if (!document.getElementById(link.hash.slice(1))) console.warn('dangling:', link.hash);
            }
            """,
            """
            export async function load(path, { tries = «small» } = {}) {
              const response = await fetch(path);
              if (response.ok) return response.json();
              if (tries > 1) return load(path, { tries: tries - 1 });
              throw new Error(`${path}: ${response.status}`);
            }
            """,
        ],
        "rust": [
            """
            fn total(«word»: &[u32]) -> Option<u32> {
                «word».iter().try_fold(0u32, |sum, &size| sum.checked_add(size))
            }

            assert_eq!(total(&[1, 2, «number»]), Some(3 + «number»));
            """,
            """
            let mut «word»: Vec<String> = Vec::with_capacity(«number»);
            for line in input.lines().take(«number») {
                «word».push(line?.trim_end().to_owned());
            }
            """,
        ],
        "html": [
            """
            <article lang="en">
              <h2 id="«word»">All «word»</h2>
              <p>There are <data value="«number»">«number»</data> &ndash; see <a href="#top">above</a>.</p>
              <img src="«word».png" width="640" height="360" alt="Chart of «word» per month" loading="lazy">
            </article>
            """,
            """
            <nav aria-label="Pages">
              <a href="/«word»/page/«small»/" rel="prev">Older &amp; quieter</a>
            </nav>
            """,
        ],
        "css": [
            """
            .«word» {
              max-inline-size: «number»ch;
              margin-inline: auto;
            }

            @media (prefers-color-scheme: dark) {
              .«word» > a { color: #9cf; }
            }
            """,
            """
            :focus-visible { outline: «small»px solid currentColor; outline-offset: 2px; }
            .«word»::before { content: "\\201C"; }
            """,
        ],
        "yaml": [
            """
            jobs:
              «word»:
                runs-on: ubuntu-latest
                timeout-minutes: «number»
                steps:
                  - uses: actions/checkout@v4
                  - run: make test
                    env: { TOKEN: "${{ secrets.TOKEN }}" }
            """,
            """
            «word»:
              retries: «small»
              limit: «number»
              paths:
                - data/«word»/*.csv   # oldest first
            """,
        ],
        "json": [
            """
            {
              "name": "«word»",
              "count": «number»,
              "tags": ["a", "b"],
              "note": "tabs \\t and \\"quotes\\" are escaped",
              "next": null
            }
            """,
            """
            {"«word»": [{"id": «small», "size": «number»}, {"id": 1«small», "size": 0.5}]}
            """,
        ],
    ]

    /// Tables as they come in posts: the header, then rows of phrases.
    static let tables: [(header: [String], alignment: [String], rows: [[Phrase]])] = [
        (
            ["Attempt", "Runs", "Failures"], ["---", "---:", "---:"],
            [
                ["before", "«number»", "«small»"], ["with «tool»", "«number»", "«small»"],
                ["after a week", "«number»", "0"],
            ]
        ),
        (
            ["What", "Before", "After", "Remark"], [":---", "---:", "---:", "---"],
            [
                ["«parts»", "«number»", "«small»", "counted by hand"],
                ["median, ms", "«number»", "«small»", "«small» runs"],
                ["worst, ms", "«number»", "«number»", "`cold`"], ["memory, MB", "«number»", "«small»", "peak"],
            ]
        ),
        (
            ["Option", "Good for", "Bad for"], ["---", "---", "---"],
            [
                ["«tool»", "«parts»", "large «word»"], ["«tool»", "quick answers", "«trouble»"],
                ["doing nothing", "«amount»", "the rest"],
            ]
        ),
    ]
}

extension TestSite {
    /// A theme of one line for each kind of page.
    static let templates: [String: String] = [
        "_line.html": """
        {{ p.id }}|{{ p.title }}|{{ url(p.url) }}|{{ p.author.name }}|{{ p.published_at | date("iso") if p.published_at else "undated" }}|{{ p.view_count }}|{{ p.comment_count }}

        """,
        "home.html": """
        {{ page.kind }} {{ page.title }}
        {% for p in posts %}{% include "_line.html" %}{% endfor -%}
        older {{ older_url }}

        """,
        "list.html": """
        {{ page.title }} {{ page.canonical }}
        {% for p in posts %}{% include "_line.html" %}{% endfor -%}
        newer {{ pagination.newer_url }} older {{ pagination.older_url }}

        """,
        "post.html": """
        {% macro thread(comments) %}{% for c in comments %}<{{ c.depth }} {{ c.anchor }} {{ c.author_name }}{% if c.is_author %}*{% endif %} {{ c.author_url }}>{{ c.html }}{{ thread(c.replies) }}{% endfor %}{% endmacro -%}
        {{ page.title }}; {{ page.description }}; {{ page.path }}; {{ page.language }}
        {% set p = post %}{% include "_line.html" -%}
        {{ post.html }}{{ post.reading_minutes }} {{ post.word_count }}
        authors {% for a in post.authors %}{{ a.name }} {{ url(a.url) }};{% endfor %}
        tags {% for t in post.tags %}{{ t.name }} {{ url(t.url) }};{% endfor %}
        contents {% for h in post.contents %}{{ h.level }} {{ h.id }} {{ h.text }};{% endfor %}
        related {% for p in post.related %}{{ p.id }} {% endfor %}
        previous {{ post.previous.title if post.previous else "none" }} next {{ post.next.title if post.next else "none" }}
        comments {{ thread(post.comments) }}

        """,
        "page.html": "{{ document.title }} {{ page.description }}\n{{ document.html }}",
        "tags.html": "{% for t in tags %}{{ t.name }} {{ url(t.url) }} {{ t.post_count }}\n{% endfor %}",
        "tag.html": """
        {{ tag.name }} {{ tag.post_count }}: {% for p in tag.posts %}{{ p.id }} {% endfor %}
        related {% for t in tag.related %}{{ t.slug }} {{ t.weight }};{% endfor %}

        """,
        "authors.html": "{% for a in authors %}{{ a.name }} {{ url(a.url) }} {{ a.post_count }}\n{% endfor %}",
        "author.html": "{{ author.name }}: {% for p in author.posts %}{{ p.id }} {% endfor %}\n",
        "404.html": "{{ page.kind }} {{ page.title }}\n",
        "feed.xml": """
        <feed updated="{{ updated_at | date("iso") if updated_at else "never" }}">
        {% for p in posts %}<item by="{{ p.author.name }}" url="{{ p.canonical }}">{{ p.html_absolute | xmlescape }}</item>
        {% endfor %}</feed>

        """,
        "sitemap.xml":
            "{% for e in entries %}{{ e.location }} {{ e.updated_at | date(\"iso\") if e.updated_at else \"-\" }}\n{% endfor %}",
        "robots.txt": "Sitemap: {{ site.url }}sitemap.xml\n",
    ]

    /// The same for the pages that the others can do without.
    static let moreTemplates: [String: String] = [
        "archive.html": """
        {% for y in years %}{{ y.year }} {{ url(y.url) }} {{ y.post_count }}:{% for m in y.months %} {{ m.starts_at | date("%b") }} {{ url(m.url) }} {{ m.post_count }}{% endfor %}
        {% endfor %}
        """,
        "year.html": """
        {{ page.title }} {{ year.post_count }}
        {% for m in year.months %}{{ m.month }}: {% for p in m.posts %}{{ p.id }} {% endfor %}
        {% endfor -%}
        older {{ year.older_url }} newer {{ year.newer_url }}

        """,
        "month.html": """
        {{ page.title }} of {{ url(month.year_url) }}: {% for p in month.posts %}{{ p.id }} {% endfor %}
        older {{ month.older.url if month.older else "none" }} newer {{ month.newer.url if month.newer else "none" }}

        """,
        "stats.html": """
        {% macro columns(c) %}{% if c %}{{ c.total }} most {{ c.peak.starts_at | date("%F") }} {{ c.peak.count }}:{% for b in c.columns %} {{ b.starts_at | date("%F") }} {{ b.count }}{% endfor %}{% else %}none{% endif %}{% endmacro -%}
        {% macro ranks(c) %}{% if c %}{% for r in c.ranks %}{{ r.label }} {{ url(r.url) }} {{ r.count }};{% endfor %}{% else %}none{% endif %}{% endmacro -%}
        {{ post_count }} {{ comment_count }} {{ author_count }} {{ tag_count }} {{ view_count }} {{ average_views }}
        posts a month {{ columns(posts_per_month) }}
        views a month {{ columns(views_per_month) }}
        views a day {{ columns(views_per_day) }}
        posts {{ ranks(top_posts) }}
        authors {{ ranks(top_authors) }}
        tags {{ ranks(top_tags) }}

        """,
        "search.html": "{{ url(index_url) }}\n",
        "atom.xml": "{{ page.title }} {{ link }}:{% for p in posts %} {{ p.id }}{% endfor %}\n",
        "sitemap-index.xml":
            "{% for s in sitemaps %}{{ s.location }} {{ s.updated_at | date(\"iso\") if s.updated_at else \"-\" }}\n{% endfor %}",
    ]

    static var allTemplates: [String: String] { templates.merging(moreTemplates) { first, _ in first } }
}

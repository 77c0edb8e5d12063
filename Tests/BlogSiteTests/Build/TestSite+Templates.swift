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
}

// swift-format-ignore-file
// Made from templates/ by Scripts/embed-theme: change the theme there, then run that script.

/// The default theme, as `blog init` writes it.
enum EmbeddedTheme {
    /// Paths below templates/ and contents, in the order of the paths.
    static let files: [(path: String, content: String)] = [
        ("404.html", ##"""
{% extends "base.html" %}

{% block content %}
<header class="page-head">
<h1>There is nothing at this address</h1>
<p class="lede">The page may have moved without leaving word, or the link may have lost a letter on its way to you.</p>
<p>The <a href="{{ url("/") }}">newest posts</a> are on the home page; the <a href="{{ url("/archive/") }}">archive</a> has all of them by date and the <a href="{{ url("/tags/") }}">tags</a> by subject. Or <a href="{{ url("/search/") }}">search</a> for it.</p>
</header>
{% endblock %}
"""## + "\n"),
        ("README.md", ##"""
# The templates

A theme is this folder: templates, and `assets/`, whose files are published under names with a fingerprint. Templates whose
name starts with `_` are parts of others. A post or page whose front matter says `layout: wide` is made by `wide.html`.

`blog template check` checks all templates against the types below, without data. `blog template render FILE --data FILE`
renders one with JSON data. `blog build --force --template-metrics` tells where the time goes.

This file is made from the program's own types; a test keeps it true.

## The language

A closed list, taken from Jinja2: a template here gives the same bytes as under Jinja2 3.1 with autoescape on and
undefined names as errors. Anything else of Jinja2 is an error when the theme is loaded.

- Tags: `block` `call` `extends` `filter` `for` `from` `if` `import` `include` `macro` `raw` `set` `with`, with `elif` and `else`; `{{ … }}`, `{# … #}`, and `-` for whitespace control.
- Expressions: texts, numbers, `true false none`, lists, dicts, tuples; `a.b`, `a[0]`, slices; `+ - * / // % ** ~`,
  comparisons, `in`, `is`, `and or not`, `x if y else z`.
- In a loop: `loop.index` `loop.index0` `loop.revindex` `loop.revindex0` `loop.first` `loop.last` `loop.length` `loop.previtem` `loop.nextitem` `loop.cycle`.
- Functions: `range` `namespace`; in blocks `super()`, in macros `caller()`.
- Tests: `defined` `divisibleby` `eq` `even` `ge` `gt` `in` `iterable` `le` `lt` `mapping` `ne` `none` `number` `odd` `sequence` `string` `undefined`.
- Filters: `abs` `attr` `batch` `capitalize` `center` `default` `dictsort` `escape` `first` `float` `format` `groupby` `indent` `int` `join` `last` `length` `list` `lower` `map` `max` `min` `reject` `rejectattr` `replace` `reverse` `round` `safe` `select` `selectattr` `slice` `sort` `string` `striptags` `sum` `title` `tojson` `trim` `truncate` `unique` `upper` `urlencode` `wordcount` `xmlattr`.

Beside them, and not in Jinja2:

| name | gives |
|---|---|
| `absolute_url` | the absolute address of a path of the site |
| `date(format)` | a date in the site's zone, by a strftime format; `"iso"` and `"rfc822"` give the forms for `<time>` and RSS |
| `markdown` | safe HTML of a short text in Markdown |
| `number(decimals)` | a number with grouped digits: `1,234.5` |
| `plural(one, many)` | the word for a count: `{{ n }} {{ n \| plural("reply", "replies") }}` |
| `slugify` | a text as a part of an address: `"Ça va?"` is `ça-va` |
| `xmlescape` | a text escaped for XML, markup too: for HTML inside of XML |
| `url(path)` | the address of a path on this site, also where the site does not live at the root of its host |
| `asset(name)` | the address of a file of `assets/` |

Jinja2 has these, and this language does not:

- Tags: `autoescape` `break` `continue` `debug` `do` `pluralize` `print` `trans`.
- Filters: `count` (use length), `d` (use default), `e` (use escape), `filesizeformat`, `forceescape` (use xmlescape), `items` (use dictsort), `pprint` (use tojson), `random`, `urlize` (use markdown), `wordwrap`.
- Tests: `boolean` `callable` `equalto` `escaped` `false` `filter` `float` `greaterthan` `integer` `lessthan` `lower` `sameas` `test` `true` `upper`.
- Methods of Python's objects (`"a".upper()`), computed names of templates, recursive loops, `import … with context`.

It differs on purpose in this:

- Printing a list, a dict, a date or an object is an error. Integers have 64 bits. Filters give lists, not generators.
  `%` does not format texts, but the filter `format` does.
- The ending of the page's template decides how values are escaped, also in what it includes: `.html` and `.xml` escape
  `& < > " '`, `.json` escapes for the inside of a JSON string, other endings do not escape. `| safe` prints as it is.
- At the beginning of an address (`href="{{ … }}"`, `src`, `action` and the like) a value with the scheme `javascript:`,
  `vbscript:` or, unless it is a picture, `data:` is printed as `#script-address-removed`; `| safe` lets it through.
- A block at the top level of a template that extends another must exist there. An imported template prints nothing.
- A template that runs away ends with an error: more than 100 macros inside of each other, 10000000
  passes of loops or 64 MiB of output on one page.

## Every template

| name | type | |
|---|---|---|
| `site` | [site](#type-site) | The site |
| `page` | [page](#type-page) | The page that is being rendered |

## home.html

Makes `/`: the newest posts. A theme must have it.

| name | type | |
|---|---|---|
| `posts` | list of: [post](#type-post) | The newest posts |
| `older_url` | address, or none | The path of the list page that goes on, for url() |

## list.html

Makes `/page/N/`: posts, numbered from the oldest, so that a full page stays as it is. Without it, these pages are not made.

| name | type | |
|---|---|---|
| `posts` | list of: [post](#type-post) | The posts of the page, newest first |
| `pagination` | [pagination](#type-pagination) | The page's place among its neighbours |

## post.html

Makes one post. A theme must have it.

| name | type | |
|---|---|---|
| `post` | [post of post.html](#type-post-of-posthtml) | The post |

## page.html

Makes one page outside the stream. Without it, these pages are not made.

| name | type | |
|---|---|---|
| `document` | [document](#type-document) | The page |

## tags.html

Makes `/tags/`. Without it, these pages are not made.

| name | type | |
|---|---|---|
| `tags` | list of: [tag](#type-tag) | All tags with posts, by name |

## tag.html

Makes `/tags/SLUG/`. Without it, these pages are not made.

| name | type | |
|---|---|---|
| `tag` | [tag of tag.html](#type-tag-of-taghtml) | The tag |

## authors.html

Makes `/authors/`. Without it, these pages are not made.

| name | type | |
|---|---|---|
| `authors` | list of: [author](#type-author) | The active authors with posts, by name |

## author.html

Makes `/authors/USERNAME/`. Without it, these pages are not made.

| name | type | |
|---|---|---|
| `author` | [author of author.html](#type-author-of-authorhtml) | The author |

## archive.html

Makes `/archive/`: all years and months. Without it, these pages are not made.

| name | type | |
|---|---|---|
| `years` | list of: [year](#type-year) | The years with dated posts, newest first |

## year.html

Makes `/archive/YYYY/`. Without it, these pages are not made.

| name | type | |
|---|---|---|
| `year` | [year of year.html](#type-year-of-yearhtml) | The year |

## month.html

Makes `/archive/YYYY/MM/`. Without it, these pages are not made.

| name | type | |
|---|---|---|
| `month` | [month of month.html](#type-month-of-monthhtml) | The month |

## stats.html

Makes `/stats/`: what the blog knows about itself. Without it, these pages are not made.

| name | type | |
|---|---|---|
| `post_count` | integer | How many posts there are |
| `comment_count` | integer | How many comments they have |
| `author_count` | integer | How many active users the blog has |
| `tag_count` | integer | How many tags posts have |
| `view_count` | integer | How often posts were read |
| `average_views` | number | Views for each post |
| `posts_per_month` | [column chart](#type-column-chart), or none | Posts by month of publication |
| `views_per_month` | [column chart](#type-column-chart), or none | Views by month; none without views |
| `views_per_day` | [column chart](#type-column-chart), or none | Views of the last 60 days up to the last with views |
| `top_posts` | [rank chart](#type-rank-chart), or none | The posts that were read most, by views |
| `top_authors` | [rank chart](#type-rank-chart), or none | The authors with most posts, by posts |
| `top_tags` | [rank chart](#type-rank-chart), or none | The tags with most posts, by posts |

## search.html

Makes `/search/`, and with it the index that its script reads. Without it, these pages are not made.

| name | type | |
|---|---|---|
| `index_url` | address | The path of the file that the script reads first, for url() |

## 404.html

Makes what a host shows for an address that is not there. Without it, these pages are not made.

## feed.xml

Makes the feed of the site (RSS), and one of each tag and author beside its page. Without it, these pages are not made.

| name | type | |
|---|---|---|
| `posts` | list of: [post of a feed](#type-post-of-a-feed) | The newest dated posts |
| `updated_at` | date, printed by `date`, or none | When the newest of them changed |
| `link` | address | The absolute address of the page whose posts these are |

## atom.xml

Makes the same feed of the site in the format Atom. Without it, these pages are not made.

| name | type | |
|---|---|---|
| `posts` | list of: [post of a feed](#type-post-of-a-feed) | The newest dated posts |
| `updated_at` | date, printed by `date`, or none | When the newest of them changed |
| `link` | address | The absolute address of the page whose posts these are |

## sitemap.xml

Makes the sitemap. Without it, these pages are not made.

| name | type | |
|---|---|---|
| `entries` | list of: [sitemap entry](#type-sitemap-entry) | The addresses that search engines should know |

## sitemap-index.xml

Makes the list of sitemaps, where one file cannot hold all addresses. Without it, these pages are not made.

| name | type | |
|---|---|---|
| `sitemaps` | list of: [sitemap entry](#type-sitemap-entry) | The addresses of the parts of the sitemap |

## robots.txt

Makes the rules for robots. Without it, these pages are not made.

# Types

## Type: site

| name | type | |
|---|---|---|
| `title` | text | The site's title |
| `description` | text | One sentence about the site; may be empty |
| `url` | address | The absolute address of the home page; ends with a slash |
| `language` | text | The site's language tag |
| `navigation` | list of: [navigation item](#type-navigation-item) | The menu |
| `feed_items` | integer | How many posts the feed has |
| `api_enabled` | true or false | Whether the JSON files are published |
| `generator` | text | The program that made the site |

## Type: page

| name | type | |
|---|---|---|
| `kind` | text | home, list, post, page, tags, tag, authors, author, archive, year, month, stats, search, 404, feed, sitemap or robots |
| `title` | text | The page's title, without the site's |
| `description` | text | One sentence for search engines; may be empty |
| `path` | address | The page's path, for url() |
| `canonical` | address | The page's absolute address |
| `language` | text | The language tag of the page |
| `image` | address, or none | The absolute address of the page's picture |
| `feed` | address | The path of the feed of what the page lists, else of the site's, for url() |

## Type: post

| name | type | |
|---|---|---|
| `id` | integer | The post's number |
| `title` | text | The title |
| `slug` | text | The last part of most posts' paths |
| `url` | address | The path, for url() |
| `canonical` | address | The absolute address |
| `excerpt` | text | The summary as plain text; empty only for an empty post |
| `summary` | HTML, safe to print | The beginning of the post, for pages other than its own |
| `author` | [author of a post](#type-author-of-a-post) | The first author |
| `authors` | list of: [author of a post](#type-author-of-a-post) | All authors |
| `published_at` | date, printed by `date`, or none | When it was published; none for an undated post |
| `updated_at` | date, printed by `date`, or none | When it was last changed; none if never since it was published |
| `tags` | list of: [tag of a post](#type-tag-of-a-post) | The post's tags in its own order |
| `reading_minutes` | integer | How long reading takes, at least 1 |
| `view_count` | integer | How often it was read |
| `comment_count` | integer | How many comments it has |
| `image` | address, or none | The absolute address of the post's picture |

## Type: pagination

| name | type | |
|---|---|---|
| `number` | integer | The page's number, counted from the oldest |
| `newer_url` | address, or none | The path of the page with newer posts, for url() |
| `older_url` | address, or none | The path of the page with older posts, for url() |

## Type: post of post.html

| name | type | |
|---|---|---|
| `id` | integer | The post's number |
| `title` | text | The title |
| `slug` | text | The last part of most posts' paths |
| `url` | address | The path, for url() |
| `canonical` | address | The absolute address |
| `excerpt` | text | The summary as plain text; empty only for an empty post |
| `summary` | HTML, safe to print | The beginning of the post, for pages other than its own |
| `author` | [author of a post](#type-author-of-a-post) | The first author |
| `authors` | list of: [author of a post](#type-author-of-a-post) | All authors |
| `published_at` | date, printed by `date`, or none | When it was published; none for an undated post |
| `updated_at` | date, printed by `date`, or none | When it was last changed; none if never since it was published |
| `tags` | list of: [tag of a post](#type-tag-of-a-post) | The post's tags in its own order |
| `reading_minutes` | integer | How long reading takes, at least 1 |
| `view_count` | integer | How often it was read |
| `comment_count` | integer | How many comments it has |
| `image` | address, or none | The absolute address of the post's picture |
| `html` | HTML, safe to print | The text |
| `word_count` | integer | The words of the text |
| `contents` | list of: [heading](#type-heading) | The headings of the second and third level |
| `comments` | list of: [comment](#type-comment) | The comments, replies below what they answer |
| `related` | list of: [post](#type-post) | Other posts with the same tags |
| `previous` | [post](#type-post), or none | The next older post |
| `next` | [post](#type-post), or none | The next newer post |
| `comments_enabled` | true or false | Whether the site shows comments |
| `comment_form_action` | address, or none | Where a comment form is sent |
| `comment_mailto` | text, or none | The address that takes comments by mail |

## Type: document

| name | type | |
|---|---|---|
| `title` | text | The title |
| `html` | HTML, safe to print | The text |
| `contents` | list of: [heading](#type-heading) | The headings of the second and third level |
| `updated_at` | date, printed by `date`, or none | When the page was last changed, where that is known |

## Type: tag

| name | type | |
|---|---|---|
| `name` | text | The name as authors write it |
| `slug` | text | The name in addresses |
| `url` | address | The path of the tag's page, for url() |
| `post_count` | integer | How many posts have it |

## Type: tag of tag.html

| name | type | |
|---|---|---|
| `name` | text | The name as authors write it |
| `slug` | text | The name in addresses |
| `url` | address | The path of the tag's page, for url() |
| `post_count` | integer | How many posts have it |
| `related` | list of: [related tag](#type-related-tag) | Tags that posts often have beside it |
| `posts` | list of: [post](#type-post) | All posts with the tag, newest first |

## Type: author

| name | type | |
|---|---|---|
| `username` | text | The name in addresses |
| `name` | text | The name to show |
| `url` | address | The path of the author's page, for url() |
| `bio_html` | HTML, safe to print, or none | What the author says of themselves |
| `website` | address, or none | The author's own web site |
| `post_count` | integer | How many posts they wrote, alone or with others |

## Type: author of author.html

| name | type | |
|---|---|---|
| `username` | text | The name in addresses |
| `name` | text | The name to show |
| `url` | address | The path of the author's page, for url() |
| `bio_html` | HTML, safe to print, or none | What the author says of themselves |
| `website` | address, or none | The author's own web site |
| `post_count` | integer | How many posts they wrote, alone or with others |
| `posts` | list of: [post](#type-post) | All posts of the author, newest first |

## Type: year

| name | type | |
|---|---|---|
| `year` | integer | The year |
| `url` | address | The path of the year's page, for url() |
| `post_count` | integer | How many posts were published in it |
| `months` | list of: [month](#type-month) | Its months with posts, newest first |

## Type: year of year.html

| name | type | |
|---|---|---|
| `year` | integer | The year |
| `url` | address | The path of the year's page, for url() |
| `post_count` | integer | How many posts were published in it |
| `months` | list of: [month of a year](#type-month-of-a-year) | Its months with posts, newest first |
| `older_url` | address, or none | The path of the year with posts before this one, for url() |
| `newer_url` | address, or none | The path of the year with posts after this one, for url() |

## Type: month of month.html

| name | type | |
|---|---|---|
| `month` | integer | 1 to 12 |
| `starts_at` | date, printed by `date` | The first instant of the month, for its name: `date("%B %Y")` |
| `url` | address | The path of the month's page, for url() |
| `post_count` | integer | How many posts were published in it |
| `posts` | list of: [post](#type-post) | The posts of the month, newest first |
| `year` | integer | The year |
| `year_url` | address | The path of the year's page, for url() |
| `older` | [month](#type-month), or none | The month with posts before this one |
| `newer` | [month](#type-month), or none | The month with posts after this one |

## Type: column chart

| name | type | |
|---|---|---|
| `width` | integer | The width of the drawing |
| `height` | integer | Its height |
| `left` | integer | Where the columns begin |
| `base` | integer | The line they stand on |
| `columns` | list of: [column](#type-column) | The columns, in the order of time |
| `ticks` | list of: [tick](#type-tick) | The lines of the scale, from 0 upwards |
| `marks` | list of: [column](#type-column) | The columns whose names have room below them |
| `total` | integer | The sum of all counts |
| `peak` | [column](#type-column) | The first of the highest columns |

## Type: rank chart

| name | type | |
|---|---|---|
| `width` | integer | The width of the drawing |
| `height` | integer | Its height |
| `ranks` | list of: [rank](#type-rank) | The entries, the best first |

## Type: post of a feed

| name | type | |
|---|---|---|
| `id` | integer | The post's number |
| `title` | text | The title |
| `slug` | text | The last part of most posts' paths |
| `url` | address | The path, for url() |
| `canonical` | address | The absolute address |
| `excerpt` | text | The summary as plain text; empty only for an empty post |
| `summary` | HTML, safe to print | The beginning of the post, for pages other than its own |
| `author` | [author of a post](#type-author-of-a-post) | The first author |
| `authors` | list of: [author of a post](#type-author-of-a-post) | All authors |
| `published_at` | date, printed by `date`, or none | When it was published; none for an undated post |
| `updated_at` | date, printed by `date`, or none | When it was last changed; none if never since it was published |
| `tags` | list of: [tag of a post](#type-tag-of-a-post) | The post's tags in its own order |
| `reading_minutes` | integer | How long reading takes, at least 1 |
| `view_count` | integer | How often it was read |
| `comment_count` | integer | How many comments it has |
| `image` | address, or none | The absolute address of the post's picture |
| `html_absolute` | HTML, safe to print | The text, or its summary, with absolute addresses |

## Type: sitemap entry

| name | type | |
|---|---|---|
| `location` | address | The absolute address |
| `updated_at` | date, printed by `date`, or none | When the page was last changed |

## Type: navigation item

| name | type | |
|---|---|---|
| `title` | text | The link's text |
| `url` | address | A path of the site or an absolute address |

## Type: author of a post

| name | type | |
|---|---|---|
| `username` | text | The name in addresses |
| `name` | text | The name to show |
| `url` | address | The path of the author's page, for url() |

## Type: tag of a post

| name | type | |
|---|---|---|
| `name` | text | The name as authors write it |
| `slug` | text | The name in addresses |
| `url` | address | The path of the tag's page, for url() |

## Type: heading

| name | type | |
|---|---|---|
| `level` | integer | 2 or 3 |
| `id` | text | The id to link to, without # |
| `text` | text | The heading as plain text |

## Type: comment

| name | type | |
|---|---|---|
| `id` | integer | The comment's number |
| `anchor` | text | The id of its place on the page: comment-12 |
| `author_name` | text | Who wrote it |
| `author_url` | address, or none | The writer's web site |
| `is_author` | true or false | Whether one of the blog's own people wrote it |
| `html` | HTML, safe to print | The text, safe to show |
| `created_at` | date, printed by `date` | When it was written |
| `replies` | list of: [comment](#type-comment) | The answers to it |
| `depth` | integer | 1 for a comment on the post itself |
| `answer_id` | text, or none | What a comment's file says as `replying_to_uid` to answer this one; none where no file can |

## Type: related tag

| name | type | |
|---|---|---|
| `name` | text | The name as authors write it |
| `slug` | text | The name in addresses |
| `url` | address | The path of the tag's page, for url() |
| `weight` | integer | How many posts have both tags |

## Type: month

| name | type | |
|---|---|---|
| `month` | integer | 1 to 12 |
| `starts_at` | date, printed by `date` | The first instant of the month, for its name: `date("%B %Y")` |
| `url` | address | The path of the month's page, for url() |
| `post_count` | integer | How many posts were published in it |

## Type: month of a year

| name | type | |
|---|---|---|
| `month` | integer | 1 to 12 |
| `starts_at` | date, printed by `date` | The first instant of the month, for its name: `date("%B %Y")` |
| `url` | address | The path of the month's page, for url() |
| `post_count` | integer | How many posts were published in it |
| `posts` | list of: [post](#type-post) | The posts of the month, newest first |

## Type: column

| name | type | |
|---|---|---|
| `x` | integer | The left edge |
| `y` | integer | The upper edge |
| `width` | integer | The width |
| `height` | integer | The height; 0 for a count of 0 |
| `starts_at` | date, printed by `date` | When the month or day began, for its name |
| `count` | integer | The count |

## Type: tick

| name | type | |
|---|---|---|
| `y` | integer | Where the line is |
| `count` | integer | The count it stands for |

## Type: rank

| name | type | |
|---|---|---|
| `y` | integer | The upper edge of the entry |
| `width` | integer | The length of its bar |
| `label` | text | The name or title |
| `url` | address | The path of its page, for url() |
| `count` | integer | The count |
"""## + "\n"),
        ("_answer.html", ##"""
{# The ways to answer that the site offers: a form with the field names of Staticman, a letter, or none. -#}
{%- if post.comment_form_action %}
<form class="answer-form" id="answer" method="post" action="{{ post.comment_form_action }}">
<h3>Add a comment</h3>
<input type="hidden" name="options[slug]" value="{{ post.slug }}">
<input type="hidden" name="options[parent]" value="{{ post.canonical }}">
<p hidden><label>Leave this empty <input name="fields[hp]" autocomplete="off"></label></p>
{%- set choices = draw.answerable(post.comments) %}
{%- if choices | trim %}
<p><label for="comment-parent">In answer to</label> <select id="comment-parent" name="fields[replying_to_uid]">
<option value="">the post</option>
{{- choices }}
</select></p>
{%- endif %}
<p><label for="comment-name">Name</label> <input id="comment-name" name="fields[name]" autocomplete="name" required></p>
<p><label for="comment-email">E-mail <small>(never published)</small></label> <input id="comment-email" name="fields[email]" type="email" autocomplete="email"></p>
<p><label for="comment-url">Website <small>(if you like)</small></label> <input id="comment-url" name="fields[url]" type="url" autocomplete="url"></p>
<p><label for="comment-message">Comment</label> <textarea id="comment-message" name="fields[message]" rows="8" required></textarea></p>
<p><button type="submit">Send</button></p>
</form>
{%- endif %}
{%- if post.comment_mailto %}
<p class="aside"><a href="mailto:{{ post.comment_mailto }}?subject={{ ("Re: " ~ post.title) | urlencode }}">Send a comment by e-mail</a>. It is read before it appears here, and your address is not published.</p>
{%- endif %}
"""## + "\n"),
        ("_charts.html", ##"""
{# Charts drawn in SVG from the places that a chart's type gives. They need no colour: every bar is as long as its value,
and the numbers stand in a table below. Import it: {% import "_charts.html" as charts %} -#}

{# Columns over time. `each` names a column ("month"), `noun` what is counted ("post"), `format` and `short` write dates. #}
{% macro columns(chart, id, title, each, noun, format, short) -%}
<section class="section" aria-labelledby="{{ id }}">
<h2 id="{{ id }}">{{ title }}</h2>
<div class="chart">
<figure>
<div class="table" role="region" aria-label="{{ title }}: chart" tabindex="0">
<svg class="columns" viewBox="0 0 {{ chart.width }} {{ chart.height }}" role="img" aria-labelledby="{{ id }}-title {{ id }}-desc">
<title id="{{ id }}-title">{{ title }}</title>
<desc id="{{ id }}-desc">{{ chart.total | number }} {{ chart.total | plural(noun) }} in all{% if chart.peak.count > 1 %}, most in {{ chart.peak.starts_at | date(format) }}: {{ chart.peak.count | number }}{% endif %}.</desc>
{%- for tick in chart.ticks %}
<path class="tick" d="M{{ chart.left }} {{ tick.y }}H{{ chart.width }}"/><text x="{{ chart.left - 8 }}" y="{{ tick.y + 4 }}" text-anchor="end">{{ tick.count | number }}</text>
{%- endfor %}
{%- for column in chart.columns if column.height > 0 %}
<rect x="{{ column.x }}" y="{{ column.y }}" width="{{ column.width }}" height="{{ column.height }}"/>
{%- endfor %}
{%- for mark in chart.marks %}
<text {% if mark.x > chart.width - 64 %}x="{{ chart.width }}" text-anchor="end"{% else %}x="{{ mark.x }}"{% endif %} y="{{ chart.base + 20 }}">{{ mark.starts_at | date(short) }}</text>
{%- endfor %}
</svg>
</div>
<figcaption>{{ chart.total | number }} {{ chart.total | plural(noun) }}{% if chart.peak.count > 1 %}, most in {{ chart.peak.starts_at | date(format) }} ({{ chart.peak.count | number }}){% endif %}</figcaption>
</figure>
<details>
<summary>{{ title }} in numbers</summary>
<div class="table">
<table>
<thead><tr><th scope="col">{{ each }}</th><th scope="col" class="right">{{ 2 | plural(noun) | capitalize }}</th></tr></thead>
<tbody>
{%- for column in chart.columns %}
<tr><td>{{ column.starts_at | date(format) }}</td><td class="right">{{ column.count | number }}</td></tr>
{%- endfor %}
</tbody>
</table>
</div>
</details>
</div>
</section>
{%- endmacro %}

{# A list of the best: a name, and below it a bar with its value. #}
{% macro ranks(chart, id, title, each, noun) -%}
<section class="section" aria-labelledby="{{ id }}">
<h2 id="{{ id }}">{{ title }}</h2>
<div class="chart">
<svg class="ranks" viewBox="0 0 {{ chart.width }} {{ chart.height }}" role="img" aria-labelledby="{{ id }}-title {{ id }}-desc">
<title id="{{ id }}-title">{{ title }}</title>
<desc id="{{ id }}-desc">{% for rank in chart.ranks %}{{ rank.label }}: {{ rank.count | number }}{% if not loop.last %}; {% endif %}{% endfor %}.</desc>
{%- for rank in chart.ranks %}
<text x="0" y="{{ rank.y + 16 }}">{{ rank.label | truncate(58) }}</text><rect x="0" y="{{ rank.y + 23 }}" width="{{ rank.width }}" height="12"/><text x="{{ rank.width + 8 }}" y="{{ rank.y + 34 }}">{{ rank.count | number }}</text>
{%- endfor %}
</svg>
<details>
<summary>{{ title }} in numbers</summary>
<div class="table">
<table>
<thead><tr><th scope="col">{{ each }}</th><th scope="col" class="right">{{ 2 | plural(noun) | capitalize }}</th></tr></thead>
<tbody>
{%- for rank in chart.ranks %}
<tr><td><a href="{{ url(rank.url) }}">{{ rank.label }}</a></td><td class="right">{{ rank.count | number }}</td></tr>
{%- endfor %}
</tbody>
</table>
</div>
</details>
</div>
</section>
{%- endmacro %}
"""## + "\n"),
        ("_head.html", ##"""
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{% if page.title != site.title %}{{ page.title }} · {% endif %}{{ site.title }}</title>
{%- if page.description %}
<meta name="description" content="{{ page.description }}">
<meta property="og:description" content="{{ page.description }}">
{%- endif %}
{%- if page.kind == "404" %}
<meta name="robots" content="noindex">
{%- else %}
<link rel="canonical" href="{{ page.canonical }}">
<meta property="og:url" content="{{ page.canonical }}">
{%- endif %}
<meta property="og:site_name" content="{{ site.title }}">
<meta property="og:title" content="{{ page.title }}">
<meta property="og:type" content="{{ "article" if page.kind == "post" else "website" }}">
{%- if page.image %}
<meta property="og:image" content="{{ page.image }}">
{%- endif %}
<meta name="twitter:card" content="{{ "summary_large_image" if page.image else "summary" }}">
<meta name="generator" content="{{ site.generator }}">
<link rel="stylesheet" href="{{ asset("style.css") }}">
<link rel="icon" type="image/svg+xml" href="{{ asset("favicon.svg") }}">
{%- if page.feed != "/feed.xml" %}
<link rel="alternate" type="application/rss+xml" title="{{ page.title }} · {{ site.title }}" href="{{ url(page.feed) }}">
{%- endif %}
<link rel="alternate" type="application/rss+xml" title="{{ site.title }}" href="{{ url("/feed.xml") }}">
<link rel="alternate" type="application/atom+xml" title="{{ site.title }} (Atom)" href="{{ url("/atom.xml") }}">
<link rel="alternate" type="application/feed+json" title="{{ site.title }} (JSON Feed)" href="{{ url("/feed.json") }}">
{%- if site.api_enabled %}
<link rel="alternate" type="application/json" title="JSON" href="{{ url("/api/v1/index.json") }}">
{%- endif %}
"""## + "\n"),
        ("_macros.html", ##"""
{# What several pages draw in the same way. Import it: {% import "_macros.html" as draw %} -#}

{% macro day(instant, class) -%}
<time class="{{ class }}" datetime="{{ instant | date("iso") }}">{{ instant | date("%-d %B %Y") }}</time>
{%- endmacro %}

{# Names in running text: "Ada", "Ada and Grace", "Ada, Grace and Mary". #}
{% macro byline(authors) -%}
{% for author in authors -%}
<a class="p-author h-card" href="{{ url(author.url) }}" rel="author">{{ author.name }}</a>
{%- if loop.revindex > 2 %}, {% elif loop.revindex == 2 %} and {% endif %}
{%- endfor %}
{%- endmacro %}

{% macro tag_list(tags) -%}
{% if tags -%}
<ul class="tags" aria-label="Tags">
{%- for tag in tags %}
<li><a class="p-category" rel="tag" href="{{ url(tag.url) }}">{{ tag.name }}</a></li>
{%- endfor %}
</ul>
{%- endif %}
{%- endmacro %}

{# One post of a list, with its summary. #}
{% macro entry(post) -%}
<article class="h-entry entry">
<h2 class="p-name"><a class="u-url" href="{{ url(post.url) }}">{{ post.title }}</a></h2>
<p class="margin">
{% if post.published_at %}{{ day(post.published_at, "dt-published") }}{% endif %}
<span>{{ byline(post.authors) }}</span>
<span>{{ post.reading_minutes }} min read</span>
</p>
<div class="p-summary">{% if post.excerpt %}<p>{{ post.excerpt }}</p>{% else %}{{ post.summary }}{% endif %}</div>
{{ tag_list(post.tags) }}
</article>
{%- endmacro %}

{# One post of a list, in one line. #}
{% macro row(post) -%}
<li class="h-entry">{% if post.published_at %}{{ day(post.published_at, "dt-published") }}{% endif %} <a class="u-url p-name" href="{{ url(post.url) }}">{{ post.title }}</a></li>
{%- endmacro %}

{# A list of headings, when there are enough of them to need one. #}
{% macro contents(headings) -%}
{% if headings | length > 2 -%}
<nav class="contents" aria-labelledby="contents-label">
<h2 id="contents-label">Contents</h2>
<ol>
{%- for heading in headings %}
<li class="level-{{ heading.level }}"><a href="#{{ heading.id }}">{{ heading.text }}</a></li>
{%- endfor %}
</ol>
</nav>
{%- endif %}
{%- endmacro %}

{# A thread: a list of comments, and in each the list of its replies. #}
{% macro thread(comments, title, mailto, form) -%}
<ol class="thread">
{%- for comment in comments %}
<li>
<div class="u-comment h-cite" id="{{ comment.anchor }}">
<p class="comment-head">
<span class="p-author h-card">{% if comment.author_url %}<a class="u-url p-name" href="{{ comment.author_url }}" rel="nofollow ugc">{{ comment.author_name }}</a>{% else %}<span class="p-name">{{ comment.author_name }}</span>{% endif %}</span>
{% if comment.is_author %}<span class="badge">author</span>{% endif %}
<a class="u-url" href="#{{ comment.anchor }}">{{ day(comment.created_at, "dt-published") }}</a>
</p>
<div class="e-content prose">
{{ comment.html }}
</div>
{% if form and comment.answer_id %}<p class="answer"><a href="#answer" aria-label="Answer {{ comment.author_name }}">Answer</a></p>{% elif mailto %}<p class="answer"><a href="mailto:{{ mailto }}?subject={{ ("Re: " ~ title ~ " (" ~ comment.anchor ~ ")") | urlencode }}" aria-label="Answer {{ comment.author_name }} by e-mail">Answer</a></p>{% endif %}
</div>
{%- if comment.replies %}
{{ thread(comment.replies, title, mailto, form) }}
{%- endif %}
</li>
{%- endfor %}
</ol>
{%- endmacro %}

{# The comments that a form can answer, as the choices of a list. #}
{% macro answerable(comments) -%}
{% for comment in comments %}
{%- if comment.answer_id %}
<option value="{{ comment.answer_id }}">{{ comment.author_name }}, {{ comment.created_at | date("%-d %B %Y") }}</option>
{%- endif %}
{{- answerable(comment.replies) }}
{%- endfor %}
{%- endmacro %}
"""## + "\n"),
        ("_pager.html", ##"""
{# Newer and older, but never "of M": a full page must not change because of a new post. -#}
{%- if newer_url or older_url %}
<nav class="pager" aria-label="{{ pages | default("Pages of posts") }}">
{% if newer_url %}<a rel="prev" href="{{ url(newer_url) }}"><span aria-hidden="true">← </span>{{ newer_text | default("Newer posts") }}</a>{% endif %}
{% if older_url %}<a rel="next" href="{{ url(older_url) }}">{{ older_text | default("Older posts") }}<span aria-hidden="true"> →</span></a>{% endif %}
</nav>
{%- endif %}
"""## + "\n"),
        ("archive.html", ##"""
{% extends "base.html" %}

{% block content %}
<header class="page-head">
<h1>Archive</h1>
</header>
{%- for year in years %}
<section class="entry">
<h2><a href="{{ url(year.url) }}">{{ year.year }}</a></h2>
<p class="margin"><span>{{ year.post_count | number }} {{ year.post_count | plural("post") }}</span></p>
<ul class="index">
{%- for month in year.months %}
<li><a href="{{ url(month.url) }}">{{ month.starts_at | date("%B") }}<span class="unseen"> {{ year.year }}</span></a><span class="leader"></span><span class="count">{{ month.post_count | number }}<span class="unseen"> {{ month.post_count | plural("post") }}</span></span></li>
{%- endfor %}
</ul>
</section>
{%- else %}
<p class="aside">There are no posts with a date yet.</p>
{%- endfor %}
{% endblock %}
"""## + "\n"),
        ("assets/favicon.svg", ##"""
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">
  <rect width="32" height="32" rx="6" fill="#a03a12"/>
  <path d="M11 5v22" stroke="#f6c9b3" stroke-width="2"/>
  <path d="M15 10h11M15 16h11M15 22h7M5 10h2M5 16h2M5 22h2" stroke="#fffdf8" stroke-width="2.5" stroke-linecap="round"/>
</svg>
"""## + "\n"),
        ("assets/search.js", ##"""
// Searches the index that the build writes. The page works without this file: it says where else to look.
"use strict";

// Words as the index has them: the build makes them by the same rules (Sources/BlogSite/Search/SearchWords.swift).
const cjk = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3134f}";
const scripts = new RegExp(`[${cjk}]+|[^${cjk}]+`, "gu");
const isCJK = new RegExp(`^[${cjk}]`, "u");

function words(text) {
  const plain = text.normalize("NFKD").toLowerCase().replace(/\p{M}+/gu, "").replace(/ς/g, "σ");
  const found = [];
  for (const run of plain.match(/[\p{L}\p{N}]+/gu) || []) {
    for (const part of run.match(scripts)) {
      const characters = [...part];
      if (!isCJK.test(part)) {
        if (characters.length > 1 && characters.length <= 40) found.push(part);
      } else if (characters.length === 1) {
        found.push(part);
      } else {
        for (let place = 1; place < characters.length; place++) found.push(characters[place - 1] + characters[place]);
      }
    }
  }
  return found;
}

// The name of the file that has the words with a prefix.
function fileName(prefix) {
  if (prefix === "") return "_";
  return [...prefix].map((one) => (/[a-z0-9]/.test(one) ? one : `_${one.codePointAt(0).toString(16)}_`)).join("");
}

// The longest of the known prefixes that a word begins with.
function shardOf(word, shards) {
  const characters = [...word];
  for (let length = characters.length; length > 0; length--) {
    const prefix = characters.slice(0, length).join("");
    if (shards.has(prefix)) return prefix;
  }
  return shards.has("") ? "" : null;
}

// What a list of posts means: [[weight, greatest number, difference, …], …].
function* postings(lists) {
  for (const [weight, greatest, ...differences] of lists) {
    let number = greatest;
    yield [number, weight];
    for (const difference of differences) yield [number -= difference, weight];
  }
}

// The numbers of the posts that have the words of a query, the best first. Those with more of the words come before those
// with fewer, then titles count before tags and tags before texts, then the newest is first. The last word may be the
// beginning of others, as far as they are in the same file. `read` gives a file of the index by its name.
async function search(query, read) {
  const wanted = [...new Set(words(query))];
  if (wanted.length === 0) return [];
  const root = await read("index.json");
  const shards = new Set(root.shards);
  const posts = new Map();
  await Promise.all(wanted.map(async (word, place) => {
    const prefix = shardOf(word, shards);
    if (prefix === null) return;
    const lists = await read(`words/${fileName(prefix)}.json`);
    const best = new Map();
    const isLast = place === wanted.length - 1;
    for (const [known, found] of Object.entries(lists)) {
      if (known !== word && !(isLast && known.startsWith(word))) continue;
      for (const [number, weight] of postings(found)) {
        // A word that only begins as the query does counts a little less.
        const value = known === word ? weight : weight - 0.5;
        if (value > (best.get(number) || 0)) best.set(number, value);
      }
    }
    for (const [number, weight] of best) {
      const post = posts.get(number) || { number, matched: 0, weight: 0 };
      post.matched += 1;
      post.weight += weight;
      posts.set(number, post);
    }
  }));
  const order = (a, b) => b.matched - a.matched || b.weight - a.weight || b.number - a.number;
  return [...posts.values()].sort(order).map((post) => post.number);
}

// What to show of a post: title, address, date and excerpt.
async function result(number, read) {
  const root = await read("index.json");
  const file = await read(`posts/${Math.floor(number / root.chunk)}.json`);
  return file[number];
}

function start(form) {
  const base = form.dataset.index.replace(/index\.json$/, "");
  const input = form.querySelector("input");
  const status = document.getElementById("status");
  const list = document.getElementById("results");
  const more = document.getElementById("more");
  const files = new Map();
  let current = 0;
  let found = [];

  // A file that could not be read is asked for again at the next search.
  const read = (name) => {
    if (!files.has(name)) {
      const file = fetch(base + name).then((response) => {
        if (!response.ok) throw new Error(`${response.status} for ${name}`);
        return response.json();
      });
      file.catch(() => files.delete(name));
      files.set(name, file);
    }
    return files.get(name);
  };

  const item = ([title, address, date, excerpt]) => {
    const entry = document.createElement("li");
    const link = document.createElement("a");
    link.href = address;
    link.textContent = title;
    const text = document.createElement("p");
    text.textContent = excerpt;
    if (date) {
      const time = document.createElement("time");
      time.dateTime = date;
      // Day before month, as on the other pages.
      const language = document.documentElement.lang.replace(/^en$/, "en-GB");
      time.textContent = new Date(`${date}T00:00:00Z`).toLocaleDateString(
        language, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
      entry.append(time);
    }
    entry.append(link, text);
    return entry;
  };

  const show = async (run) => {
    const next = found.slice(list.children.length, list.children.length + 10);
    const items = (await Promise.all(next.map((number) => result(number, read)))).filter(Boolean).map(item);
    if (run !== current) return;
    list.append(...items);
    more.hidden = list.children.length >= found.length;
    return items[0];
  };

  const look = async () => {
    const run = ++current;
    const query = input.value.trim();
    const address = new URL(location.href);
    address.search = query ? `?${new URLSearchParams({ q: query })}` : "";
    history.replaceState(null, "", address);
    try {
      const numbers = await search(query, read);
      if (run !== current) return;
      found = numbers;
      list.replaceChildren();
      await show(run);
      if (run !== current) return;
      status.textContent =
        words(query).length === 0 ? "Type a word of at least two letters."
        : found.length === 0 ? `Nothing found for “${query}”.`
        : `${found.length === 1 ? "One post" : `${found.length} posts`} for “${query}”.`;
    } catch {
      if (run === current) status.textContent = "The search index could not be read. Please try again.";
    }
  };

  let timer;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    look();
  });
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, 200);
  });
  more.addEventListener("click", async () => {
    const first = await show(current);
    if (first) first.querySelector("a").focus();
  });
  const query = new URLSearchParams(location.search).get("q");
  if (query) {
    input.value = query;
    look();
  }
}

if (typeof document !== "undefined") {
  const form = document.querySelector("form[data-index]");
  if (form) start(form);
}
"""## + "\n"),
        ("assets/style.css", ##"""
/* A ledger: a margin, a double line, a column. */
:root {
  color-scheme: light dark;
  --ground: #fbfaf6; --ink: #211f1b; --soft: #5f594e; --rule: #d9d3c5; --edge: #8a8272; --panel: #f3f0e7; --mark: #fbe3d8;
  --accent: #a03a12; --line: #e3b9a5; --rose: #8f2d56; --green: #3a5f12; --teal: #155e68; --blue: #1c4f9c;
  --sans: system-ui, sans-serif; --mono: ui-monospace, monospace
}
@media (prefers-color-scheme: dark) {
  :root {
  --ground: #15181b; --ink: #e6e2d8; --soft: #b0aa9d; --rule: #363c43; --edge: #8d877b; --panel: #1e2327; --mark: #4a2819;
  --accent: #f0a27d; --line: #6b4130; --rose: #f29bb8; --green: #a9d18e; --teal: #7cc7cf; --blue: #9bbcf5
  }
}
*, ::before, ::after { box-sizing: border-box }
html { font: 112.5%/1.6 Charter, "Bitstream Charter", "Iowan Old Style", Georgia, serif; background: var(--ground); color: var(--ink) }
body { max-inline-size: 58rem; margin: 0 auto; padding: 0 clamp(1rem, 4vw, 2.5rem); overflow-wrap: break-word }
a { color: inherit; text-decoration: underline .08em var(--accent); text-underline-offset: .18em }
a:hover { color: var(--accent) }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px }
main:focus { outline: 0 }
:target { background: var(--mark) }
h1, h2, h3, h4, h5, h6 { line-height: 1.2; text-wrap: balance; margin: 0 }
h1 { font-size: clamp(1.9rem, 1.3rem + 2.6vw, 2.8rem); letter-spacing: -.015em }
h2 { font-size: 1.45rem }
ul, ol { padding-inline-start: 1.4em }
img { max-inline-size: 100%; block-size: auto }
time, td, .count { font-variant-numeric: tabular-nums lining-nums }

.masthead nav, .colophon, .margin, .tags, .over, .pager, .section > h2, .comment-head, .answer, label, .rows time, .count, .permalink, .neighbours span, th, figcaption, .alert-title, summary, dt { font-family: var(--sans); font-size: .8rem; line-height: 1.5 }
.colophon, .margin, .comment-head, .rows time, .neighbours span, .section > h2, .over, .count, figcaption, dt, div.brand p { color: var(--soft) }
.brand a, .masthead nav a, .contents a, .tags a, .rows a, .entry h2 a, .section > h2 a, .neighbours a, .footnote-ref a, .footnote-back { text-decoration-line: none }
.masthead nav a:hover, .contents a:hover, .rows a:hover, .entry h2 a:hover, .neighbours a:hover, nav a[aria-current] { text-decoration: underline 2px var(--accent) }
.masthead ul, .colophon ul, .tags, .rows, .index, .neighbours, .thread, .contents ol, .tasks { list-style: none; margin: 0; padding: 0 }
.masthead, .masthead ul, .colophon, .colophon ul, .tags, .post-foot, .pager { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: .3rem 1.4rem }
.skip, .unseen { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%) }
.skip:focus { inline-size: auto; block-size: auto; clip-path: none; padding: .5rem 1rem; background: var(--ground) }

.masthead { padding-block: 1.4rem .9rem; border-block-end: 4px double var(--rule) }
.brand, .brand p { margin: 0 }
.brand > a { font-weight: 700; font-size: 1.15rem }
div.brand { padding-block: 1.4rem .8rem; flex-basis: 100% }
div.brand p { max-inline-size: 32rem }
.brand h1 { font-size: clamp(2.4rem, 1.6rem + 4vw, 3.8rem) }
.masthead nav a, .pager a, .colophon a { display: block; padding-block: .3rem }
.colophon { padding-block: 1rem 3rem; border-block-start: 4px double var(--rule) }
.colophon p { margin: 0; max-inline-size: 30rem }
main { padding-block: 2.4rem 4rem }

.page-head { margin-block-end: 1.8rem }
.page-head p { margin-block: .4rem }
.lede { font-size: 1.1rem; max-inline-size: 34rem }
.margin, .margin p { margin-block: 0 .3rem }
.margin a { text-decoration-color: var(--edge) }
.margin > :is(p, span) { display: inline-block; margin-inline-end: .8rem }
.entry { margin-block-end: 2.6rem }
.entry h2 { margin-block-end: .3rem }
.entry > div { max-inline-size: 34rem }
.entry > div p { margin-block: .4rem }
.section { margin-block-start: 3rem; padding-block-start: 1.4rem; border-block-start: 1px solid var(--rule) }
.section > h2 { font-weight: 600; margin-block: .3rem 1rem }
.contents { margin-block: 1.2rem }
.contents h2 { font-size: inherit; color: var(--ink) }
.contents a { display: block; padding-block: .2rem }
.contents .level-3 { display: none }
.masthead ul, .tags { justify-content: start }
.tags { gap: .3rem .5rem; margin-block-start: .6rem }
.tags a { display: block; padding: .1rem .6rem; border: 1px solid var(--rule); border-radius: 1rem; color: var(--soft) }
.tags a:hover { border-color: var(--accent); color: var(--accent) }
.rows li { padding-block: .55rem; border-block-end: 1px solid var(--rule) }
.section .rows li:last-child { border: 0 }
.rows time, .neighbours :is(a, span) { display: block }
.rows a, .neighbours a { font-weight: 700 }
.neighbours span { font-weight: 400 }
.index { columns: 2 14rem }
.index li { display: flex; align-items: baseline; gap: .4rem; break-inside: avoid; padding-block: .2rem }
.leader { flex: 1; border-block-end: 2px dotted var(--rule) }
.pager a[rel="next"] { margin-inline-start: auto }
.neighbours { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(14rem, 100%), 1fr)); gap: 1rem 2rem }
.pager, .post-foot { margin-block-start: 2rem }

@media (min-width: 56rem) {
  main { position: relative }
  main::before { content: ""; position: absolute; inset-block: 0; inset-inline-start: 13rem; border-inline-start: 3px double var(--line) }
  .entry, .post, .section { display: grid; grid-template: auto auto 1fr / 11.5rem minmax(0, 1fr); column-gap: 3.5rem }
  .entry > *, .post > * { grid-column: 2 }
  .entry > .margin, .post > .margin { grid-area: 1 / 1 / span 3; padding-block-start: .5rem }
  .post > .section { grid-column: 1 / -1 }
  .section { grid-template-rows: auto }
  .margin > :is(p, span) { display: block }
  main > .rows li { display: grid; grid-template-columns: 11.5rem 1fr; column-gap: 3.5rem; align-items: baseline }
  .rows a { grid-column: 2 }
  .contents { position: sticky; inset-block-start: 1rem; max-block-size: 96vh; overflow: auto }
  .contents .level-3 { display: block; padding-inline-start: 1rem }
  main > :is(.page-head, .index, .pager, .aside) { margin-inline-start: 15rem }
}

.prose { max-inline-size: 36rem }
.prose > :first-child { margin-block-start: 0 }
.prose h2 { margin-block: 2.4rem .6rem }
.prose h3 { font-size: 1.15rem; margin-block: 1.8rem .4rem }
.prose :is(p, ul, ol) { margin-block: 0 1em; text-wrap: pretty }
.prose li::marker { color: var(--accent) }
.prose blockquote { margin: 1.5rem 0; padding-inline-start: 1.2rem; border-inline-start: 3px solid var(--line); font-style: italic }
.prose hr { border: 0; border-block-start: 4px double var(--rule); margin-block: 2.5rem }
figure { margin: 1.8rem 0 }
code, kbd, pre { font: .84em/1.55 var(--mono); direction: ltr; unicode-bidi: isolate }
:not(pre) > code { background: var(--panel); padding: .1em .3em }
pre { background: var(--panel); border-inline-start: 3px solid var(--line); padding: .9rem 1.1rem; margin: 1.4rem 0; overflow-x: auto; text-align: left }
pre code { font-size: .95em }
.table { overflow-x: auto; margin-block: 1.6rem }
table { border-collapse: collapse; font-size: .9rem; line-height: 1.4; min-inline-size: 100% }
th, td { padding: .45rem 0; padding-inline-end: .9rem; text-align: start; vertical-align: baseline; border-block-end: 1px solid var(--rule) }
th { border-color: var(--edge) }
.right { text-align: end }
.center { text-align: center }
.alert { margin-block: 1.6rem; padding: .8rem 1.2rem .1rem; background: var(--panel); border-inline-start: 3px solid var(--teal) }
.alert-title { font-weight: 700; color: var(--teal); margin: 0 }
.task input { margin-inline-end: .6rem; accent-color: var(--accent) }
sup { line-height: 0 }
.footnote-ref a { padding-inline: .2em; color: var(--accent) }
.footnotes { font-size: .88rem; margin-block-start: 2.5rem; padding-block-start: 1rem; border-block-start: 1px solid var(--rule) }

pre .keyword, pre .tag, pre .deleted { color: var(--rose) }
pre .string, pre .inserted { color: var(--green) }
pre .type, pre .number, pre .literal, pre .meta { color: var(--teal) }
pre .function, pre .property { color: var(--blue) }
pre .comment { color: var(--soft); font-style: italic }
.line.marked { background: var(--mark) }
.numbered { counter-reset: n }
.numbered .line::before { counter-increment: n; content: counter(n) "  "; color: var(--soft) }

.thread .thread { padding-inline-start: clamp(.6rem, 3vw, 1.6rem); border-inline-start: 1px solid var(--rule) }
.h-cite { padding-block: .6rem }
.comment-head, .answer, .aside { margin: 0 }
.comment-head .p-author { font-weight: 700; color: var(--ink); margin-inline-end: .4rem }
.badge { border: 1px solid; color: var(--accent); border-radius: 1rem; padding: 0 .5rem; margin-inline-end: .4rem }
.h-cite .prose { font-size: .95rem }
.h-cite .prose p { margin-block: .3rem .5rem }
.answer a { display: inline-block; padding-block: .2rem }
label { display: block }
.facts { display: flex; flex-wrap: wrap; gap: .6rem 2.2rem }
.facts div { display: grid }
dt { order: 1 }
dd { margin: 0; font-size: 1.7rem; line-height: 1.2 }
.chart :is(figure, .table) { margin: 0 }
.chart svg { inline-size: 100%; display: block; fill: var(--accent); font: 13px var(--sans) }
.chart text { fill: var(--ink) }
.columns { min-inline-size: 34rem }
svg.ranks { max-inline-size: 30rem; font-size: 15px }
.tick { stroke: var(--rule) }
summary { padding-block: .4rem }
.search p { display: flex; gap: .5rem; max-inline-size: 34rem }
.results p { margin: 0; grid-column: 2 }
input:not([type="checkbox"]), textarea, select { font: inherit; color: inherit; background: var(--ground); border: 1px solid var(--edge); padding: .5rem; inline-size: 100% }
button { font: inherit; color: var(--ground); background: var(--accent); border: 0; padding: .5rem 1.4rem }

@media print {
  :root { --ground: #fff; --ink: #000; --soft: #444; --panel: #fff }
  @page { margin: 2cm }
  html { font-size: 10.5pt }
  nav, .answer, .aside, form, .colophon ul, main::before, .kind-post .section:not(#comments) { display: none }
  .prose a[href^="http"]::after { content: " (" attr(href) ")" }
  pre { white-space: pre-wrap }
  pre, figure, tr { break-inside: avoid }
  h2, h3 { break-after: avoid }
}
"""## + "\n"),
        ("atom.xml", ##"""
<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{{ site.language }}">
<title>{{ page.title }}</title>
{%- if page.description %}
<subtitle>{{ page.description }}</subtitle>
{%- endif %}
<id>{{ page.canonical }}</id>
<link rel="self" type="application/atom+xml" href="{{ page.canonical }}"/>
<link rel="alternate" type="text/html" href="{{ link }}"/>
<updated>{{ updated_at | date("iso") if updated_at else "1970-01-01T00:00:00Z" }}</updated>
<generator>{{ site.generator }}</generator>
{%- for post in posts %}
<entry>
<title>{{ post.title }}</title>
<id>{{ post.canonical }}</id>
<link rel="alternate" type="text/html" href="{{ post.canonical }}"/>
{%- if post.published_at %}
<published>{{ post.published_at | date("iso") }}</published>
<updated>{{ (post.updated_at or post.published_at) | date("iso") }}</updated>
{%- endif %}
{%- for author in post.authors %}
<author><name>{{ author.name }}</name><uri>{{ author.url | absolute_url }}</uri></author>
{%- endfor %}
{%- for tag in post.tags %}
<category term="{{ tag.slug }}" label="{{ tag.name }}"/>
{%- endfor %}
<summary type="text">{{ post.excerpt }}</summary>
<content type="html">{{ post.html_absolute | xmlescape }}</content>
</entry>
{%- endfor %}
</feed>
"""## + "\n"),
        ("author.html", ##"""
{% extends "base.html" %}
{% import "_macros.html" as draw %}

{% block content %}
<header class="page-head h-card">
<p class="over"><a href="{{ url("/authors/") }}">Authors</a></p>
<h1 class="p-name">{{ author.name }}</h1>
{% if author.bio_html %}<div class="p-note lede">{{ author.bio_html }}</div>{% endif %}
{% if author.website %}<p><a class="u-url" rel="me" href="{{ author.website }}">{{ author.website }}</a></p>{% endif %}
<p class="over"><a href="{{ url(page.feed) }}">Feed of these posts</a></p>
</header>
<ul class="rows h-feed">
{%- for post in author.posts %}
{{ draw.row(post) }}
{%- else %}
<li>No posts yet.</li>
{%- endfor %}
</ul>
{% endblock %}
"""## + "\n"),
        ("authors.html", ##"""
{% extends "base.html" %}

{% block content %}
<header class="page-head">
<h1>Authors</h1>
</header>
{%- for author in authors %}
<section class="h-card entry">
<h2><a class="u-url p-name" href="{{ url(author.url) }}">{{ author.name }}</a></h2>
<p class="margin"><span>{{ author.post_count | number }} {{ author.post_count | plural("post") }}</span></p>
{% if author.bio_html %}<div class="p-note">{{ author.bio_html }}</div>{% endif %}
</section>
{%- else %}
<p class="aside">Nobody has written anything yet.</p>
{%- endfor %}
{% endblock %}
"""## + "\n"),
        ("base.html", ##"""
{# The frame of every page. Nothing here may depend on which posts exist: a change here renders the whole site. -#}
<!DOCTYPE html>
<html lang="{{ page.language }}">
<head>
{% include "_head.html" %}
{%- block head %}{% endblock %}
</head>
<body class="kind-{{ page.kind }}">
<a class="skip" href="#main">Skip to content</a>
<header class="masthead">
{% block brand %}<p class="brand"><a href="{{ url("/") }}">{{ site.title }}</a></p>{% endblock %}
{%- if site.navigation %}
<nav aria-label="Main">
<ul>
{%- for item in site.navigation %}
<li><a href="{{ url(item.url) if item.url[:1] == "/" else item.url }}"{% if item.url == page.path %} aria-current="page"{% endif %}>{{ item.title }}</a></li>
{%- endfor %}
</ul>
</nav>
{%- endif %}
</header>
<main id="main" tabindex="-1">
{% block content %}{% endblock %}
</main>
<footer class="colophon">
<p>{{ site.title }}{% if site.description %}. {{ site.description }}{% endif %}</p>
<ul>
<li><a href="{{ url("/archive/") }}">Archive</a></li>
<li><a href="{{ url("/stats/") }}">Statistics</a></li>
<li><a href="{{ url("/feed.xml") }}">Feed</a></li>
{% if site.api_enabled %}<li><a href="{{ url("/api/v1/index.json") }}">JSON</a></li>{% endif %}
<li><a href="{{ url("/sitemap.xml") }}">Site map</a></li>
</ul>
</footer>
</body>
</html>
"""## + "\n"),
        ("feed.xml", ##"""
<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
<title>{{ page.title }}</title>
<link>{{ link }}</link>
<description>{{ page.description or page.title }}</description>
<language>{{ site.language }}</language>
<generator>{{ site.generator }}</generator>
<atom:link rel="self" type="application/rss+xml" href="{{ page.canonical }}"/>
{%- if updated_at %}
<lastBuildDate>{{ updated_at | date("rfc822") }}</lastBuildDate>
{%- endif %}
{%- for post in posts %}
<item>
<title>{{ post.title }}</title>
<link>{{ post.canonical }}</link>
<guid isPermaLink="true">{{ post.canonical }}</guid>
{%- if post.published_at %}
<pubDate>{{ post.published_at | date("rfc822") }}</pubDate>
{%- endif %}
{%- for author in post.authors %}
<dc:creator>{{ author.name }}</dc:creator>
{%- endfor %}
{%- for tag in post.tags %}
<category>{{ tag.name }}</category>
{%- endfor %}
<description>{{ post.excerpt }}</description>
<content:encoded>{{ post.html_absolute | xmlescape }}</content:encoded>
</item>
{%- endfor %}
</channel>
</rss>
"""## + "\n"),
        ("home.html", ##"""
{% extends "base.html" %}
{% import "_macros.html" as draw %}

{% block brand -%}
<div class="brand">
<h1><a href="{{ url("/") }}" aria-current="page">{{ site.title }}</a></h1>
{% if site.description %}<p>{{ site.description }}</p>{% endif %}
</div>
{%- endblock %}

{% block content %}
<div class="h-feed">
{%- for post in posts %}
{{ draw.entry(post) }}
{%- else %}
<p class="aside">There are no posts yet.</p>
{%- endfor %}
</div>
{%- set newer_url = none %}
{% include "_pager.html" %}
{% endblock %}
"""## + "\n"),
        ("list.html", ##"""
{% extends "base.html" %}
{% import "_macros.html" as draw %}

{% block content %}
<header class="page-head">
<h1>Posts, page {{ pagination.number }}</h1>
</header>
<div class="h-feed">
{%- for post in posts %}
{{ draw.entry(post) }}
{%- endfor %}
</div>
{%- set newer_url = pagination.newer_url %}
{%- set older_url = pagination.older_url %}
{% include "_pager.html" %}
{% endblock %}
"""## + "\n"),
        ("month.html", ##"""
{% extends "base.html" %}
{% import "_macros.html" as draw %}

{% block content %}
<header class="page-head">
<p class="over"><a href="{{ url("/archive/") }}">Archive</a> · <a href="{{ url(month.year_url) }}">{{ month.year }}</a></p>
<h1>{{ month.starts_at | date("%B %Y") }}</h1>
</header>
<ul class="rows h-feed">
{%- for post in month.posts %}
{{ draw.row(post) }}
{%- endfor %}
</ul>
{%- set newer_url = month.newer.url if month.newer else none %}
{%- set older_url = month.older.url if month.older else none %}
{%- set newer_text = month.newer.starts_at | date("%B %Y") if month.newer else "" %}
{%- set older_text = month.older.starts_at | date("%B %Y") if month.older else "" %}
{%- set pages = "Months" %}
{% include "_pager.html" %}
{% endblock %}
"""## + "\n"),
        ("page.html", ##"""
{% extends "base.html" %}
{% import "_macros.html" as draw %}

{% block content %}
<article class="h-entry post">
<header class="page-head">
<h1 class="p-name">{{ document.title }}</h1>
</header>
<div class="margin">
{% if document.updated_at %}<p>Updated {{ draw.day(document.updated_at, "dt-updated") }}</p>{% endif %}
{{ draw.contents(document.contents) }}
</div>
<div class="e-content prose">
{{ document.html }}
</div>
</article>
{% endblock %}
"""## + "\n"),
        ("post.html", ##"""
{% extends "base.html" %}
{% import "_macros.html" as draw %}

{% block head %}
{%- if post.published_at %}
<meta property="article:published_time" content="{{ post.published_at | date("iso") }}">
{%- endif %}
{%- if post.updated_at %}
<meta property="article:modified_time" content="{{ post.updated_at | date("iso") }}">
{%- endif %}
{%- for tag in post.tags %}
<meta property="article:tag" content="{{ tag.name }}">
{%- endfor %}
<script type="application/ld+json">
{
"@context": "https://schema.org",
"@type": "BlogPosting",
"mainEntityOfPage": {{ page.canonical | tojson }},
"headline": {{ post.title | tojson }},
"description": {{ page.description | default("", true) | tojson }},
"inLanguage": {{ page.language | tojson }},
{%- if post.published_at %}
"datePublished": "{{ post.published_at | date("iso") }}",
"dateModified": "{{ (post.updated_at or post.published_at) | date("iso") }}",
{%- endif %}
{%- if page.image %}
"image": {{ page.image | tojson }},
{%- endif %}
"keywords": [{% for tag in post.tags %}{{ tag.name | tojson }}{% if not loop.last %}, {% endif %}{% endfor %}],
"wordCount": {{ post.word_count }},
"author": [{% for author in post.authors %}{"@type": "Person", "name": {{ author.name | tojson }}, "url": {{ author.url | absolute_url | tojson }}}{% if not loop.last %}, {% endif %}{% endfor %}],
"publisher": {"@type": "Organization", "name": {{ site.title | tojson }}, "url": {{ site.url | tojson }}}
}
</script>
{% endblock %}

{% block content %}
<article class="h-entry post">
<header class="page-head">
<h1 class="p-name">{{ post.title }}</h1>
</header>
<div class="margin">
{% if post.published_at %}<p>{{ draw.day(post.published_at, "dt-published") }}</p>{% endif %}
<p>{{ draw.byline(post.authors) }}</p>
<p>{{ post.reading_minutes }} min read{% if post.view_count > 0 %}, {{ post.view_count | number }} {{ post.view_count | plural("view") }}{% endif %}</p>
{% if post.updated_at %}<p>Updated {{ draw.day(post.updated_at, "dt-updated") }}</p>{% endif %}
{{ draw.contents(post.contents) }}
</div>
<div class="e-content prose">
{{ post.html }}
</div>
<footer class="post-foot">
{{ draw.tag_list(post.tags) }}
<a class="u-url permalink" href="{{ post.canonical }}">Link to this post</a>
</footer>

{%- if post.comments_enabled %}
{%- if post.comments or post.comment_form_action or post.comment_mailto %}
<section class="section" id="comments" aria-labelledby="comments-label">
<h2 id="comments-label">{% if post.comment_count == 0 %}Comments{% else %}{{ post.comment_count | number }} {{ post.comment_count | plural("comment") }}{% endif %}</h2>
<div>
{%- if post.comments %}
{{ draw.thread(post.comments, post.title, post.comment_mailto, post.comment_form_action) }}
{%- endif %}
{% include "_answer.html" %}
</div>
</section>
{%- endif %}
{%- endif %}
</article>

{%- if post.related %}
<section class="section" aria-labelledby="related-label">
<h2 id="related-label">Related</h2>
<ul class="rows">
{%- for other in post.related %}
{{ draw.row(other) }}
{%- endfor %}
</ul>
</section>
{%- endif %}

{%- if post.previous or post.next %}
<nav class="section" aria-labelledby="neighbours-label">
<h2 id="neighbours-label">Before and after</h2>
<ul class="neighbours">
{% if post.previous %}<li><a rel="prev" href="{{ url(post.previous.url) }}"><span>Older</span> {{ post.previous.title }}</a></li>{% endif %}
{% if post.next %}<li><a rel="next" href="{{ url(post.next.url) }}"><span>Newer</span> {{ post.next.title }}</a></li>{% endif %}
</ul>
</nav>
{%- endif %}
{% endblock %}
"""## + "\n"),
        ("robots.txt", ##"""
User-agent: *
Allow: /

Sitemap: {{ site.url }}sitemap.xml
"""## + "\n"),
        ("search.html", ##"""
{% extends "base.html" %}

{% block head %}
<script src="{{ asset("search.js") }}" defer></script>
{% endblock %}

{% block content %}
<header class="page-head">
<h1>Search</h1>
<form class="search" role="search" method="get" action="{{ url("/search/") }}" data-index="{{ url(index_url) }}">
<label for="query">Words to look for</label>
<p><input id="query" name="q" type="search" autocomplete="off" spellcheck="false" enterkeyhint="search" required> <button type="submit">Search</button></p>
</form>
<p class="aside" id="status" role="status" aria-live="polite">The search runs in your browser, by a small script, and needs no server. Without the script, the <a href="{{ url("/archive/") }}">archive</a> has every post by date and the <a href="{{ url("/tags/") }}">tags</a> have them by subject.</p>
</header>
<ol class="rows results" id="results" aria-label="Results"></ol>
<p class="pager"><button type="button" id="more" hidden>More results</button></p>
{% endblock %}
"""## + "\n"),
        ("sitemap-index.xml", ##"""
<?xml version="1.0" encoding="utf-8"?>
<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
{%- for sitemap in sitemaps %}
<sitemap><loc>{{ sitemap.location }}</loc>{% if sitemap.updated_at %}<lastmod>{{ sitemap.updated_at | date("iso") }}</lastmod>{% endif %}</sitemap>
{%- endfor %}
</sitemapindex>
"""## + "\n"),
        ("sitemap.xml", ##"""
<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
{%- for entry in entries %}
<url><loc>{{ entry.location }}</loc>{% if entry.updated_at %}<lastmod>{{ entry.updated_at | date("iso") }}</lastmod>{% endif %}</url>
{%- endfor %}
</urlset>
"""## + "\n"),
        ("stats.html", ##"""
{% extends "base.html" %}
{% import "_charts.html" as charts %}

{% block content %}
<header class="page-head">
<h1>Statistics</h1>
<p class="lede">What this blog knows about itself. Every number is counted in its database when the site is built; no script runs on your side.</p>
<dl class="facts">
<div><dt>{{ post_count | plural("post") }}</dt><dd>{{ post_count | number }}</dd></div>
<div><dt>{{ comment_count | plural("comment") }}</dt><dd>{{ comment_count | number }}</dd></div>
<div><dt>{{ author_count | plural("author") }}</dt><dd>{{ author_count | number }}</dd></div>
<div><dt>{{ tag_count | plural("tag") }}</dt><dd>{{ tag_count | number }}</dd></div>
{%- if view_count > 0 %}
<div><dt>{{ view_count | plural("view") }}</dt><dd>{{ view_count | number }}</dd></div>
<div><dt>views a post</dt><dd>{{ average_views | number(1) }}</dd></div>
{%- endif %}
</dl>
</header>
{% if posts_per_month %}{{ charts.columns(posts_per_month, "posts-per-month", "Posts per month", "Month", "post", "%B %Y", "%b %Y") }}{% endif %}
{% if views_per_month %}{{ charts.columns(views_per_month, "views-per-month", "Views per month", "Month", "view", "%B %Y", "%b %Y") }}{% endif %}
{% if views_per_day %}{{ charts.columns(views_per_day, "views-per-day", "Views per day", "Day", "view", "%-d %B %Y", "%-d %b") }}{% endif %}
{% if top_posts %}{{ charts.ranks(top_posts, "top-posts", "Most read posts", "Post", "view") }}{% endif %}
{% if top_authors %}{{ charts.ranks(top_authors, "top-authors", "Authors with most posts", "Author", "post") }}{% endif %}
{% if top_tags %}{{ charts.ranks(top_tags, "top-tags", "Tags with most posts", "Tag", "post") }}{% endif %}
{% endblock %}
"""## + "\n"),
        ("tag.html", ##"""
{% extends "base.html" %}
{% import "_macros.html" as draw %}

{% block content %}
<header class="page-head">
<p class="over"><a href="{{ url("/tags/") }}">Tags</a></p>
<h1>{{ tag.name }}</h1>
<p class="over"><a href="{{ url(page.feed) }}">Feed of this tag</a></p>
</header>
<ul class="rows h-feed">
{%- for post in tag.posts %}
{{ draw.row(post) }}
{%- endfor %}
</ul>
{%- if tag.related %}
<section class="section" aria-labelledby="related-label">
<h2 id="related-label">Often with</h2>
{{ draw.tag_list(tag.related) }}
</section>
{%- endif %}
{% endblock %}
"""## + "\n"),
        ("tags.html", ##"""
{% extends "base.html" %}

{% block content %}
<header class="page-head">
<h1>Tags</h1>
</header>
{%- if tags %}
<ul class="index">
{%- for tag in tags %}
<li><a href="{{ url(tag.url) }}">{{ tag.name }}</a><span class="leader"></span><span class="count">{{ tag.post_count | number }}<span class="unseen"> {{ tag.post_count | plural("post") }}</span></span></li>
{%- endfor %}
</ul>
{%- else %}
<p class="aside">Nothing is tagged yet.</p>
{%- endif %}
{% endblock %}
"""## + "\n"),
        ("year.html", ##"""
{% extends "base.html" %}
{% import "_macros.html" as draw %}

{% block content %}
<header class="page-head">
<p class="over"><a href="{{ url("/archive/") }}">Archive</a></p>
<h1>{{ year.year }}</h1>
</header>
{%- for month in year.months %}
<section class="section" aria-labelledby="month-{{ month.month }}">
<h2 id="month-{{ month.month }}"><a href="{{ url(month.url) }}">{{ month.starts_at | date("%B") }}</a></h2>
<ul class="rows h-feed">
{%- for post in month.posts %}
{{ draw.row(post) }}
{%- endfor %}
</ul>
</section>
{%- endfor %}
{%- set newer_url = year.newer_url %}
{%- set older_url = year.older_url %}
{%- set newer_text = "Year after" %}
{%- set older_text = "Year before" %}
{%- set pages = "Years" %}
{% include "_pager.html" %}
{% endblock %}
"""## + "\n"),
    ]
}

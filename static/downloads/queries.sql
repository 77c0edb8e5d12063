-- The queries of "Statistics are queries", for the plain sqlite3 shell:
--   sqlite3 -readonly -box blog.sqlite3 < queries.sql
-- Times are UTC, stored as text that sorts.

-- Posts per month, scheduled ones included
SELECT substr(published_at, 1, 7) AS month, count(*) AS posts
FROM posts
WHERE published AND published_at IS NOT NULL
GROUP BY month
ORDER BY month;

-- Authors by posts, those without a post included
SELECT u.username, count(p.id) AS posts, coalesce(sum(p.view_count), 0) AS views
FROM users AS u
LEFT JOIN posts AS p ON p.author_id = u.id AND p.published
WHERE u.is_active
GROUP BY u.id
ORDER BY posts DESC, u.id;

-- Tags that go together
SELECT a.name AS tag, b.name AS seen_with, count(*) AS posts
FROM post_tags AS x
JOIN post_tags AS y ON y.post_id = x.post_id AND y.tag_id > x.tag_id
JOIN tags AS a ON a.id = x.tag_id
JOIN tags AS b ON b.id = y.tag_id
GROUP BY a.id, b.id
HAVING count(*) > 1
ORDER BY posts DESC, a.name, b.name;

-- The longest conversations
WITH RECURSIVE thread(root, id, depth) AS (
    SELECT id, id, 1 FROM comments WHERE parent_id IS NULL AND status = 'approved'
    UNION ALL
    SELECT t.root, c.id, t.depth + 1
    FROM comments AS c JOIN thread AS t ON c.parent_id = t.id
    WHERE c.status = 'approved'
)
SELECT p.title, count(*) AS comments, max(t.depth) AS depth
FROM thread AS t
JOIN comments AS c ON c.id = t.root
JOIN posts AS p ON p.id = c.post_id
GROUP BY t.root
ORDER BY comments DESC, t.root
LIMIT 10;

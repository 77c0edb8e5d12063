// The benchmark's work in C on libsqlite3: what the libraries are measured against. Every row is copied into a struct of
// malloc'd strings, and its instants are parsed, as a program that keeps its rows would do.
//
// usage: sqlite_bench DATABASE SENTENCES POSTS
// Prints for each measure, separated by tabs: contender, measure, operations, CPU seconds, wall seconds, check.
#include "work.h"
#include <sqlite3.h>

static sqlite3 *db;

static void fail(const char *what) {
    fprintf(stderr, "sqlite_bench: %s: %s\n", what, db ? sqlite3_errmsg(db) : "no database");
    exit(70);
}

static void require(int code, int expected, const char *what) {
    if (code != expected) fail(what);
}

static sqlite3_stmt *prepare(const char *sql) {
    sqlite3_stmt *statement;
    require(sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL), SQLITE_OK, sql);
    return statement;
}

static int number(const char *text, int digits) {
    int value = 0;
    while (digits--) {
        if (*text < '0' || *text > '9') fail("an instant is malformed");
        value = value * 10 + (*text++ - '0');
    }
    return value;
}

static int64_t read_instant(const char *text) {
    int year = number(text, 4), month = number(text + 5, 2), day = number(text + 8, 2);
    int shifted = month <= 2 ? year - 1 : year, era = shifted / 400, year_of_era = shifted - era * 400;
    int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int64_t days =
        (int64_t)era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
    int64_t seconds = days * 86400 + number(text + 11, 2) * 3600 + number(text + 14, 2) * 60 + number(text + 17, 2);
    return seconds * 1000000 + number(text + 20, 6);
}

// The work.
static void copy_text(sqlite3_stmt *statement, int column, char **text) {
    const unsigned char *bytes = sqlite3_column_text(statement, column);
    size_t count = (size_t)sqlite3_column_bytes(statement, column);
    *text = allocate(count + 1);
    memcpy(*text, bytes, count);
    (*text)[count] = 0;
}

static void read_post(sqlite3_stmt *statement, Post *post) {
    post->id = sqlite3_column_int64(statement, 0);
    copy_text(statement, 1, &post->title);
    copy_text(statement, 2, &post->slug);
    copy_text(statement, 3, &post->content);
    post->published = sqlite3_column_int(statement, 4) != 0;
    post->view_count = sqlite3_column_int64(statement, 5);
    post->has_published_at = sqlite3_column_type(statement, 6) != SQLITE_NULL;
    if (post->has_published_at) post->published_at = read_instant((const char *)sqlite3_column_text(statement, 6));
    post->created_at = read_instant((const char *)sqlite3_column_text(statement, 7));
}

static void bind_text(sqlite3_stmt *statement, int index, const char *text) {
    require(sqlite3_bind_text(statement, index, text, -1, SQLITE_STATIC), SQLITE_OK, "bind");
}

static void insert_posts(Post *posts, int count) {
    require(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK, "BEGIN");
    sqlite3_stmt *statement =
        prepare("INSERT INTO posts (id, title, slug, content, published, view_count, published_at, created_at) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    for (int i = 0; i < count; i++) {
        Post *post = &posts[i];
        char created[28], published[28];
        sqlite3_bind_null(statement, 1);
        bind_text(statement, 2, post->title);
        bind_text(statement, 3, post->slug);
        bind_text(statement, 4, post->content);
        sqlite3_bind_int(statement, 5, post->published);
        sqlite3_bind_int64(statement, 6, post->view_count);
        if (post->has_published_at) {
            write_instant(post->published_at, published);
            bind_text(statement, 7, published);
        } else {
            sqlite3_bind_null(statement, 7);
        }
        write_instant(post->created_at, created);
        bind_text(statement, 8, created);
        require(sqlite3_step(statement), SQLITE_DONE, "insert");
        sqlite3_reset(statement);
        post->id = sqlite3_last_insert_rowid(db);
    }
    sqlite3_finalize(statement);
    require(sqlite3_exec(db, "COMMIT", NULL, NULL, NULL), SQLITE_OK, "COMMIT");
}

static const char *const columns =
    "SELECT id, title, slug, content, published, view_count, published_at, created_at FROM posts";

static Post *fetch_posts(int *count) {
    sqlite3_stmt *statement = prepare(columns);
    int capacity = 64;
    Post *posts = allocate(sizeof(Post) * (size_t)capacity);
    *count = 0;
    while (sqlite3_step(statement) == SQLITE_ROW) {
        if (*count == capacity) {
            capacity *= 2;
            posts = realloc(posts, sizeof(Post) * (size_t)capacity);
            if (!posts) fail("out of memory");
        }
        read_post(statement, &posts[(*count)++]);
    }
    sqlite3_finalize(statement);
    return posts;
}

// A prepared statement; with `scoped`, all in one transaction, else each in one of its own.
static int64_t get_posts(sqlite3_stmt *statement, int operations, int count, bool scoped) {
    int64_t views = 0;
    if (scoped) require(sqlite3_exec(db, "BEGIN", NULL, NULL, NULL), SQLITE_OK, "BEGIN");
    for (int i = 0; i < operations; i++) {
        Post post;
        sqlite3_bind_int64(statement, 1, 1 + (int64_t)i * 7919 % count);
        require(sqlite3_step(statement), SQLITE_ROW, "get");
        read_post(statement, &post);
        sqlite3_reset(statement);
        views += post.view_count;
        free_post(&post);
    }
    if (scoped) require(sqlite3_exec(db, "COMMIT", NULL, NULL, NULL), SQLITE_OK, "COMMIT");
    return views;
}

int main(int argc, char **argv) {
    if (argc != 4) {
        fprintf(stderr, "usage: sqlite_bench DATABASE SENTENCES POSTS\n");
        return 64;
    }
    int count = atoi(argv[3]), found;
    read_sentences(argv[2]);
    require(sqlite3_open(argv[1], &db), SQLITE_OK, "open");
    require(
        sqlite3_exec(
            db,
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;"
            "PRAGMA mmap_size = 268435456; PRAGMA cache_size = -16384;"
            "CREATE TABLE posts (id INTEGER PRIMARY KEY, title TEXT NOT NULL, slug TEXT NOT NULL, content TEXT NOT NULL,"
            " published INTEGER NOT NULL, view_count INTEGER NOT NULL, published_at TEXT, created_at TEXT NOT NULL)",
            NULL, NULL, NULL),
        SQLITE_OK, "schema");

    Post *posts = allocate(sizeof(Post) * (size_t)count);
    for (int i = 0; i < count; i++) make_post(&posts[i], i + 1);
    start();
    insert_posts(posts, count);
    stop();
    report("insert", 1, check_posts(posts, count));

    start();
    Post *fetched = fetch_posts(&found);
    stop();
    report("fetch", 1, check_posts(fetched, found));

    char get[256];
    snprintf(get, sizeof get, "%s WHERE id = ?", columns);
    sqlite3_stmt *statement = prepare(get);
    get_posts(statement, 1, count, false);
    start();
    int64_t views = get_posts(statement, 50000, count, true);
    stop();
    report("get inside a scope", 50000, views);

    start();
    views = get_posts(statement, 10000, count, false);
    stop();
    report("get outside", 10000, views);
    sqlite3_finalize(statement);
    return sqlite3_close(db) == SQLITE_OK ? 0 : 70;
}

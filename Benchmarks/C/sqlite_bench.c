// The benchmark's work in C on libsqlite3: what the libraries are measured against. Every row is copied into a struct of
// malloc'd strings, and its instants are parsed, as a program that keeps its rows would do.
//
// usage: sqlite_bench DATABASE SENTENCES POSTS
// Prints for each measure, separated by tabs: contender, measure, operations, CPU seconds, wall seconds, check.
#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct {
    int64_t id;
    char *title, *slug, *content;
    bool published;
    int64_t view_count;
    bool has_published_at;
    int64_t published_at, created_at; // microseconds since 1970
} Post;

static sqlite3 *db;

static void fail(const char *what) {
    fprintf(stderr, "sqlite_bench: %s: %s\n", what, db ? sqlite3_errmsg(db) : "no database");
    exit(70);
}

static void require(int code, int expected, const char *what) {
    if (code != expected) fail(what);
}

static void *allocate(size_t size) {
    void *memory = malloc(size);
    if (!memory) fail("out of memory");
    return memory;
}

static sqlite3_stmt *prepare(const char *sql) {
    sqlite3_stmt *statement;
    require(sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL), SQLITE_OK, sql);
    return statement;
}

// Instants, as text of 27 bytes: 2025-02-13T10:20:30.123456Z. The algorithms are Howard Hinnant's,
// https://howardhinnant.github.io/date_algorithms.html

static void put(char *at, int value, int digits) {
    while (digits--) {
        at[digits] = (char)('0' + value % 10);
        value /= 10;
    }
}

static void write_instant(int64_t microseconds, char text[28]) {
    int64_t second = microseconds / 1000000, day = second / 86400 + 719468;
    int rest = (int)(second % 86400), era = (int)(day / 146097), day_of_era = (int)(day % 146097);
    int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int shifted = (5 * day_of_year + 2) / 153, month = shifted < 10 ? shifted + 3 : shifted - 9;
    memcpy(text, "0000-00-00T00:00:00.000000Z", 28);
    put(text, year_of_era + era * 400 + (month <= 2), 4);
    put(text + 5, month, 2);
    put(text + 8, day_of_year - (153 * shifted + 2) / 5 + 1, 2);
    put(text + 11, rest / 3600, 2);
    put(text + 14, rest / 60 % 60, 2);
    put(text + 17, rest % 60, 2);
    put(text + 20, (int)(microseconds % 1000000), 6);
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

// The corpus; see Corpus.swift.

static char *sentences[64];
static int sentence_count;

static void read_sentences(const char *path) {
    FILE *file = fopen(path, "r");
    char line[1024];
    if (!file) fail(path);
    while (sentence_count < 64 && fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = 0;
        sentences[sentence_count++] = strdup(line);
    }
    fclose(file);
}

static void make_post(Post *post, int number) {
    char text[4096];
    snprintf(text, sizeof text, "Notes on the craft of writing, part %d", number);
    post->title = strdup(text);
    snprintf(text, sizeof text, "notes-on-the-craft-of-writing-part-%d", number);
    post->slug = strdup(text);
    text[0] = 0;
    for (int i = 0; i < 4 + number % 9; i++) {
        if (i) strcat(text, " ");
        strcat(text, sentences[(number + i) % sentence_count]);
    }
    post->content = strdup(text);
    post->published = number % 5 != 0;
    post->view_count = (int64_t)number * 31 % 10000;
    post->created_at = (1700000000 + (int64_t)number * 60) * 1000000 + (int64_t)number * 37 % 1000000;
    post->has_published_at = post->published;
    post->published_at = post->created_at + 3600ll * 1000000;
}

// The work.

static double seconds(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static struct { double cpu, wall; } started, spent;

static void start(void) {
    started.cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
    started.wall = seconds(CLOCK_MONOTONIC);
}

static void stop(void) {
    spent.cpu = seconds(CLOCK_PROCESS_CPUTIME_ID) - started.cpu;
    spent.wall = seconds(CLOCK_MONOTONIC) - started.wall;
}

static void report(const char *measure, int operations, int64_t check) {
    printf("c\t%s\t%d\t%f\t%f\t%lld\n", measure, operations, spent.cpu, spent.wall, (long long)check);
}

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

static void free_post(Post *post) {
    free(post->title);
    free(post->slug);
    free(post->content);
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

static int64_t check_posts(const Post *posts, int count) {
    int64_t sum = 0;
    for (int i = 0; i < count; i++) sum += (int64_t)strlen(posts[i].content) + posts[i].view_count;
    return sum;
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

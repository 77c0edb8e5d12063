// The benchmark's work in C on libpq: what the ORM is measured against on PostgreSQL. Rows are inserted by COPY; those that are read come in
// the binary form of the protocol, and every one is copied into a struct of malloc'd strings, as a program that keeps its rows would do.
//
// usage: postgres_bench CONNECTION SENTENCES POSTS
// Prints for each measure, separated by tabs: contender, measure, operations, CPU seconds, wall seconds, check.
#include "work.h"
#include <endian.h>
#include <libpq-fe.h>

static PGconn *db;

static void fail(const char *what) {
    fprintf(stderr, "postgres_bench: %s: %s\n", what, db ? PQerrorMessage(db) : "no connection");
    exit(70);
}

static PGresult *require(PGresult *result, ExecStatusType expected, const char *what) {
    if (PQresultStatus(result) != expected) fail(what);
    return result;
}

static void execute(const char *sql) { PQclear(require(PQexec(db, sql), PGRES_COMMAND_OK, sql)); }

static void put_escaped(char **at, const char *text) {
    for (; *text; text++) {
        switch (*text) {
        case '\\': *(*at)++ = '\\', *(*at)++ = '\\'; break;
        case '\n': *(*at)++ = '\\', *(*at)++ = 'n'; break;
        case '\r': *(*at)++ = '\\', *(*at)++ = 'r'; break;
        case '\t': *(*at)++ = '\\', *(*at)++ = 't'; break;
        default: *(*at)++ = *text;
        }
    }
    *(*at)++ = '\t';
}

static void put_instant(char **at, int64_t microseconds) {
    char text[28];
    write_instant(microseconds, text);
    memcpy(*at, text, 27);
    *at += 27;
}

// With ids of their own, which COPY cannot give back.
static void insert_posts(Post *posts, int count) {
    execute("BEGIN");
    PQclear(require(
        PQexec(db, "COPY posts (id, title, slug, content, published, view_count, published_at, created_at) FROM STDIN"),
        PGRES_COPY_IN, "COPY"));
    size_t capacity = 1 << 17;
    char *buffer = allocate(capacity), *at = buffer;
    for (int i = 0; i < count; i++) {
        Post *post = &posts[i];
        post->id = i + 1;
        at += sprintf(at, "%lld\t", (long long)post->id);
        put_escaped(&at, post->title);
        put_escaped(&at, post->slug);
        put_escaped(&at, post->content);
        at += sprintf(at, "%c\t%lld\t", post->published ? 't' : 'f', (long long)post->view_count);
        if (post->has_published_at) put_instant(&at, post->published_at);
        else *at++ = '\\', *at++ = 'N';
        *at++ = '\t';
        put_instant(&at, post->created_at);
        *at++ = '\n';
        if (at - buffer > (long)capacity - 16384) {
            if (PQputCopyData(db, buffer, (int)(at - buffer)) != 1) fail("COPY");
            at = buffer;
        }
    }
    if (at > buffer && PQputCopyData(db, buffer, (int)(at - buffer)) != 1) fail("COPY");
    if (PQputCopyEnd(db, NULL) != 1) fail("COPY");
    PQclear(require(PQgetResult(db), PGRES_COMMAND_OK, "COPY"));
    PQclear(PQgetResult(db));
    free(buffer);
    execute("COMMIT");
}

static int64_t number_at(const PGresult *result, int row, int column) {
    uint64_t value;
    memcpy(&value, PQgetvalue(result, row, column), 8);
    return (int64_t)be64toh(value);
}

// PostgreSQL counts from 2000-01-01.
static int64_t instant_at(const PGresult *result, int row, int column) {
    return number_at(result, row, column) + 946684800000000;
}

static void copy_text(const PGresult *result, int row, int column, char **text) {
    size_t count = (size_t)PQgetlength(result, row, column);
    *text = allocate(count + 1);
    memcpy(*text, PQgetvalue(result, row, column), count);
    (*text)[count] = 0;
}

static void read_post(const PGresult *result, int row, Post *post) {
    post->id = number_at(result, row, 0);
    copy_text(result, row, 1, &post->title);
    copy_text(result, row, 2, &post->slug);
    copy_text(result, row, 3, &post->content);
    post->published = *PQgetvalue(result, row, 4) != 0;
    post->view_count = number_at(result, row, 5);
    post->has_published_at = !PQgetisnull(result, row, 6);
    if (post->has_published_at) post->published_at = instant_at(result, row, 6);
    post->created_at = instant_at(result, row, 7);
}

static const char *const columns =
    "SELECT id, title, slug, content, published, view_count, published_at, created_at FROM posts";

static Post *fetch_posts(int *count) {
    PGresult *result = require(
        PQexecParams(db, columns, 0, NULL, NULL, NULL, NULL, 1), PGRES_TUPLES_OK, "fetch");
    *count = PQntuples(result);
    Post *posts = allocate(sizeof(Post) * (size_t)*count);
    for (int i = 0; i < *count; i++) read_post(result, i, &posts[i]);
    PQclear(result);
    return posts;
}

// A prepared statement; with `scoped`, all in one transaction, else each in one of its own.
static int64_t get_posts(int operations, int count, bool scoped) {
    int64_t views = 0;
    if (scoped) execute("BEGIN");
    for (int i = 0; i < operations; i++) {
        Post post;
        uint64_t id = htobe64((uint64_t)(1 + (int64_t)i * 7919 % count));
        const char *values[] = {(const char *)&id};
        const int lengths[] = {8}, formats[] = {1};
        PGresult *result = require(
            PQexecPrepared(db, "get", 1, values, lengths, formats, 1), PGRES_TUPLES_OK, "get");
        read_post(result, 0, &post);
        PQclear(result);
        views += post.view_count;
        free_post(&post);
    }
    if (scoped) execute("COMMIT");
    return views;
}

int main(int argc, char **argv) {
    if (argc != 4) {
        fprintf(stderr, "usage: postgres_bench CONNECTION SENTENCES POSTS\n");
        return 64;
    }
    int count = atoi(argv[3]), found;
    read_sentences(argv[2]);
    db = PQconnectdb(argv[1]);
    if (PQstatus(db) != CONNECTION_OK) fail("connect");
    execute("SET TIME ZONE 'UTC'");
    execute("CREATE TABLE posts (id BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,"
            " title VARCHAR(200) COLLATE \"C\" NOT NULL, slug VARCHAR(200) COLLATE \"C\" NOT NULL,"
            " content TEXT COLLATE \"C\" NOT NULL, published BOOLEAN NOT NULL, view_count BIGINT NOT NULL,"
            " published_at TIMESTAMP(6) WITH TIME ZONE, created_at TIMESTAMP(6) WITH TIME ZONE NOT NULL)");

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
    snprintf(get, sizeof get, "%s WHERE id = $1", columns);
    PQclear(require(PQprepare(db, "get", get, 0, NULL), PGRES_COMMAND_OK, "prepare"));
    get_posts(1, count, false);
    start();
    int64_t views = get_posts(50000, count, true);
    stop();
    report("get inside a scope", 50000, views);

    start();
    views = get_posts(10000, count, false);
    stop();
    report("get outside", 10000, views);
    PQfinish(db);
    return 0;
}

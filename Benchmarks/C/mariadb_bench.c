// The benchmark's work in C on libmariadb, over a socket: what the ORM is measured against. Every row is copied into a struct of
// malloc'd strings, and its instants are numbers, as a program that keeps its rows would do. Rows are inserted many at a time by one
// prepared statement, and their keys come back.
//
// usage: mariadb_bench SOCKET USER DATABASE SENTENCES POSTS
// Prints for each measure, separated by tabs: contender, measure, operations, CPU seconds, wall seconds, check.
#include "work.h"
#include <mysql.h>

static MYSQL *db;

static void fail(const char *what) {
    fprintf(stderr, "mariadb_bench: %s: %s\n", what, db ? mysql_error(db) : "no database");
    exit(70);
}

static void require(bool holds, MYSQL_STMT *statement, const char *what) {
    if (holds) return;
    if (statement) fprintf(stderr, "%s\n", mysql_stmt_error(statement));
    fail(what);
}

static void run(const char *sql) { require(mysql_query(db, sql) == 0, NULL, sql); }

static MYSQL_STMT *prepare(const char *sql) {
    MYSQL_STMT *statement = mysql_stmt_init(db);
    require(mysql_stmt_prepare(statement, sql, strlen(sql)) == 0, statement, "prepare");
    return statement;
}

static void write_time(int64_t microseconds, MYSQL_TIME *time) {
    int64_t second = microseconds / 1000000, day = second / 86400 + 719468;
    int rest = (int)(second % 86400), era = (int)(day / 146097), day_of_era = (int)(day % 146097);
    int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int shifted = (5 * day_of_year + 2) / 153;
    memset(time, 0, sizeof *time);
    time->month = (unsigned)(shifted < 10 ? shifted + 3 : shifted - 9);
    time->year = (unsigned)(year_of_era + era * 400 + (time->month <= 2));
    time->day = (unsigned)(day_of_year - (153 * shifted + 2) / 5 + 1);
    time->hour = (unsigned)(rest / 3600);
    time->minute = (unsigned)(rest / 60 % 60);
    time->second = (unsigned)(rest % 60);
    time->second_part = (unsigned long)(microseconds % 1000000);
    time->time_type = MYSQL_TIMESTAMP_DATETIME;
}

static int64_t read_time(const MYSQL_TIME *time) {
    int year = (int)time->year, month = (int)time->month, day = (int)time->day;
    int shifted = month <= 2 ? year - 1 : year, era = shifted / 400, year_of_era = shifted - era * 400;
    int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int64_t days =
        (int64_t)era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
    return (days * 86400 + time->hour * 3600 + time->minute * 60 + time->second) * 1000000 + (int64_t)time->second_part;
}

enum { ROWS = 512, COLUMNS = 7 };

static void bind_text(MYSQL_BIND *bind, char *text) {
    bind->buffer_type = MYSQL_TYPE_STRING;
    bind->buffer = text;
    bind->buffer_length = strlen(text);
}

static void insert_chunk(MYSQL_STMT *statement, Post *posts, int count) {
    static MYSQL_BIND binds[ROWS * COLUMNS];
    static MYSQL_TIME times[ROWS * 2];
    memset(binds, 0, sizeof binds);
    for (int i = 0; i < count; i++) {
        Post *post = &posts[i];
        MYSQL_BIND *bind = &binds[i * COLUMNS];
        bind_text(&bind[0], post->title);
        bind_text(&bind[1], post->slug);
        bind_text(&bind[2], post->content);
        bind[3].buffer_type = MYSQL_TYPE_TINY;
        bind[3].buffer = &post->published;
        bind[4].buffer_type = MYSQL_TYPE_LONGLONG;
        bind[4].buffer = &post->view_count;
        if (post->has_published_at) {
            write_time(post->published_at, &times[i * 2]);
            bind[5].buffer_type = MYSQL_TYPE_DATETIME;
            bind[5].buffer = &times[i * 2];
        } else {
            bind[5].buffer_type = MYSQL_TYPE_NULL;
        }
        write_time(post->created_at, &times[i * 2 + 1]);
        bind[6].buffer_type = MYSQL_TYPE_DATETIME;
        bind[6].buffer = &times[i * 2 + 1];
    }
    require(mysql_stmt_bind_param(statement, binds) == 0, statement, "bind");
    require(mysql_stmt_execute(statement) == 0, statement, "insert");
    int64_t id = 0;
    MYSQL_BIND key = {.buffer_type = MYSQL_TYPE_LONGLONG, .buffer = &id};
    require(mysql_stmt_bind_result(statement, &key) == 0, statement, "bind");
    for (int i = 0; i < count; i++) {
        require(mysql_stmt_fetch(statement) == 0, statement, "key");
        posts[i].id = id;
    }
    mysql_stmt_free_result(statement);
}

static MYSQL_STMT *prepare_insert(int count) {
    static char sql[200 + ROWS * 32];
    strcpy(sql, "INSERT INTO posts (title, slug, content, published, view_count, published_at, created_at) VALUES ");
    char *end = sql + strlen(sql);
    for (int i = 0; i < count; i++) end += sprintf(end, "%s(?, ?, ?, ?, ?, ?, ?)", i ? ", " : "");
    strcpy(end, " RETURNING id");
    return prepare(sql);
}

static void insert_posts(Post *posts, int count) {
    run("START TRANSACTION");
    MYSQL_STMT *statement = prepare_insert(ROWS);
    int done = 0;
    for (; count - done >= ROWS; done += ROWS) insert_chunk(statement, posts + done, ROWS);
    mysql_stmt_close(statement);
    if (done < count) {
        statement = prepare_insert(count - done);
        insert_chunk(statement, posts + done, count - done);
        mysql_stmt_close(statement);
    }
    run("COMMIT");
}

static const char *const columns =
    "SELECT id, title, slug, content, published, view_count, published_at, created_at FROM posts";

// What a row is read into: texts of some length, longer ones are asked for again.
static struct {
    MYSQL_BIND binds[8];
    unsigned long lengths[8];
    my_bool nulls[8];
    char texts[3][8192];
    int64_t id, view_count;
    signed char published;
    MYSQL_TIME published_at, created_at;
} row;

static void bind_row(MYSQL_STMT *statement) {
    memset(row.binds, 0, sizeof row.binds);
    for (int i = 0; i < 8; i++) {
        row.binds[i].length = &row.lengths[i];
        row.binds[i].is_null = &row.nulls[i];
    }
    row.binds[0].buffer_type = row.binds[5].buffer_type = MYSQL_TYPE_LONGLONG;
    row.binds[0].buffer = &row.id;
    row.binds[5].buffer = &row.view_count;
    for (int i = 0; i < 3; i++) {
        row.binds[i + 1].buffer_type = MYSQL_TYPE_STRING;
        row.binds[i + 1].buffer = row.texts[i];
        row.binds[i + 1].buffer_length = sizeof row.texts[i];
    }
    row.binds[4].buffer_type = MYSQL_TYPE_TINY;
    row.binds[4].buffer = &row.published;
    row.binds[6].buffer_type = row.binds[7].buffer_type = MYSQL_TYPE_DATETIME;
    row.binds[6].buffer = &row.published_at;
    row.binds[7].buffer = &row.created_at;
    require(mysql_stmt_bind_result(statement, row.binds) == 0, statement, "bind");
}

static char *copy_text(MYSQL_STMT *statement, int column) {
    unsigned long count = row.lengths[column];
    char *text = allocate(count + 1);
    if (count <= sizeof row.texts[0]) {
        memcpy(text, row.texts[column - 1], count);
    } else {
        MYSQL_BIND bind = {.buffer_type = MYSQL_TYPE_STRING, .buffer = text, .buffer_length = count};
        require(mysql_stmt_fetch_column(statement, &bind, (unsigned)column, 0) == 0, statement, "long text");
    }
    text[count] = 0;
    return text;
}

static void read_post(MYSQL_STMT *statement, Post *post) {
    post->id = row.id;
    post->title = copy_text(statement, 1);
    post->slug = copy_text(statement, 2);
    post->content = copy_text(statement, 3);
    post->published = row.published != 0;
    post->view_count = row.view_count;
    post->has_published_at = !row.nulls[6];
    if (post->has_published_at) post->published_at = read_time(&row.published_at);
    post->created_at = read_time(&row.created_at);
}

static Post *fetch_posts(int *count) {
    MYSQL_STMT *statement = prepare(columns);
    int capacity = 64, code;
    Post *posts = allocate(sizeof(Post) * (size_t)capacity);
    *count = 0;
    require(mysql_stmt_execute(statement) == 0, statement, "fetch");
    bind_row(statement);
    while ((code = mysql_stmt_fetch(statement)) == 0 || code == MYSQL_DATA_TRUNCATED) {
        if (*count == capacity) {
            capacity *= 2;
            posts = realloc(posts, sizeof(Post) * (size_t)capacity);
            if (!posts) fail("out of memory");
        }
        read_post(statement, &posts[(*count)++]);
    }
    require(code == MYSQL_NO_DATA, statement, "fetch");
    mysql_stmt_close(statement);
    return posts;
}

// A prepared statement; with `scoped`, all in one transaction, else each in one of its own.
static int64_t get_posts(MYSQL_STMT *statement, int operations, int count, bool scoped) {
    int64_t views = 0, id = 0;
    MYSQL_BIND key = {.buffer_type = MYSQL_TYPE_LONGLONG, .buffer = &id};
    require(mysql_stmt_bind_param(statement, &key) == 0, statement, "bind");
    if (scoped) run("START TRANSACTION");
    for (int i = 0; i < operations; i++) {
        Post post;
        id = 1 + (int64_t)i * 7919 % count;
        require(mysql_stmt_execute(statement) == 0, statement, "get");
        bind_row(statement);
        require(mysql_stmt_fetch(statement) == 0, statement, "get");
        read_post(statement, &post);
        mysql_stmt_free_result(statement);
        views += post.view_count;
        free_post(&post);
    }
    if (scoped) run("COMMIT");
    return views;
}

int main(int argc, char **argv) {
    if (argc != 6) {
        fprintf(stderr, "usage: mariadb_bench SOCKET USER DATABASE SENTENCES POSTS\n");
        return 64;
    }
    int count = atoi(argv[5]), found;
    read_sentences(argv[4]);
    db = mysql_init(NULL);
    mysql_options(db, MYSQL_SET_CHARSET_NAME, "utf8mb4");
    require(mysql_real_connect(db, NULL, argv[2], NULL, argv[3], 0, argv[1], CLIENT_FOUND_ROWS) != NULL, NULL, "connect");
    run("DROP TABLE IF EXISTS posts");
    run("CREATE TABLE posts (id BIGINT AUTO_INCREMENT PRIMARY KEY,"
        " title VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,"
        " slug VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,"
        " content LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,"
        " published BOOLEAN NOT NULL, view_count BIGINT NOT NULL, published_at DATETIME(6), created_at DATETIME(6) NOT NULL)");

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
    MYSQL_STMT *statement = prepare(get);
    get_posts(statement, 1, count, false);
    start();
    int64_t views = get_posts(statement, 50000, count, true);
    stop();
    report("get inside a scope", 50000, views);

    start();
    views = get_posts(statement, 10000, count, false);
    stop();
    report("get outside", 10000, views);
    mysql_stmt_close(statement);
    mysql_close(db);
    return 0;
}

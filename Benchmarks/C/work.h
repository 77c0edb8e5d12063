// What the benchmarks in C have in common: the corpus, the clocks and the report. The program that includes it says how it fails.
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

static void fail(const char *what);

static void *allocate(size_t size) {
    void *memory = malloc(size);
    if (!memory) fail("out of memory");
    return memory;
}

// Instants, as text of 27 bytes: 2025-02-13T10:20:30.123456Z. The algorithms are Howard Hinnant's,
// https://howardhinnant.github.io/date_algorithms.html

static void put(char *at, int value, int digits) {
    while (digits--) {
        at[digits] = (char)('0' + value % 10);
        value /= 10;
    }
}

static inline void write_instant(int64_t microseconds, char text[28]) {
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

// The clocks.

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

static void free_post(Post *post) {
    free(post->title);
    free(post->slug);
    free(post->content);
}

static int64_t check_posts(const Post *posts, int count) {
    int64_t sum = 0;
    for (int i = 0; i < count; i++) sum += (int64_t)strlen(posts[i].content) + posts[i].view_count;
    return sum;
}

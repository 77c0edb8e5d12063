#ifndef BLOG_CSQLITE_SHIM_H
#define BLOG_CSQLITE_SHIM_H
#include <sqlite3.h>

/* sqlite3_config takes a variable number of arguments, which Swift cannot give. Without the statistics of memory no allocation takes
   the mutex of the whole process: <https://sqlite.org/c3ref/c_config_covering_index_scan.html#sqliteconfigmemstatus>. It works until
   the library is first used, and is a misuse without consequence after that. */
static inline int blog_sqlite_omit_memory_statistics(void) {
    return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}
#endif

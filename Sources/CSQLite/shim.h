#ifndef BLOG_CSQLITE_SHIM_H
#define BLOG_CSQLITE_SHIM_H
#include <sqlite3.h>
#endif

#ifndef BLOG_CPOSTGRES_SHIM_H
#define BLOG_CPOSTGRES_SHIM_H
#include <libpq-fe.h>
#endif

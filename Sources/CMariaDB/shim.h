#ifndef BLOG_CMARIADB_SHIM_H
#define BLOG_CMARIADB_SHIM_H
#include <errmsg.h>
#include <mysql.h>
#include <mysqld_error.h>
#endif

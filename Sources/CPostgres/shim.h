#ifndef BLOG_CPOSTGRES_SHIM_H
#define BLOG_CPOSTGRES_SHIM_H
#include <libpq-fe.h>
#ifdef __linux__
#include <sys/epoll.h>
#include <sys/eventfd.h>
#endif
#endif

#ifndef BLOG_CCMARK_SHIM_H
#define BLOG_CCMARK_SHIM_H
#include <cmark.h>
#endif

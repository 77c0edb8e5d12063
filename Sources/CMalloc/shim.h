#ifndef BLOG_CMALLOC_SHIM_H
#define BLOG_CMALLOC_SHIM_H
#if __has_include(<malloc.h>)
#include <malloc.h>
#endif
#endif

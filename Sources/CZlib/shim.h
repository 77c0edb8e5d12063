#ifndef BLOG_CZLIB_SHIM_H
#define BLOG_CZLIB_SHIM_H
#include <zlib.h>
/* inflateInit2 is a macro, which Swift does not see: 31 = gzip with the largest window (zlib.h, "inflateInit2"). */
static inline int blog_inflate_init_gzip(z_streamp stream) { return inflateInit2(stream, 31); }
#endif

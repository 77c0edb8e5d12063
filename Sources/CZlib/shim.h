#ifndef BLOG_CZLIB_SHIM_H
#define BLOG_CZLIB_SHIM_H
#include <zlib.h>
/* inflateInit2 and deflateInit2 are macros, which Swift does not see: 31 = gzip with the largest window (zlib.h,
   "inflateInit2"), 9 = the most memory (deflate.h, MAX_MEM_LEVEL). */
static inline int blog_inflate_init_gzip(z_streamp stream) { return inflateInit2(stream, 31); }
static inline int blog_deflate_init_gzip(z_streamp stream, int level) {
    return deflateInit2(stream, level, Z_DEFLATED, 31, 9, Z_DEFAULT_STRATEGY);
}
#endif

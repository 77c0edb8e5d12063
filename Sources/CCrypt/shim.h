#ifndef BLOG_CCRYPT_SHIM_H
#define BLOG_CCRYPT_SHIM_H
#include <crypt.h>
#endif

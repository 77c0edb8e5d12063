#ifndef BLOG_CXML2_SHIM_H
#define BLOG_CXML2_SHIM_H
#include <libxml/xmlversion.h>
/* Debian's libxml2 is built with ICU, whose headers declare again what Foundation's copy of ICU declares. Only the character
   encoding handler's layout depends on it, which nobody looks into. */
#undef LIBXML_ICU_ENABLED
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>
#endif

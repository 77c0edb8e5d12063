#ifndef ALLOCATIONS_H
#define ALLOCATIONS_H

/// How often this process has asked for memory: calls of malloc, calloc, realloc and the aligned forms.
unsigned long allocation_count(void);

#endif

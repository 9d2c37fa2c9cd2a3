/* The heap: memory of any size, from VirtualMemory (the capability "memory"). Safe to use from every thread. */
#ifndef CAPOS_ALLOCATE_H
#define CAPOS_ALLOCATE_H

#include <stddef.h>

/** `size` bytes, 16-aligned, of any content; a null pointer when the process may have no more. */
void *capos_allocate(size_t size);

/** `count` × `size` zeroed bytes; a null pointer when that overflows or the process may have no more. */
void *capos_allocate_zeroed(size_t count, size_t size);

/** Moves the contents of `memory` (null: none) to `size` bytes. On a null pointer `memory` is as it was. */
void *capos_reallocate(void *memory, size_t size);

/** Gives memory back. A null pointer is nothing to give back. */
void capos_free(void *memory);

#endif

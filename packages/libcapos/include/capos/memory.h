/* Pages: the program's own address space (VirtualMemory, the capability "memory") and pages shared with others (MemoryObject).

   Addresses and lengths are multiples of CAPOS_PAGE_SIZE. Memory is never writable and executable at once: asking for both is
   refused with −CAPOS_EXCEPTION_INVALID_ARGUMENT. */
#ifndef CAPOS_MEMORY_H
#define CAPOS_MEMORY_H

#include <capos/cap.h>
#include <stddef.h>

#define CAPOS_PAGE_SIZE 4096u

/** What may be done to mapped memory. */
enum { CAPOS_READ = 1, CAPOS_WRITE = 2, CAPOS_EXECUTE = 4 };

/** Maps `length` bytes of zeroed memory where the kernel likes. Answers 0 and the address, or an error. */
int capos_map(size_t length, uint32_t protection, void **address);

/** Maps `length` bytes of the MemoryObject `object` from byte `offset` on. Answers 0 and the address, or an error. */
int capos_map_object(capos_cap object, uint64_t offset, size_t length, uint32_t protection, void **address);

/** Takes `length` bytes of address space without memory. Any access faults until capos_commit. */
int capos_reserve(size_t length, void **address);

/** Puts zeroed memory behind a reserved range. */
int capos_commit(void *address, size_t length, uint32_t protection);

/** Changes what may be done to mapped memory. */
int capos_protect(void *address, size_t length, uint32_t protection);

/** Unmaps, or gives reserved address space back. */
int capos_unmap(void *address, size_t length);

#endif

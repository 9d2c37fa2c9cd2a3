/* Bytes and strings, as ISO C11 7.24 defines them. The compiler itself calls the first four. */
#ifndef CAPOS_STRING_H
#define CAPOS_STRING_H

#include <stddef.h>

void *memcpy(void *restrict target, const void *restrict source, size_t length);
void *memmove(void *target, const void *source, size_t length);
void *memset(void *target, int byte, size_t length);
int memcmp(const void *left, const void *right, size_t length);
void *memchr(const void *bytes, int byte, size_t length);
size_t strlen(const char *string);
size_t strnlen(const char *string, size_t limit);
int strcmp(const char *left, const char *right);
int strncmp(const char *left, const char *right, size_t limit);
char *strchr(const char *string, int byte);

/**
 * Reads an unsigned number: decimal, or hexadecimal after 0x. Answers 0 and the number, or −1 when `string` is anything
 * else or does not fit.
 */
int capos_parse_number(const char *string, unsigned long long *number);

#endif

// Bytes and strings. Short copies and fills go word by word, long ones through the string instructions.
#include <capos/string.h>
#include <stdint.h>

#define LONG 256u /* bytes from which on the string instructions are worth their start */

// Words at any address.
typedef uint64_t word __attribute__((may_alias, aligned(1)));
typedef long long wide __attribute__((vector_size(16), may_alias, aligned(1)));

void *memcpy(void *restrict target, const void *restrict source, size_t length) {
  char *to = target;
  const char *from = source;
  if (length >= LONG) {
    __asm__ volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(length) : : "memory");
    return target;
  }
  for (; length >= 16; length -= 16, to += 16, from += 16) *(wide *)to = *(const wide *)from;
  if (length >= 8) {
    *(word *)to = *(const word *)from;
    length -= 8, to += 8, from += 8;
  }
  for (; length > 0; length--) *to++ = *from++;
  return target;
}

void *memmove(void *target, const void *source, size_t length) {
  if ((uintptr_t)target - (uintptr_t)source >= length) return memcpy(target, source, length);
  unsigned char *to = target;
  const unsigned char *from = source;
  while (length-- > 0) to[length] = from[length];
  return target;
}

void *memset(void *target, int byte, size_t length) {
  char *to = target;
  if (length >= LONG) {
    __asm__ volatile("rep stosb" : "+D"(to), "+c"(length) : "a"(byte) : "memory");
    return target;
  }
  uint64_t pattern = UINT64_C(0x0101010101010101) * (unsigned char)byte;
  for (; length >= 8; length -= 8, to += 8) *(word *)to = pattern;
  for (; length > 0; length--) *to++ = (char)byte;
  return target;
}

int memcmp(const void *left, const void *right, size_t length) {
  const unsigned char *a = left, *b = right;
  for (; length > 0; a++, b++, length--) {
    if (*a != *b) return *a < *b ? -1 : 1;
  }
  return 0;
}

void *memchr(const void *bytes, int byte, size_t length) {
  const unsigned char *at = bytes;
  for (; length > 0; at++, length--) {
    if (*at == (unsigned char)byte) return (void *)at;
  }
  return NULL;
}

size_t strnlen(const char *string, size_t limit) {
  size_t length = 0;
  while (length < limit && string[length] != 0) length++;
  return length;
}

size_t strlen(const char *string) { return strnlen(string, SIZE_MAX); }

int strncmp(const char *left, const char *right, size_t limit) {
  for (; limit > 0; left++, right++, limit--) {
    unsigned char a = (unsigned char)*left, b = (unsigned char)*right;
    if (a != b) return a < b ? -1 : 1;
    if (a == 0) break;
  }
  return 0;
}

int strcmp(const char *left, const char *right) { return strncmp(left, right, SIZE_MAX); }

char *strchr(const char *string, int byte) {
  for (;; string++) {
    if (*string == (char)byte) return (char *)string;
    if (*string == 0) return NULL;
  }
}

static int digit_value(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
  return 16;
}

int capos_parse_number(const char *string, unsigned long long *number) {
  unsigned base = 10;
  if (string[0] == '0' && (string[1] == 'x' || string[1] == 'X')) {
    base = 16;
    string += 2;
  }
  if (*string == 0) return -1;
  unsigned long long value = 0;
  for (; *string != 0; string++) {
    unsigned digit = (unsigned)digit_value(*string);
    if (digit >= base) return -1;
    if (__builtin_mul_overflow(value, (unsigned long long)base, &value)) return -1;
    if (__builtin_add_overflow(value, (unsigned long long)digit, &value)) return -1;
  }
  *number = value;
  return 0;
}

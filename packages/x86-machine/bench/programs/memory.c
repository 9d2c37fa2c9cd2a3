// What a C library does all day: memcpy, memmove, memset, strlen, memchr and memcmp, by string instructions, by words and
// by vectors, on short pieces and long ones.
#include <emmintrin.h>
#include "start.h"

#define BYTES 65536

static char from[BYTES + 64], to[BYTES + 64];

static void copy_words(char *destination, const char *source, unsigned long count) {
  for (; count >= 8; count -= 8, destination += 8, source += 8)
    *(volatile uint64_t *)destination = *(const volatile uint64_t *)source;
  while (count--) *(volatile char *)destination++ = *source++;
}

static unsigned long length_by_bytes(const volatile char *text) {
  const volatile char *at = text;
  while (*at) at++;
  return at - text;
}

static unsigned long length_by_vectors(const char *text) {
  __m128i zero = _mm_setzero_si128();
  for (unsigned long at = 0;; at += 16) {
    int mask = _mm_movemask_epi8(_mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)(text + at)), zero));
    if (mask) return at + __builtin_ctz(mask);
  }
}

static int compare(const char *a, const char *b, unsigned long count) {
  for (; count; count--, a++, b++)
    if (*a != *b) return *a < *b ? -1 : 1;
  return 0;
}

static uint32_t run(void) {
  uint32_t sum = 0;
  for (int round = 0; round < 20; round++) {
    memset(from, 'a' + round, BYTES);
    for (int at = 63; at < BYTES; at += 64 + at % 200) from[at] = 0;
    memcpy(to, from, BYTES);
    copy_words(to + 1, from + 3, BYTES - 8);
    for (int at = 0; at + 400 < BYTES; at += 300) {
      memcpy(to + at, from + at + 17, at % 61);
      sum += length_by_bytes(from + at) * 3 + length_by_vectors(from + at + 1);
      sum += compare(to + at, from + at + 17, 100) + to[at + 40];
    }
#ifdef __i386__
    __asm__ volatile("rep stosl" : : "D"(to), "c"(BYTES / 8), "a"(0x01010101u * round) : "memory");
#else
    __asm__ volatile("rep stosq" : : "D"(to), "c"(BYTES / 16), "a"(0x0101010101010101ull * round) : "memory");
#endif
    char *end;
    unsigned long left;
    __asm__ volatile("repne scasb" : "=D"(end), "=c"(left) : "0"(from), "1"(BYTES), "a"(0) : "memory", "cc");
    sum += left;
  }
  return sum;
}

// A hash table with open addressing that words are counted in, grown and looked up; strings hashed byte by byte.
#include "start.h"

#define SLOTS 8192

struct slot {
  uint64_t hash;
  uint32_t count, start, length;
};

static struct slot slots[SLOTS];
static char text[200000];

static uint64_t hash_of(const char *at, uint32_t length) {
  uint64_t hash = 14695981039346656037ull;
  for (uint32_t i = 0; i < length; i++) hash = (hash ^ (uint8_t)at[i]) * 1099511628211ull;
  return hash;
}

static int equal(const char *a, const char *b, uint32_t length) {
  for (uint32_t i = 0; i < length; i++)
    if (a[i] != b[i]) return 0;
  return 1;
}

static struct slot *find(uint32_t start, uint32_t length) {
  uint64_t hash = hash_of(text + start, length);
  for (uint32_t at = hash % SLOTS;; at = (at + 1) & (SLOTS - 1)) {
    struct slot *slot = &slots[at];
    if (slot->count == 0) {
      *slot = (struct slot){hash, 0, start, length};
      return slot;
    }
    if (slot->hash == hash && slot->length == length && equal(text + slot->start, text + start, length)) return slot;
  }
}

static uint32_t run(void) {
  uint32_t seed = 99, at = 0, words = 0, sum = 0;
  for (int i = 0; i < SLOTS; i++) slots[i].count = 0;
  while (at + 20 < sizeof text) {
    seed = seed * 1664525 + 1013904223;
    uint32_t word = (seed >> 16) % 3000, length = 3 + word % 7;
    for (uint32_t i = 0; i < length; i++) text[at++] = 'a' + (word = word * 37 + 11) % 26;
    text[at++] = ' ';
  }
  for (uint32_t start = 0, i = 0; i < at; i++)
    if (text[i] == ' ') {
      find(start, i - start)->count++;
      words++;
      start = i + 1;
    }
  for (int i = 0; i < SLOTS; i++) sum += slots[i].count * slots[i].count;
  return sum * 7 + words;
}

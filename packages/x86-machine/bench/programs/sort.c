// Quicksort of 40,000 numbers with insertion at the leaves, then a walk along pointers in shuffled order.
#include "start.h"

#define COUNT 40000

static uint32_t numbers[COUNT], next[COUNT];

static void sort(uint32_t *low, uint32_t *high) {
  while (high - low > 12) {
    uint32_t pivot = low[(high - low) / 2], *i = low, *j = high;
    for (;;) {
      while (*i < pivot) i++;
      while (*j > pivot) j--;
      if (i >= j) break;
      uint32_t swap = *i;
      *i++ = *j;
      *j-- = swap;
    }
    if (j - low < high - j) {
      sort(low, j);
      low = j + 1;
    } else {
      sort(j + 1, high);
      high = j;
    }
  }
  for (uint32_t *i = low + 1; i <= high; i++) {
    uint32_t value = *i, *j = i;
    for (; j > low && j[-1] > value; j--) *j = j[-1];
    *j = value;
  }
}

static uint32_t run(void) {
  uint32_t seed = 1, sum = 0;
  for (int i = 0; i < COUNT; i++) numbers[i] = (seed = seed * 1664525 + 1013904223) >> 4;
  sort(numbers, numbers + COUNT - 1);
  for (int i = 0; i < COUNT; i++) next[i] = (i + 7919) % COUNT;
  for (uint32_t i = 0, at = 0; i < 200000; i++) sum += numbers[at = next[at]] ^ i;
  return sum;
}

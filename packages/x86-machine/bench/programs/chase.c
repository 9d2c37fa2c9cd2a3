// Pointers that lead everywhere: a list through 2 MiB in shuffled order, and a binary tree that is searched and grown.
#include "start.h"

#define CELLS 32768
#define KEYS 4000

struct cell {
  struct cell *next;
  uint64_t value[7];
};

struct leaf {
  struct leaf *below[2];
  uint32_t key, count;
};

static struct cell cells[CELLS];
static struct leaf leaves[KEYS];

static uint32_t run(void) {
  uint32_t sum = 0, seed = 12345;
  for (uint32_t i = 0; i < CELLS; i++) {
    cells[i].next = &cells[(i * 20021 + 7) % CELLS];
    cells[i].value[i % 7] = i;
  }
  struct cell *at = cells;
  for (int i = 0; i < 3 * CELLS; i++, at = at->next) sum += at->value[i % 7];
  struct leaf *root = 0;
  uint32_t used = 0;
  for (int i = 0; i < KEYS * 2; i++) {
    seed = seed * 1103515245 + 12345;
    uint32_t key = (seed >> 8) % (KEYS * 4);
    struct leaf **place = &root;
    while (*place && (*place)->key != key) place = &(*place)->below[key > (*place)->key];
    if (*place) (*place)->count++;
    else if (used < KEYS) {
      leaves[used] = (struct leaf){{0, 0}, key, 1};
      *place = &leaves[used++];
    }
  }
  for (uint32_t i = 0; i < used; i++) sum = sum * 31 + leaves[i].count;
  return sum;
}

// Allocates, moves and frees blocks of every size in several threads at once, and looks after their contents.
#include <capos/allocate.h>
#include <capos/console.h>
#include <capos/string.h>
#include <capos/thread.h>
#include <stdbool.h>
#include <stdint.h>

#define WORKERS 3
#define BLOCKS 64
#define ROUNDS 1500

static bool holds(const unsigned char *bytes, size_t size, unsigned char value) {
  for (size_t index = 0; index < size; index += 61) {
    if (bytes[index] != value) return false;
  }
  return size == 0 || bytes[size - 1] == value;
}

// Mostly small, sometimes larger than what a chunk can hold.
static size_t pick_size(uint64_t random) { return random % 16 == 0 ? random >> 8 & 0x1ffff : random >> 8 & 0x3ff; }

static int work(void *argument) {
  uint64_t state = 88172645463325252 + *(unsigned *)argument;
  unsigned char *blocks[BLOCKS] = {0};
  size_t sizes[BLOCKS] = {0};
  int mistakes = 0;
  for (unsigned round = 0; round < ROUNDS; round++) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    unsigned slot = state % BLOCKS;
    unsigned char value = (unsigned char)(slot + *(unsigned *)argument);
    size_t size = pick_size(state);
    if (blocks[slot] != NULL && !holds(blocks[slot], sizes[slot], value)) mistakes++;
    if (state & 1 << 7) {
      unsigned char *moved = capos_reallocate(blocks[slot], size);
      if (moved == NULL) return -1;
      if (blocks[slot] != NULL && !holds(moved, size < sizes[slot] ? size : sizes[slot], value)) mistakes++;
      blocks[slot] = moved;
    } else {
      capos_free(blocks[slot]);
      blocks[slot] = state & 1 << 6 ? capos_allocate_zeroed(1, size) : capos_allocate(size);
      if (blocks[slot] == NULL) return -1;
      if (state & 1 << 6 && !holds(blocks[slot], size, 0)) mistakes++;
    }
    if (((uintptr_t)blocks[slot] & 15) != 0) mistakes++;
    sizes[slot] = size;
    memset(blocks[slot], value, size);
  }
  for (unsigned slot = 0; slot < BLOCKS; slot++) capos_free(blocks[slot]);
  return mistakes;
}

int main(void) {
  static struct capos_thread threads[WORKERS];
  static unsigned numbers[WORKERS];
  int mistakes = 0;
  for (unsigned index = 0; index < WORKERS; index++) {
    numbers[index] = index * 50;
    int error = capos_thread_create(&threads[index], work, &numbers[index], 0);
    if (error < 0) capos_fail("creating a thread", error);
  }
  for (unsigned index = 0; index < WORKERS; index++) {
    int value;
    int error = capos_thread_join(&threads[index], &value);
    if (error < 0) capos_fail("joining a thread", error);
    if (value != 0) mistakes++;
  }
  if (capos_allocate(SIZE_MAX) != NULL || capos_allocate_zeroed(SIZE_MAX / 2, 4) != NULL) mistakes++;
  capos_print("%d mistakes\n", mistakes);
  return mistakes == 0 ? 0 : 1;
}

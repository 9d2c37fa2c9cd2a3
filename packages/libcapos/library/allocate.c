// The heap. Small blocks come from free lists, one for each power of two, that are filled from mapped chunks; large ones
// are mapped and unmapped by themselves.
//
//   block   16-byte header { size class or mapped length } │ memory, 16-aligned
//   chunk   64 KiB from VirtualMemory, cut into blocks from its start on
#include <capos/allocate.h>
#include <capos/memory.h>
#include <capos/mutex.h>
#include <capos/string.h>

#define HEADER 16u
#define SMALLEST_SHIFT 5u            /* 32-byte blocks, header included */
#define LARGEST_SHIFT 15u            /* 32 KiB: anything larger is mapped by itself */
#define CHUNK_SIZE (64u * 1024u)
#define CLASSES (LARGEST_SHIFT - SMALLEST_SHIFT + 1)

struct block {
  uint64_t size; /* of the whole block */
  struct block *next;
};

static struct capos_mutex heap_lock;
static struct block *free_blocks[CLASSES];
static char *chunk_at, *chunk_end;

static unsigned class_of(uint64_t size) {
  unsigned class = 0;
  while (UINT64_C(1) << (class + SMALLEST_SHIFT) < size) class++;
  return class;
}

static struct block *map_block(uint64_t size) {
  uint64_t length = (size + CAPOS_PAGE_SIZE - 1) & ~(uint64_t)(CAPOS_PAGE_SIZE - 1);
  void *address;
  if (capos_map(length, CAPOS_READ | CAPOS_WRITE, &address) < 0) return NULL;
  struct block *block = address;
  block->size = length;
  return block;
}

// What is left of the chunk when a block does not fit becomes smaller blocks.
static void spend_chunk(void) {
  for (unsigned class = CLASSES; class-- > 0;) {
    uint64_t size = UINT64_C(1) << (class + SMALLEST_SHIFT);
    while ((uint64_t)(chunk_end - chunk_at) >= size) {
      struct block *block = (struct block *)chunk_at;
      block->size = size;
      block->next = free_blocks[class];
      free_blocks[class] = block;
      chunk_at += size;
    }
  }
}

static struct block *cut_block(unsigned class) {
  uint64_t size = UINT64_C(1) << (class + SMALLEST_SHIFT);
  if ((uint64_t)(chunk_end - chunk_at) < size) {
    spend_chunk();
    void *chunk;
    if (capos_map(CHUNK_SIZE, CAPOS_READ | CAPOS_WRITE, &chunk) < 0) return NULL;
    chunk_at = chunk;
    chunk_end = chunk_at + CHUNK_SIZE;
  }
  struct block *block = (struct block *)chunk_at;
  chunk_at += size;
  block->size = size;
  return block;
}

void *capos_allocate(size_t size) {
  if (size > SIZE_MAX / 2) return NULL;
  uint64_t needed = size + HEADER;
  struct block *block;
  if (needed > UINT64_C(1) << LARGEST_SHIFT) {
    block = map_block(needed);
  } else {
    unsigned class = class_of(needed);
    capos_mutex_lock(&heap_lock);
    block = free_blocks[class];
    if (block != NULL) free_blocks[class] = block->next;
    else block = cut_block(class);
    capos_mutex_unlock(&heap_lock);
  }
  return block == NULL ? NULL : (char *)block + HEADER;
}

void capos_free(void *memory) {
  if (memory == NULL) return;
  struct block *block = (struct block *)((char *)memory - HEADER);
  if (block->size > UINT64_C(1) << LARGEST_SHIFT) {
    capos_unmap(block, block->size);
    return;
  }
  unsigned class = class_of(block->size);
  capos_mutex_lock(&heap_lock);
  block->next = free_blocks[class];
  free_blocks[class] = block;
  capos_mutex_unlock(&heap_lock);
}

void *capos_allocate_zeroed(size_t count, size_t size) {
  size_t length;
  if (__builtin_mul_overflow(count, size, &length)) return NULL;
  void *memory = capos_allocate(length);
  return memory == NULL ? NULL : memset(memory, 0, length);
}

void *capos_reallocate(void *memory, size_t size) {
  if (memory == NULL) return capos_allocate(size);
  const struct block *block = (const struct block *)((char *)memory - HEADER);
  size_t present = block->size - HEADER;
  if (size <= present && size > present / 4) return memory;
  void *moved = capos_allocate(size);
  if (moved == NULL) return NULL;
  memcpy(moved, memory, size < present ? size : present);
  capos_free(memory);
  return moved;
}

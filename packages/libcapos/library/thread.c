// Threads: memory for one, its thread-local block from the image's PT_TLS, its start and its end.
#include <capos/memory.h>
#include <capos/schema/process.h>
#include <capos/string.h>
#include <capos/system.h>
#include <capos/thread.h>
#include "elf-layout.h"
#include "program.h"

// Lies at the thread pointer; the first word must hold its own address (psABI 3.4.6: code loads it from %fs:0).
struct capos_thread_record {
  struct capos_thread_record *self;
  capos_thread_main *entry;
  void *argument;
  int value;
};

extern const struct capos_elf_header __ehdr_start __attribute__((visibility("hidden")));

static uint64_t align_up(uint64_t value, uint64_t alignment) { return (value + alignment - 1) & ~(alignment - 1); }

// The initial contents of thread-local data.
struct tls_template {
  const void *image;
  uint64_t file_size;
  uint64_t size;      // of the block: rounded up to the segment's own alignment, as the linker's offsets assume
  uint64_t alignment; // of the thread pointer
};

static struct tls_template find_tls(void) {
  const char *image = (const char *)&__ehdr_start;
  const struct capos_elf_program_header *header = (const void *)(image + __ehdr_start.program_headers);
  struct tls_template tls = {.alignment = 16};
  // Linked at an address: program headers hold it. A static-pie is linked at 0, and its addresses are offsets.
  uint64_t base = __ehdr_start.type == CAPOS_ET_DYN ? (uint64_t)image : 0;
  for (uint16_t index = 0; index < __ehdr_start.program_header_count; index++, header++) {
    if (header->type != CAPOS_PT_TLS || header->memory_size == 0) continue;
    tls.image = (const void *)(base + header->address);
    tls.file_size = header->file_size;
    tls.size = align_up(header->memory_size, header->alignment == 0 ? 1 : header->alignment);
    if (header->alignment > tls.alignment) tls.alignment = header->alignment;
  }
  return tls;
}

static capos_cap threads_cap(void) { return capos_find("threads", CAPOS_THREAD_SPAWNER_INTERFACE_ID); }

// The first C code of a thread, in its own stack: RDI ring, RSI thread id, RDX argument.
static _Noreturn void thread_start(void *ring_page, uint64_t thread_id, struct capos_thread_record *record) {
  (void)thread_id;
  capos_thread_enter(ring_page);
  capos_thread_exit(record->entry(record->argument));
}

int capos_thread_create(struct capos_thread *thread, capos_thread_main *entry, void *argument, size_t stack_size) {
  if (stack_size == 0) stack_size = CAPOS_DEFAULT_STACK_SIZE;
  if (stack_size > SIZE_MAX / 4) return -CAPOS_ERROR_TOO_LARGE;
  struct tls_template tls = find_tls();
  uint64_t stack_end = CAPOS_PAGE_SIZE + align_up(stack_size, CAPOS_PAGE_SIZE);
  uint64_t ring_at = align_up(stack_end + tls.size + tls.alignment + sizeof(struct capos_thread_record), CAPOS_PAGE_SIZE);
  thread->length = ring_at + CAPOS_PAGE_SIZE;
  int error = capos_reserve(thread->length, &thread->memory);
  if (error < 0) return error;
  char *memory = thread->memory;
  // Everything but the lowest page, which stays without memory: running out of stack faults there.
  error = capos_commit(memory + CAPOS_PAGE_SIZE, thread->length - CAPOS_PAGE_SIZE, CAPOS_READ | CAPOS_WRITE);
  if (error == 0) {
    uint64_t thread_pointer = align_up((uint64_t)memory + stack_end + tls.size, tls.alignment);
    struct capos_thread_record *record = (struct capos_thread_record *)thread_pointer;
    memcpy((char *)thread_pointer - tls.size, tls.image, tls.file_size);
    *record = (struct capos_thread_record){.self = record, .entry = entry, .argument = argument};
    thread->record = record;
    struct capos_thread_spawner_create_params params = {
        .entry = (uint64_t)thread_start,
        // A C function expects the stack as a call leaves it: 16-aligned before the return address was pushed. Nobody
        // returns from here, and the word is zero.
        .stack = ((uint64_t)(memory + stack_end) & ~UINT64_C(15)) - 8,
        .argument = thread_pointer,
        .fs_base = thread_pointer,
        .ring = (uint64_t)(memory + ring_at),
    };
    struct capos_thread_spawner_create_results results;
    error = capos_thread_spawner_create(threads_cap(), &params, &results);
    if (error == 0) {
      thread->control = results.thread.cap;
      return 0;
    }
  }
  capos_unmap(thread->memory, thread->length);
  return error;
}

int capos_thread_join(struct capos_thread *thread, int *value) {
  int error = capos_thread_control_join(thread->control);
  if (error < 0) return error;
  if (value != NULL) *value = thread->record->value;
  capos_release(thread->control);
  return capos_unmap(thread->memory, thread->length);
}

static struct capos_thread_record *current_record(void) {
  struct capos_thread_record *record;
  __asm__("movq %%fs:0, %0" : "=r"(record));
  return record;
}

_Noreturn void capos_thread_exit(int value) {
  current_record()->value = value;
  capos_thread_spawner_exit(threads_cap());
  capos_exit(126); // the thread could not end by itself
}

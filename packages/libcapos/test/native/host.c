// Runs a capOS program natively on Linux: its system calls become messages on a pipe to the test that plays kernel.
//
//   program ──▶ fd 1   'S' ring, CapSet │ 'E' minimum, timeout │ 'D' entry │ 'X' code  three words of 8 bytes each
//   test    ──▶ fd 0   'R' address, length │ 'W' address, length, bytes │ 'C' result      before the program goes on
//
// A read or write of the test in the program's memory is done by the program itself, between its own instructions.
#include <capos/cap.h>
#include <capos/ring-layout.h>
#include <capos/string.h>
#include <capos/system.h>
#include "../../library/elf-layout.h"
#include "register-enter.h"

static char ring_page[4096] __attribute__((aligned(4096)));
static char cap_set_page[4096] __attribute__((aligned(4096)));
static char tls_block[65536] __attribute__((aligned(64)));

static long linux_call(long number, long first, long second, long third) {
  long result;
  __asm__ volatile("syscall" : "=a"(result) : "a"(number), "D"(first), "S"(second), "d"(third) : "rcx", "r11", "memory");
  return result;
}

static _Noreturn void linux_exit(int code) {
  linux_call(231, code, 0, 0);
  __builtin_unreachable();
}

static void transfer(long number, char *bytes, size_t length) {
  while (length > 0) {
    long done = linux_call(number, number == 1, (long)bytes, (long)length);
    if (done <= 0) linux_exit(99); // the test has gone
    bytes += done;
    length -= (size_t)done;
  }
}

static int64_t converse(uint64_t kind, uint64_t first, uint64_t second) {
  uint64_t words[3] = {kind, first, second};
  transfer(1, (char *)words, sizeof words);
  for (;;) {
    transfer(0, (char *)words, sizeof words);
    if (words[0] == 'R') transfer(1, (char *)words[1], words[2]);
    else if (words[0] == 'W') transfer(0, (char *)words[1], words[2]);
    else return (int64_t)words[1];
  }
}

int64_t capos_cap_enter(uint32_t minimum, uint64_t timeout_ns) { return converse('E', minimum, timeout_ns); }

// The test reads the entry's six words and writes the completion's four behind them.
struct register_completion register_enter(uint64_t operation, const void *params, uint64_t lengths, void *result,
                                          uint64_t answer, uint64_t rest) {
  struct {
    uint64_t entry[6];
    struct register_completion completion;
  } registers = {{operation, (uint64_t)params, lengths, (uint64_t)result, answer, rest}, {0}};
  converse('D', (uint64_t)&registers, 0);
  return registers.completion;
}

_Noreturn void capos_exit(int code) {
  uint64_t words[3] = {'X', (uint64_t)(unsigned)code, 0};
  transfer(1, (char *)words, sizeof words);
  linux_exit(code & 255);
}

extern const struct capos_elf_header __ehdr_start __attribute__((visibility("hidden")));
_Noreturn void capos_start(void *ring, uint64_t process_id, const struct capos_cap_set *cap_set, uint64_t *stack);

// What the kernel's loader does for the first thread: the thread-local block, below the thread pointer.
static void set_up_tls(void) {
  const char *image = (const char *)&__ehdr_start;
  const struct capos_elf_program_header *header = (const void *)(image + __ehdr_start.program_headers);
  uint64_t thread_pointer = (uint64_t)tls_block + sizeof tls_block - 64;
  for (uint16_t index = 0; index < __ehdr_start.program_header_count; index++, header++) {
    if (header->type != CAPOS_PT_TLS) continue;
    uint64_t alignment = header->alignment == 0 ? 1 : header->alignment;
    uint64_t size = (header->memory_size + alignment - 1) & ~(alignment - 1);
    if (size > sizeof tls_block - 64) linux_exit(98);
    memcpy((void *)(thread_pointer - size), (const void *)header->address, header->file_size);
  }
  *(uint64_t *)thread_pointer = thread_pointer;
  linux_call(158, 0x1002, (long)thread_pointer, 0); // arch_prctl ARCH_SET_FS
}

__attribute__((used)) static _Noreturn void host_start(uint64_t *stack) {
  set_up_tls();
  converse('S', (uint64_t)ring_page, (uint64_t)cap_set_page);
  capos_start(ring_page, 77, (const struct capos_cap_set *)cap_set_page, stack);
}

__attribute__((naked, noreturn)) void _start(void) {
  __asm__("xorl %ebp, %ebp\n\t"
          "movq %rsp, %rdi\n\t"
          "call host_start\n\t"
          "ud2");
}

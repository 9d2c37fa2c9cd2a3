// Does everything wrong on purpose, one kind of wrong per argument, and counts what was not refused. Harms only itself.
//
// Exit status 0: every attempt was refused with an error and the program still works. 1: something was let through.
// "cap-set", "ring-gone" and "thread-race" may end in a fault or anywhere else, as long as it is only this process that does.
#include <capos/console.h>
#include <capos/memory.h>
#include <capos/mutex.h>
#include <capos/ring.h>
#include <capos/schema/device.h>
#include <capos/schema/memory.h>
#include <capos/string.h>
#include <capos/thread.h>

static unsigned attempts, accepted;

static int64_t raw_system_call(uint64_t number, uint64_t first, uint64_t second) {
  int64_t result;
  __asm__ volatile("syscall" : "=a"(result) : "a"(number), "D"(first), "S"(second) : "rcx", "r11", "memory");
  return result;
}

// Counts an attempt that must have been refused.
static void expect_refusal(const char *what, int64_t result) {
  attempts++;
  if (result < 0) return;
  accepted++;
  capos_print("not refused: %s answered %ld\n", what, (long)result);
}

// Performs a hand-made submission. An exception is a refusal too.
static int64_t perform(struct capos_sqe sqe) {
  struct capos_cqe cqe;
  int error = capos_ring_perform(capos_ring_self(), &sqe, &cqe);
  if (error < 0) return error;
  return cqe.result >= 0 && (cqe.flags & CAPOS_CQE_EXCEPTION) ? -CAPOS_EXCEPTION_FAILED : cqe.result;
}

static uint64_t message[8], result[64];

// A well-formed Console.write of nothing: the starting point that each attempt spoils in one way.
static struct capos_sqe good_call(void) {
  struct capos_request request = capos_request_of(message, sizeof message, 0);
  struct capos_sqe sqe;
  capos_console_write_params_encode(&(struct capos_console_write_params){{"", 0}}, &request);
  capos_call_prepare(&sqe, capos_standard_output(), CAPOS_CONSOLE_METHOD_WRITE, &request, result, sizeof result);
  return sqe;
}

static void stale_caps(void) {
  capos_cap console = capos_standard_output();
  const capos_cap wrong[] = {0, 1, 0xffffffff, 0x000fffff, console ^ 0x00100000, console + 0x00100000, console + 1000,
                             console & 0x000fffff};
  for (unsigned index = 0; index < sizeof wrong / sizeof *wrong; index++) {
    struct capos_sqe sqe = good_call();
    sqe.cap_id = wrong[index];
    expect_refusal("a call on a made-up CapId", perform(sqe));
    expect_refusal("the release of a made-up CapId", capos_release(wrong[index]));
  }
  capos_cap timer = capos_find("timer", CAPOS_TIMER_INTERFACE_ID);
  if (timer == CAPOS_NULL_CAP) return;
  struct capos_timer_now_results now;
  if (capos_timer_now(timer, &now) < 0 || capos_release(timer) < 0) accepted++;
  expect_refusal("a call on a released capability", capos_timer_now(timer, &now));
  expect_refusal("a second release", capos_release(timer));
  struct capos_sqe sqe = good_call();
  struct capos_request request = capos_request_of(message, sizeof message, sqe.params_length);
  capos_request_transfer(&request, timer, CAPOS_TRANSFER_COPY);
  sqe.transfer_count = 1;
  expect_refusal("sending a released capability", perform(sqe));
  request = capos_request_of(message, sizeof message, sqe.params_length);
  capos_request_transfer(&request, console, 7);
  expect_refusal("a transfer mode that does not exist", perform(sqe));
}

static const uint64_t WILD[] = {0,
                                8,
                                0x7fffffff,
                                0x00007ffffffffff8,
                                0x0000800000000000,
                                0x8000000000000000,
                                0xffff800000000000,
                                0xfffffffffffffff8,
                                0xffffffffffffffff,
                                0x123456789abc,
                                0x7fffffff0000};

static void pointers(void) {
  for (unsigned index = 0; index < sizeof WILD / sizeof *WILD; index++) {
    struct capos_sqe sqe = good_call();
    sqe.params_address = WILD[index];
    expect_refusal("parameters at a wild address", perform(sqe));
    sqe = good_call();
    sqe.result_address = WILD[index];
    expect_refusal("a result at a wild address", perform(sqe));
    expect_refusal("parking on a wild address", capos_park((const uint32_t *)WILD[index], 0, 1));
  }
  struct capos_sqe sqe = good_call();
  sqe.result_address = (uint64_t)(uintptr_t)capos_exit;
  expect_refusal("a result into code", perform(sqe));
  sqe = good_call();
  sqe.result_address = (uint64_t)capos_cap_set();
  expect_refusal("a result into the CapSet", perform(sqe));
}

static void lengths(void) {
  static const uint32_t LENGTHS[] = {0x7fffffff, 0x80000000, 0xfffffff8, 0xffffffff};
  for (unsigned index = 0; index < sizeof LENGTHS / sizeof *LENGTHS; index++) {
    struct capos_sqe sqe = good_call();
    sqe.params_length = LENGTHS[index];
    expect_refusal("a length past the end of memory", perform(sqe));
    sqe = good_call();
    sqe.params_address = -(uint64_t)LENGTHS[index];
    sqe.params_length = LENGTHS[index];
    expect_refusal("a buffer that wraps around", perform(sqe));
    sqe = good_call();
    sqe.result_address = UINT64_MAX - LENGTHS[index] + 1;
    sqe.result_length = LENGTHS[index];
    expect_refusal("a result buffer that wraps around", perform(sqe));
  }
  struct capos_sqe sqe = good_call();
  sqe.transfer_count = UINT16_MAX;
  expect_refusal("more transfers than there are", perform(sqe));
  sqe = good_call();
  sqe.result_length = 1;
  expect_refusal("a result buffer of one byte", perform(sqe));
  sqe = good_call();
  sqe.method_id = 12345;
  expect_refusal("a method that does not exist", perform(sqe));
}

static void messages(void) {
  uint64_t state = 88172645463325252;
  for (unsigned round = 0; round < 500; round++) {
    struct capos_sqe sqe = good_call();
    for (unsigned word = 0; word < 8; word++) {
      state ^= state << 13;
      state ^= state >> 7;
      state ^= state << 17;
      // Half of the words look like pointers.
      message[word] = state & 0x100 ? state & 0x000000070000003f : state;
    }
    message[0] |= 2; // a far pointer is never accepted
    sqe.params_length = 8 + (round % 8) * 8;
    expect_refusal("a message of noise", perform(sqe));
  }
}

static void operations(void) {
  for (unsigned op = CAPOS_OP_POST + 1; op < 256; op++) {
    expect_refusal("an operation that does not exist", perform((struct capos_sqe){.op = (uint8_t)op}));
  }
  struct capos_sqe sqe = good_call();
  sqe.flags = 0xfc;
  expect_refusal("flags that do not exist", perform(sqe));
  sqe = good_call();
  sqe.op = CAPOS_OP_RECV;
  expect_refusal("receiving at a console", perform(sqe));
  sqe.op = CAPOS_OP_RETURN;
  sqe.answer_id = 4711;
  expect_refusal("answering a call nobody made", perform(sqe));
}

static void system_calls(void) {
  static const uint64_t NUMBERS[] = {2, 3, 60, 231, 0xffff, 0xffffffff, 0x100000000, UINT64_MAX};
  for (unsigned index = 0; index < sizeof NUMBERS / sizeof *NUMBERS; index++) {
    int64_t answered = raw_system_call(NUMBERS[index], 0, 0);
    expect_refusal("an unknown system call", answered);
    if (answered != -38) accepted++;
  }
}

static void write_execute(void) {
  void *page;
  expect_refusal("mapping writable code", capos_map(4096, CAPOS_WRITE | CAPOS_EXECUTE, &page));
  expect_refusal("mapping writable code", capos_map(4096, CAPOS_READ | CAPOS_WRITE | CAPOS_EXECUTE, &page));
  if (capos_map(4096, CAPOS_READ | CAPOS_WRITE, &page) < 0) accepted++;
  expect_refusal("making data writable code", capos_protect(page, 4096, CAPOS_READ | CAPOS_WRITE | CAPOS_EXECUTE));
  void *code = (void *)((uintptr_t)capos_exit & ~(uintptr_t)4095);
  expect_refusal("making code writable code", capos_protect(code, 4096, CAPOS_READ | CAPOS_WRITE | CAPOS_EXECUTE));
  expect_refusal("protecting what is not there", capos_protect((void *)0x10000000000, 4096, CAPOS_READ));
  expect_refusal("protecting beyond user memory", capos_protect((void *)0xffff800000000000, 4096, CAPOS_READ));
  expect_refusal("an odd address", capos_protect((char *)page + 1, 4096, CAPOS_READ));
  expect_refusal("everything there is", capos_map(SIZE_MAX & ~(size_t)4095, CAPOS_READ, &page));
}

// Thousands of submissions whose completions nobody takes, over the library's head: no completion may be lost.
static void credit(void) {
  struct capos_ring *ring = capos_ring_self();
  struct capos_ring_header *header = ring->header;
  unsigned refused = 0;
  for (unsigned round = 0; round < 5000; round++) {
    if (header->sq_tail - header->sq_head > ring->sq_mask) {
      refused++; // the queue is full, because the kernel takes nothing it has no completion slot for
    } else {
      ring->submissions[header->sq_tail & ring->sq_mask] = (struct capos_sqe){.op = CAPOS_OP_NOP, .user_data = round};
      header->sq_tail++;
    }
    raw_system_call(1, 0, 0);
  }
  if (header->cq_tail - header->cq_head > ring->cq_mask + 1) accepted++;
  unsigned taken = 0;
  for (unsigned idle = 0; idle < 3; idle++) { // what still waits in the submission queue comes after the first batch
    while (header->cq_head != header->cq_tail) {
      if (ring->completions[header->cq_head & ring->cq_mask].user_data != taken) accepted++;
      header->cq_head++;
      taken++;
    }
    raw_system_call(1, 0, 0);
  }
  ring->sq_tail = header->sq_tail;
  ring->cq_head = header->cq_head;
  attempts += refused;
  if (taken + refused != 5000) accepted++;
}

// Scribbles over each word of the header and enters the kernel. Afterwards the words that are the program's own to write
// are put back, and the ring must work again.
static void ring_header(void) {
  struct capos_ring *ring = capos_ring_self();
  volatile uint32_t *words = (volatile uint32_t *)ring->header;
  static const uint32_t NOISE[] = {0, 1, 0x7fffffff, 0x80000000, 0xffffffff, 0xdeadbeef};
  for (unsigned word = 0; word < sizeof(struct capos_ring_header) / 4; word++) {
    for (unsigned index = 0; index < sizeof NOISE / sizeof *NOISE; index++) {
      uint32_t before = words[word];
      words[word] = NOISE[index];
      raw_system_call(1, 0, 0);
      words[word] = before;
      attempts++;
    }
  }
  ring->header->sq_tail = ring->header->sq_head;
  ring->header->cq_head = ring->header->cq_tail;
  raw_system_call(1, 0, 0);
  ring->sq_tail = ring->header->sq_tail = ring->header->sq_head;
  ring->cq_head = ring->header->cq_head = ring->header->cq_tail;
  ring->outstanding = ring->kept_count = 0;
  if (perform(good_call()) < 0) accepted++;
}

static void cap_set(void) {
  capos_print("writing to the CapSet\n");
  *(volatile uint32_t *)(uintptr_t)capos_cap_set() = 0;
  accepted++;
}

static void ring_gone(void) {
  capos_print("unmapping the ring\n");
  expect_refusal("unmapping the ring", capos_unmap(capos_ring_self()->header, 4096));
}

static volatile bool race_over;

// Rewrites the submission slots of the first thread for as long as it lives.
static int rewrite(void *slots) {
  uint64_t state = 1;
  volatile uint64_t *words = slots;
  for (unsigned round = 0; !race_over; round++) {
    state = state * 6364136223846793005 + 1442695040888963407;
    words[round % (16 * 8)] = round % 3 == 0 ? state : WILD[(state >> 33) % (sizeof WILD / sizeof *WILD)];
  }
  return 0;
}

static void thread_race(void) {
  struct capos_thread thread;
  struct capos_ring *ring = capos_ring_self();
  if (capos_thread_create(&thread, rewrite, ring->submissions, 0) < 0) {
    accepted++;
    return;
  }
  for (unsigned round = 0; round < 2000; round++) {
    ring->submissions[ring->header->sq_tail & ring->sq_mask] = good_call();
    ring->header->sq_tail++;
    raw_system_call(1, 0, 0);
    ring->header->cq_head = ring->header->cq_tail;
    attempts++;
  }
  capos_exit(0); // the library no longer knows where its ring stands
}

static const struct {
  const char *name;
  void (*run)(void);
} KINDS[] = {
    {"stale-caps", stale_caps},       {"pointers", pointers},   {"lengths", lengths},
    {"messages", messages},           {"operations", operations}, {"system-calls", system_calls},
    {"write-execute", write_execute}, {"credit", credit},       {"ring-header", ring_header},
    {"cap-set", cap_set},             {"ring-gone", ring_gone}, {"thread-race", thread_race},
};

int main(int argc, char **argv) {
  for (unsigned index = 0; argc > 1 && index < sizeof KINDS / sizeof *KINDS; index++) {
    if (strcmp(argv[1], KINDS[index].name) != 0) continue;
    KINDS[index].run();
    capos_print("%s: %u attempts, %u not refused\n", argv[1], attempts, accepted);
    return accepted == 0 ? 0 : 1;
  }
  capos_print("usage: misbehave KIND, where KIND is one of:\n");
  for (unsigned index = 0; index < sizeof KINDS / sizeof *KINDS; index++) capos_print("  %s\n", KINDS[index].name);
  return 2;
}

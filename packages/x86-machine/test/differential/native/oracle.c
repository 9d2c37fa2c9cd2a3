// The native oracle: runs each case's instructions on this processor and reports the whole state they left behind.
//
// stdin:   header { u32 magic 'NORA', u32 regionCount, u32 imageBytes, u32 caseCount }
//          regions[] { u64 address, u32 bytes, u32 protection (1 read, 2 write, 4 execute) }   in image order
//          image[imageBytes]                                             the pristine contents of all regions
//          cases[] { u32 patchCount, u32 patchBytes, State, patches[] { u32 imageOffset, u32 length, bytes padded to 8 } }
// stdout:  header { u32 magic 'NORA', u32 features (1: fs/gs base can be set, 2: YMM), u32 caseCount, u32 0 }
//          results[] { u32 trap, u32 changeCount, u64 errorCode, u64 cr2, State, changes[] { u64 imageOffset, u64 word } }
//
// Every signal is taken on an alternate stack, and the frame that the kernel pushed there *is* the state after the case. The
// handler records it, overwrites it with the next case's state and returns: one signal and one sigreturn a case, no
// instruction of ours between them. A case ends at a breakpoint (0xCC, which fills the code region) or at any fault.

#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <ucontext.h>
#include <unistd.h>

#ifndef PR_SET_SYSCALL_USER_DISPATCH
#define PR_SET_SYSCALL_USER_DISPATCH 59
#define PR_SYS_DISPATCH_ON 1
#endif

enum { MAGIC = 0x41524f4e, MAX_REGIONS = 32, FEATURE_SEGMENT_BASES = 1, FEATURE_AVX = 2 };
enum { TRAP_TIMEOUT = 0x100, TRAP_SYSCALL = 0x101 };
enum { TICK_MICROSECONDS = 20000, TICKS_ALLOWED = 3 };

typedef struct {
  uint64_t gpr[16]; // hardware order: RAX RCX RDX RBX RSP RBP RSI RDI R8..R15
  uint64_t rip, rflags, fsBase, gsBase;
  uint8_t fx[512]; // FXSAVE64 image: x87, MXCSR, XMM
  uint8_t upper[256]; // the upper halves of YMM0 … YMM15
} State;

typedef struct {
  uint64_t address;
  uint32_t bytes, protection;
} Region;

static const int GREG[16] = {REG_RAX, REG_RCX, REG_RDX, REG_RBX, REG_RSP, REG_RBP, REG_RSI, REG_RDI,
                             REG_R8,  REG_R9,  REG_R10, REG_R11, REG_R12, REG_R13, REG_R14, REG_R15};

static uint32_t regionCount, imageBytes, caseCount;
static Region regions[MAX_REGIONS];
static uint8_t *working;  // what the guest sees (a second mapping of the same memory, writable here)
static uint8_t *expected; // what it would be had the case stored nothing
static uint8_t *pristine; // what every case starts from

static const uint8_t *input;
static uint8_t *output;
static size_t outputSize, outputCapacity;

static uint32_t caseIndex;
static const uint8_t *casePatches;
static uint32_t casePatchCount;
static int running, ticksInCase, segmentBases;
static uint32_t tickCase;
static uint64_t hostFsBase, hostGsBase;
static gregset_t hostRegisters;
static uint8_t hostFx[512];
static volatile uint8_t dispatchSelector = 0; // SYSCALL_DISPATCH_FILTER_ALLOW until the cases run

static uint64_t readFsBase(void) { uint64_t v; __asm__ volatile("rdfsbase %0" : "=r"(v)); return v; }
static uint64_t readGsBase(void) { uint64_t v; __asm__ volatile("rdgsbase %0" : "=r"(v)); return v; }
static void writeFsBase(uint64_t v) { __asm__ volatile("wrfsbase %0" ::"r"(v)); }
static void writeGsBase(uint64_t v) { __asm__ volatile("wrgsbase %0" ::"r"(v)); }

static void die(const char *what) {
  fprintf(stderr, "oracle: %s (%s)\n", what, strerror(errno));
  exit(2);
}

// Where the frame's extended area keeps the upper halves (the standard XSAVE format, SDM 1 §13.4), or NULL.
static uint8_t *upperHalves(uint8_t *fx) {
  uint32_t magic;
  uint64_t saved;
  memcpy(&magic, fx + 464, 4);
  memcpy(&saved, fx + 472, 8);
  return magic == 0x46505853u && (saved & 4) ? fx + 576 : NULL;
}

static void emit(const void *bytes, size_t size) {
  if (outputSize + size > outputCapacity) {
    static const char message[] = "oracle: more results than fit\n";
    if (write(2, message, sizeof message - 1) < 0) _exit(4);
    _exit(3);
  }
  memcpy(output + outputSize, bytes, size);
  outputSize += size;
}

static void record(const ucontext_t *context, uint32_t trap, uint64_t fsBase, uint64_t gsBase) {
  const greg_t *registers = context->uc_mcontext.gregs;
  size_t start = outputSize;
  struct { uint32_t trap, changeCount; uint64_t errorCode, cr2; } head = {
      trap, 0, (uint64_t)registers[REG_ERR], (uint64_t)registers[REG_CR2]};
  emit(&head, sizeof head);
  State state;
  for (int i = 0; i < 16; i++) state.gpr[i] = (uint64_t)registers[GREG[i]];
  state.rip = (uint64_t)registers[REG_RIP];
  state.rflags = (uint64_t)registers[REG_EFL];
  state.fsBase = fsBase;
  state.gsBase = gsBase;
  uint8_t *fx = (uint8_t *)context->uc_mcontext.fpregs;
  memcpy(state.fx, fx, 512);
  memset(state.upper, 0, sizeof state.upper);
  uint64_t inUse = 0;
  if (upperHalves(fx)) memcpy(&inUse, fx + 512, 8);
  if (inUse & 4) memcpy(state.upper, upperHalves(fx), sizeof state.upper);
  emit(&state, sizeof state);
  uint32_t changes = 0;
  for (uint32_t page = 0; page < imageBytes; page += 4096) {
    if (memcmp(working + page, expected + page, 4096) == 0) continue;
    for (uint64_t at = page; at < page + 4096; at += 8) {
      uint64_t word, before;
      memcpy(&word, working + at, 8);
      memcpy(&before, expected + at, 8);
      if (word == before) continue;
      emit(&at, 8);
      emit(&word, 8);
      memcpy(working + at, pristine + at, 8);
      changes++;
    }
  }
  memcpy(output + start + 4, &changes, 4);
  const uint8_t *patch = casePatches;
  for (uint32_t i = 0; i < casePatchCount; i++) {
    uint32_t at, length;
    memcpy(&at, patch, 4);
    memcpy(&length, patch + 4, 4);
    memcpy(working + at, pristine + at, length);
    memcpy(expected + at, pristine + at, length);
    patch += 8 + ((length + 7) & ~7u);
  }
}

// Puts the next case's state in the frame; false when there is none left.
static int prepare(ucontext_t *context, uint64_t *fsBase, uint64_t *gsBase) {
  if (caseIndex == caseCount) return 0;
  uint32_t patchBytes;
  State state;
  memcpy(&casePatchCount, input, 4);
  memcpy(&patchBytes, input + 4, 4);
  memcpy(&state, input + 8, sizeof state);
  casePatches = input + 8 + sizeof state;
  input = casePatches + patchBytes;
  const uint8_t *patch = casePatches;
  for (uint32_t i = 0; i < casePatchCount; i++) {
    uint32_t at, length;
    memcpy(&at, patch, 4);
    memcpy(&length, patch + 4, 4);
    memcpy(working + at, patch + 8, length);
    memcpy(expected + at, patch + 8, length);
    patch += 8 + ((length + 7) & ~7u);
  }
  greg_t *registers = context->uc_mcontext.gregs;
  for (int i = 0; i < 16; i++) registers[GREG[i]] = (greg_t)state.gpr[i];
  registers[REG_RIP] = (greg_t)state.rip;
  registers[REG_EFL] = (greg_t)state.rflags;
  registers[REG_ERR] = registers[REG_TRAPNO] = registers[REG_CR2] = 0;
  uint8_t *fx = (uint8_t *)context->uc_mcontext.fpregs;
  memcpy(fx, state.fx, 464); // bytes 464..511 describe the extended area to the kernel
  // Without these bits XRSTOR would load the initial state instead of ours (SDM 1 §13.8).
  uint64_t present = 3;
  if (upperHalves(fx)) {
    present = 7;
    memcpy(upperHalves(fx), state.upper, sizeof state.upper);
  }
  uint32_t magic;
  memcpy(&magic, fx + 464, 4);
  if (magic == 0x46505853u) memcpy(fx + 512, &present, 8);
  *fsBase = state.fsBase;
  *gsBase = state.gsBase;
  ticksInCase = 0;
  return 1;
}

__attribute__((used)) static void handle(int signal, siginfo_t *info, void *frame) {
  (void)info;
  ucontext_t *context = frame;
  uint64_t fsBase = hostFsBase, gsBase = hostGsBase;
  if (segmentBases) {
    fsBase = readFsBase();
    gsBase = readGsBase();
  }
  if (signal == SIGALRM) {
    if (!running) return;
    if (tickCase != caseIndex) {
      tickCase = caseIndex;
      ticksInCase = 0;
    }
    if (++ticksInCase <= TICKS_ALLOWED) return;
  }
  if (!running) {
    if (signal != SIGTRAP) _exit(5);
    memcpy(hostRegisters, context->uc_mcontext.gregs, sizeof hostRegisters);
    memcpy(hostFx, context->uc_mcontext.fpregs, 464);
    running = 1;
  } else {
    uint32_t trap = signal == SIGALRM  ? TRAP_TIMEOUT
                    : signal == SIGSYS ? TRAP_SYSCALL
                                       : (uint32_t)context->uc_mcontext.gregs[REG_TRAPNO];
    record(context, trap, fsBase, gsBase);
    caseIndex++;
  }
  fsBase = hostFsBase;
  gsBase = hostGsBase;
  if (!prepare(context, &fsBase, &gsBase)) {
    running = 0;
    dispatchSelector = 0;
    memcpy(context->uc_mcontext.gregs, hostRegisters, sizeof hostRegisters);
    memcpy(context->uc_mcontext.fpregs, hostFx, 464);
  }
  if (segmentBases) {
    writeFsBase(fsBase);
    writeGsBase(gsBase);
  }
}

// A case may have left AC, NT or ID set; the kernel does not clear them for a handler, and AC would fault in compiled code.
void handlerEntry(int signal, siginfo_t *info, void *frame);
__asm__(".text\n"
        "handlerEntry:\n"
        "  pushfq\n"
        "  andq $~0x244000, (%rsp)\n"
        "  popfq\n"
        "  jmp handle\n");

static void readExactly(void *into, size_t size) {
  for (size_t done = 0; done < size;) {
    ssize_t n = read(0, (uint8_t *)into + done, size - done);
    if (n <= 0) die("input ended early");
    done += (size_t)n;
  }
}

static uint8_t *readToEnd(size_t *size) {
  size_t capacity = 1 << 20, used = 0;
  uint8_t *bytes = malloc(capacity);
  for (;;) {
    if (!bytes) die("out of memory");
    ssize_t n = read(0, bytes + used, capacity - used);
    if (n < 0) die("reading cases");
    if (n == 0) break;
    used += (size_t)n;
    if (used == capacity) bytes = realloc(bytes, capacity *= 2);
  }
  *size = used;
  return bytes;
}

int main(void) {
  uint32_t header[4];
  readExactly(header, sizeof header);
  regionCount = header[1];
  imageBytes = header[2];
  caseCount = header[3];
  if (header[0] != MAGIC || regionCount > MAX_REGIONS || imageBytes % 4096) die("not a case file");
  readExactly(regions, regionCount * sizeof(Region));

  int memory = memfd_create("image", 0);
  if (memory < 0 || ftruncate(memory, imageBytes) < 0) die("memfd");
  working = mmap(NULL, imageBytes, PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0);
  expected = malloc(imageBytes);
  pristine = malloc(imageBytes);
  if (working == MAP_FAILED || !expected || !pristine) die("image");
  readExactly(pristine, imageBytes);
  memcpy(working, pristine, imageBytes);
  memcpy(expected, pristine, imageBytes);
  off_t offset = 0;
  for (uint32_t i = 0; i < regionCount; i++) {
    int protection = (regions[i].protection & 1 ? PROT_READ : 0) | (regions[i].protection & 2 ? PROT_WRITE : 0) |
                     (regions[i].protection & 4 ? PROT_EXEC : 0);
    // Populated: a page that the kernel had yet to fill in would report "not present" where "protection" is meant.
    void *at = (void *)regions[i].address;
    if (mmap(at, regions[i].bytes, protection, MAP_SHARED | MAP_FIXED_NOREPLACE | MAP_POPULATE, memory, offset) != at) die("mapping a region");
    offset += regions[i].bytes;
  }

  size_t inputSize;
  input = readToEnd(&inputSize);
  // Nearly all cases change nothing or a word; room for those that fill whole pages costs address space only.
  outputCapacity = 64 + (size_t)caseCount * (24 + sizeof(State) + 512) + (1ul << 30);
  output = mmap(NULL, outputCapacity, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (output == MAP_FAILED) die("out of memory");

  segmentBases = (getauxval(AT_HWCAP2) & 2) != 0;
  if (segmentBases) {
    hostFsBase = readFsBase();
    hostGsBase = readGsBase();
  }
  __builtin_cpu_init();
  uint32_t features = (segmentBases ? FEATURE_SEGMENT_BASES : 0) | (__builtin_cpu_supports("avx") ? FEATURE_AVX : 0);
  uint32_t reply[4] = {MAGIC, features, caseCount, 0};
  emit(reply, sizeof reply);

  static uint8_t alternateStack[1 << 16] __attribute__((aligned(64)));
  stack_t stack = {.ss_sp = alternateStack, .ss_size = sizeof alternateStack};
  if (sigaltstack(&stack, NULL) < 0) die("sigaltstack");
  struct sigaction action = {.sa_sigaction = handlerEntry, .sa_flags = SA_SIGINFO | SA_ONSTACK};
  sigfillset(&action.sa_mask);
  const int signals[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGTRAP, SIGALRM, SIGSYS};
  for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++)
    if (sigaction(signals[i], &action, NULL) < 0) die("sigaction");
  struct itimerval tick = {{0, TICK_MICROSECONDS}, {0, TICK_MICROSECONDS}};
  if (setitimer(ITIMER_REAL, &tick, NULL) < 0) die("setitimer");
  // A system call from anywhere but the host's own mappings (all above 0x5000_0000_0000) becomes SIGSYS. Kernels without
  // this leave it to the generator never to produce one.
  if (prctl(PR_SET_SYSCALL_USER_DISPATCH, PR_SYS_DISPATCH_ON, 0x500000000000ul, 0x300000000000ul, &dispatchSelector) == 0)
    dispatchSelector = 1;
  __asm__ volatile("int3" ::: "memory");
  dispatchSelector = 0;
  memset(&tick, 0, sizeof tick);
  setitimer(ITIMER_REAL, &tick, NULL);

  for (size_t done = 0; done < outputSize;) {
    ssize_t n = write(1, output + done, outputSize - done);
    if (n < 0) die("writing results");
    done += (size_t)n;
  }
  return 0;
}

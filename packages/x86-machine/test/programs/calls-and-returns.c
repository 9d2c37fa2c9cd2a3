// Calls and returns that a shadow of the stack would get wrong: deep ones, ones that never return, other stacks, other places to return to.
//
// Functions lie in pages of their own, so that regions leave some of them out.

typedef unsigned long u64;

#define FAR __attribute__((noinline, noclone, aligned(0x20000)))

static volatile u64 sink;

// ---- deep

// Through more pages than a region has.
#define STEP(number, next)                                                                \
  static __attribute__((noinline, noclone, aligned(0x1000))) u64 step##number(u64 depth, u64 seed) { \
    return depth == 0 ? seed : (step##next(depth - 1, seed * 3 + number) ^ depth) + 1;     \
  }
static u64 step0(u64 depth, u64 seed);
STEP(23, 0) STEP(22, 23) STEP(21, 22) STEP(20, 21)
STEP(19, 20) STEP(18, 19) STEP(17, 18) STEP(16, 17)
STEP(15, 16) STEP(14, 15) STEP(13, 14) STEP(12, 13)
STEP(11, 12) STEP(10, 11) STEP(9, 10) STEP(8, 9)
STEP(7, 8) STEP(6, 7) STEP(5, 6) STEP(4, 5)
STEP(3, 4) STEP(2, 3) STEP(1, 2) STEP(0, 1)
static u64 down(u64 depth, u64 seed) { return step0(depth, seed); }

static FAR u64 tree(u64 depth) { return depth < 2 ? 1 : tree(depth - 1) + tree(depth - 2) + (sink & 0); }

// ---- never returned from

static void *landing[5];
static FAR u64 fall(u64 depth) {
  if (depth == 0) __builtin_longjmp(landing, 1);
  return fall(depth - 1) + depth;
}
static FAR u64 leap(u64 depth) {
  if (__builtin_setjmp(landing)) return 7;
  return fall(depth);
}

// ---- other stacks

static u64 stacks[2][512];
static u64 *pointers[2];
void switch_stacks(u64 **from, u64 *to);
asm(".text\n.balign 0x20000\nswitch_stacks:\n"
    "push %rbx\npush %rbp\npush %r12\npush %r13\npush %r14\npush %r15\n"
    "mov %rsp, (%rdi)\nmov %rsi, %rsp\n"
    "pop %r15\npop %r14\npop %r13\npop %r12\npop %rbp\npop %rbx\nret\n");
static FAR u64 deeper(u64 depth, u64 value) {
  if (depth == 0) {
    sink += value;
    switch_stacks(&pointers[1], pointers[0]);
    return sink;
  }
  return deeper(depth - 1, value + depth) + 1;
}
static void coroutine(void) {
  for (u64 round = 0;; round++) sink ^= deeper(round & 7, round);
}
static FAR u64 resume(u64 depth) {
  if (depth == 0) {
    switch_stacks(&pointers[0], pointers[1]);
    return sink;
  }
  return resume(depth - 1) * 3 + depth;
}
static u64 alternate(u64 rounds) {
  u64 *top = &stacks[1][504];
  *--top = 0;
  *--top = (u64)coroutine;
  pointers[1] = top - 6;
  u64 sum = 0;
  for (u64 i = 0; i < rounds; i++) sum = sum * 31 + resume(i & 3);
  return sum;
}

// ---- other places to return to

u64 skipped(u64 value);
u64 skips(u64 value);
asm(".balign 0x20000\nskips:\nadd $5, %rax\ntestb $3, %al\njz 1f\naddq $4, (%rsp)\n1: ret\n"
    ".balign 0x20000\nskipped:\nmov %rdi, %rax\ncall skips\nadd $64, %rax\ncall skips\nadd $32, %rax\nret\n"
    // A call for nothing but its return address, and a return that is a jump.
    ".balign 0x20000\njumps:\ncall 1f\n1: pop %rcx\nlea 2f-1b(%rcx), %rcx\npush %rcx\nret\n2: lea 1(%rdi), %rax\nret\n");
u64 jumps(u64 value);

// ---- something else set behind

static FAR double scaled(double value, u64 round) {
  unsigned control = round % 5 == 2 ? 0x3f80 : round % 5 == 4 ? 0x1fa0 : 0x1f80;
  asm volatile("ldmxcsr %0" : : "m"(control));
  return value * 1.1;
}
static double sums(u64 rounds) {
  double sum = 0.1;
  for (u64 i = 0; i < rounds; i++) sum = sum / 3 + scaled(sum, i) + 1e-3;
  scaled(1, 0);
  return sum;
}

typedef u64 (*function)(u64);
static const function table[] = {tree, leap, jumps, skipped};

static void print(u64 value) {
  char text[17];
  for (int i = 0; i < 16; i++) text[i] = "0123456789abcdef"[(value >> (60 - 4 * i)) & 15];
  text[16] = '\n';
  u64 result;
  asm volatile("syscall" : "=a"(result) : "a"(1), "D"(1), "S"(text), "d"(17) : "rcx", "r11", "memory");
}

void _start(void) {
  u64 hash = 1;
  for (u64 round = 0; round < 6; round++) {
    hash = hash * 31 + down(40 + round * 7, round);
    hash = hash * 31 + leap(3 + round * 4);
    hash = hash * 31 + tree(5 + (round & 3));
    for (u64 i = 0; i < 12; i++) hash = hash * 31 + table[(i + round) & 3](i & 7);
    print(hash);
  }
  print(hash = hash * 31 + alternate(60));
  double sum = sums(60);
  u64 bits;
  __builtin_memcpy(&bits, &sum, 8);
  print(hash ^ bits);
  print(down(DEPTH, 9));
  asm volatile("syscall" : : "a"(60), "D"(hash & 63));
  __builtin_unreachable();
}

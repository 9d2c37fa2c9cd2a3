// A little of everything that compilers emit: bytes and words, carries, switches, function pointers, doubles, 128-bit
// products, divisions, strings of zeros and ones. Prints one hash for each part; the status is 0.
typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long u64;

static long call(long number, long a, long b, long c) {
  long result;
  __asm__ volatile("syscall" : "=a"(result) : "a"(number), "D"(a), "S"(b), "d"(c) : "rcx", "r11", "memory");
  return result;
}

static void print(u64 value) {
  char text[17];
  for (int i = 15; i >= 0; i--, value >>= 4) text[i] = "0123456789abcdef"[value & 15];
  text[16] = '\n';
  call(1, 1, (long)text, 17);
}

static u32 state = 1;
static u32 next(void) { return state = state * 1664525u + 1013904223u; }

static u32 crc(const u8 *bytes, int length) {
  u32 c = ~0u;
  for (int i = 0; i < length; i++) {
    c ^= bytes[i];
    for (int bit = 0; bit < 8; bit++) c = (c >> 1) ^ (0xedb88320u & -(c & 1));
  }
  return ~c;
}

static int ascending(u32 a, u32 b) { return a < b; }
static int descending(u32 a, u32 b) { return (int)a > (int)b; }
static int (*volatile orders[2])(u32, u32) = {ascending, descending};

static void sort(u32 *from, long low, long high, int (*before)(u32, u32)) {
  if (low >= high) return;
  u32 pivot = from[(low + high) / 2];
  long i = low, j = high;
  while (i <= j) {
    while (before(from[i], pivot)) i++;
    while (before(pivot, from[j])) j--;
    if (i <= j) {
      u32 held = from[i];
      from[i++] = from[j];
      from[j--] = held;
    }
  }
  sort(from, low, j, before);
  sort(from, i, high, before);
}

/** A machine of eight operations over four registers: a jump table. */
static u64 interpret(const u8 *code, int length) {
  u64 r[4] = {1, 2, 3, 4};
  for (int at = 0; at < length; at++) {
    u64 *a = &r[code[at] >> 3 & 3];
    u64 b = r[code[at] >> 5 & 3];
    switch (code[at] & 7) {
      case 0: *a += b; break;
      case 1: *a -= b; break;
      case 2: *a ^= b << (b & 31); break;
      case 3: *a = *a >> 7 | *a << 57; break;
      case 4: *a *= b | 1; break;
      case 5: *a = (short)b; break;
      case 6: *a = b ? *a / (b | 1) : 9; break;
      default: *a = (u64)((unsigned __int128)*a * b >> 64); break;
    }
  }
  return r[0] ^ r[1] ^ r[2] ^ r[3];
}

static u64 bits(double value) {
  u64 result;
  __builtin_memcpy(&result, &value, 8);
  return result;
}

static double series(int terms) {
  double sum = 0;
  for (int i = 1; i < terms; i++) sum += (i & 1 ? 1.0 : -1.0) / i;
  return sum;
}

static u64 wide(u64 a, int rounds) {
  unsigned __int128 sum = a;
  for (int i = 0; i < rounds; i++) sum = sum * 6364136223846793005ul + (u64)(sum >> 64);
  return (u64)sum ^ (u64)(sum >> 64);
}

static u64 shifts(int rounds) {
  u64 sum = 0;
  for (int i = 0; i < rounds; i++) {
    u32 v = next();
    u8 b = (u8)v;
    u16 w = (u16)(v >> 8);
    b = (u8)(b << (v & 7) | b >> (8 - (v & 7)));
    w = (u16)((short)w >> (v >> 28));
    sum += b + (u64)w * 3 + (v >> (v >> 27)) + (v >> 31) + (v ? __builtin_ctz(v) : 7);
    sum = (sum << 5) | (sum >> 59);
  }
  return sum;
}

static u8 buffer[4096];
static u32 numbers[1000];

void _start(void) {
  for (int i = 0; i < 4096; i++) buffer[i] = (u8)(i * 7 + 3);
  print(crc(buffer, 4096));
  for (int order = 0; order < 2; order++) {
    for (int i = 0; i < 1000; i++) numbers[i] = next();
    sort(numbers, 0, 999, orders[order]);
    u64 hash = 0;
    for (int i = 0; i < 1000; i++) hash = hash * 31 + numbers[i];
    print(hash);
  }
  print(interpret(buffer, 4096));
  print(bits(series(3000)));
  print(wide(7, 2000));
  print(shifts(3000));
  call(60, 0, 0, 0);
}

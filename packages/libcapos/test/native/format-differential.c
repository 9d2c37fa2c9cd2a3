// Compares capos_format with the host's snprintf on many values. Exit status 0 when every text is equal; else prints some.
#include <capos/format.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static unsigned different;
static char theirs[4096], ours[4096];

static void compare(const char *format, int their_length, int our_length) {
  if (their_length == our_length && strcmp(theirs, ours) == 0) return;
  if (different++ < 10) printf("%s\n  host  %d %s\n  capos %d %s\n", format, their_length, theirs, our_length, ours);
}

#define BOTH(format, ...) \
  compare(format, snprintf(theirs, sizeof theirs, format, __VA_ARGS__), capos_format(ours, sizeof ours, format, __VA_ARGS__))

static uint64_t state = 88172645463325252;
static uint64_t next(void) {
  state ^= state << 13;
  state ^= state >> 7;
  return state ^= state << 17;
}

// Not 999999.5: before version 2.37 glibc prints it wrong under %#g (the zeros that # keeps get lost with the carry).
static void doubles(void) {
  static const char *const FORMATS[] = {"%f", "%e", "%g", "%.0f", "%.17g", "%.3e", "%+010.2f", "%-20.5g|",
                                        "%#.0f", "%#g", "%.40f", "%G", "% .1e", "%.0e", "%.300f", "%25.1f"};
  static const double EDGES[] = {0, -0.0, 0.5, 1.5, 2.5, 9.5, 99.95, 1e300, 5e-324, 2.2250738585072014e-308,
                                 1.7976931348623157e308, 0.1, 1e15, 1e16, 123456789, 0.00001234, 1.0 / 0.0, -1.0 / 0.0};
  for (unsigned round = 0; round < 20000; round++) {
    uint64_t bits = next();
    if (round % 3 == 0) bits = (bits & 0x800fffffffffffff) | (1000 + bits % 60) << 52;
    double value;
    memcpy(&value, &bits, 8);
    if (round % 7 == 0) value = (double)(int64_t)(bits % 100000) / (round % 5 ? 8 : 100);
    if (round < sizeof EDGES / sizeof *EDGES) value = EDGES[round];
    if (value != value) continue; // the sign of a NaN is printed by some
    for (unsigned index = 0; index < 16; index++) {
      if (round < 200 || index == round % 16) BOTH(FORMATS[index], value);
    }
  }
}

static void integers(void) {
  for (unsigned round = 0; round < 5000; round++) {
    uint64_t value = next() >> (round % 64);
    BOTH("%d|%5d|%-8d|%08d|%+d|% d|%.3d|%8.5d", (int)value, (int)value, (int)value, (int)value, (int)value, (int)value,
         (int)value, (int)value);
    BOTH("%ld %lld %zd %hd %hhd", (long)value, (long long)value, (ssize_t)value, (short)value, (signed char)value);
    BOTH("%u %lu %x %lX %#x %#o %lo %016lx", (unsigned)value, (unsigned long)value, (unsigned)value, (unsigned long)value,
         (unsigned)value, (unsigned)value, (unsigned long)value, (unsigned long)value);
  }
  BOTH("%d %i %.0d|%5.0d|%x", INT32_MIN, 0, 0, 0, 0);
  BOTH("%*d|%-*d|%.*d|%.*d", 7, 42, 7, 42, 5, 42, -1, 42);
}

static void strings(void) {
  BOTH("%s|%10s|%-10s|%.3s|%10.2s|%c|%5c|%%", "hello", "hello", "hello", "hello", "hello", 'x', 'y');
  BOTH("%.*s%s", 3, "not terminated here", "");
  char small_theirs[4], small_ours[4];
  int their_length = snprintf(small_theirs, 4, "%s", "longer than four");
  int our_length = capos_format(small_ours, 4, "%s", "longer than four");
  if (their_length != our_length || memcmp(small_theirs, small_ours, 4) != 0) different++;
  if (capos_format(ours, sizeof ours, "%d %y", 1) != -1) different++; // an unknown conversion
}

int main(void) {
  doubles();
  integers();
  strings();
  return different == 0 ? 0 : 1;
}

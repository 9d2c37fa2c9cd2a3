// Calls within calls: Fibonacci, the towers of Hanoi, Ackermann's function, the eight queens.
#include "start.h"

static uint32_t moves[3];

__attribute__((noinline)) static uint32_t fibonacci(uint32_t n) { return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2); }

__attribute__((noinline)) static void hanoi(int disks, int from, int to) {
  if (disks == 0) return;
  int other = 3 - from - to;
  hanoi(disks - 1, from, other);
  moves[to] += disks;
  hanoi(disks - 1, other, to);
}

__attribute__((noinline)) static uint32_t ackermann(uint32_t m, uint32_t n) {
  if (m == 0) return n + 1;
  return ackermann(m - 1, n == 0 ? 1 : ackermann(m, n - 1));
}

__attribute__((noinline)) static uint32_t queens(uint32_t columns, uint32_t left, uint32_t right, int row) {
  if (row == 8) return 1;
  uint32_t count = 0;
  for (uint32_t free = ~(columns | left | right) & 255; free; free &= free - 1) {
    uint32_t place = free & -free;
    count += queens(columns | place, (left | place) << 1, (right | place) >> 1, row + 1);
  }
  return count;
}

static uint32_t run(void) {
  moves[0] = moves[1] = moves[2] = 0;
  hanoi(15, 0, 2);
  return fibonacci(25) + ackermann(2, 120) + queens(0, 0, 0, 0) * 1000 + moves[0] + moves[2];
}

// Extended precision on the x87 stack: a series, a polynomial by Horner's rule, square roots, conversions to and fro.
#include "start.h"

static long double coefficients[8] = {1.0L, 0.5L, 0.25L, -0.125L, 0.0625L, -0.03125L, 0.3L, 0.7L};

static long double root(long double x) {
  __asm__("fsqrt" : "+t"(x));
  return x;
}

static uint32_t run(void) {
  long double sum = 0, quarter_pi = 0;
  for (int i = 0; i < 30000; i++) quarter_pi += (i & 1 ? -1.0L : 1.0L) / (2 * i + 1);
  for (int i = 0; i < 6000; i++) {
    long double x = i * 0.0001L, value = 0;
    for (int k = 0; k < 8; k++) value = value * x + coefficients[k];
    sum += root(value * value + 1) - (double)value;
    sum += (int)(value * 100) & 3;
  }
  return (uint32_t)(int64_t)(sum * 1e6L) + (uint32_t)(int64_t)(quarter_pi * 4e9L);
}

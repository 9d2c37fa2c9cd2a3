// Doubles: five bodies under gravity, and a corner of the Mandelbrot set.
#include "start.h"

struct body {
  double x[3], v[3], mass;
};

static struct body bodies[5];

static double root(double x) {
  __asm__("sqrtsd %0, %0" : "+x"(x));
  return x;
}

static uint32_t run(void) {
  for (int i = 0; i < 5; i++)
    for (int k = 0; k < 3; k++) {
      bodies[i].x[k] = i * 1.5 + k * 0.3;
      bodies[i].v[k] = (i - k) * 0.01;
      bodies[i].mass = 1.0 / (i + 1);
    }
  for (int step = 0; step < 6000; step++) {
    for (int i = 0; i < 5; i++)
      for (int j = i + 1; j < 5; j++) {
        double d[3], square = 0.01;
        for (int k = 0; k < 3; k++) {
          d[k] = bodies[i].x[k] - bodies[j].x[k];
          square += d[k] * d[k];
        }
        double magnitude = 0.001 / (square * root(square));
        for (int k = 0; k < 3; k++) {
          bodies[i].v[k] -= d[k] * bodies[j].mass * magnitude;
          bodies[j].v[k] += d[k] * bodies[i].mass * magnitude;
        }
      }
    for (int i = 0; i < 5; i++)
      for (int k = 0; k < 3; k++) bodies[i].x[k] += 0.001 * bodies[i].v[k];
  }
  uint32_t inside = 0;
  for (int row = 0; row < 60; row++)
    for (int column = 0; column < 60; column++) {
      double cx = column / 30.0 - 1.5, cy = row / 30.0 - 1.0, x = 0, y = 0;
      int n = 0;
      for (; n < 60 && x * x + y * y < 4; n++) {
        double next = x * x - y * y + cx;
        y = 2 * x * y + cy;
        x = next;
      }
      inside += n;
    }
  return inside + (uint32_t)(int64_t)(bodies[0].x[0] * 1e6);
}

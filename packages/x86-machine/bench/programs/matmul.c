// A product of two matrices of doubles, and a system of equations solved by elimination: rows walked in step.
#include "start.h"

#define SIZE 96

static double left[SIZE][SIZE], right[SIZE][SIZE], product[SIZE][SIZE], right_side[SIZE];

static uint32_t run(void) {
  for (int i = 0; i < SIZE; i++)
    for (int j = 0; j < SIZE; j++) {
      left[i][j] = (i * 7 + j * 3) % 11 - 4.5;
      right[i][j] = (i * 5 + j) % 13 + 0.25;
    }
  for (int i = 0; i < SIZE; i++)
    for (int j = 0; j < SIZE; j++) {
      double cell = 0;
      for (int k = 0; k < SIZE; k++) cell += left[i][k] * right[k][j];
      product[i][j] = cell + (i == j ? 5000 : 0);
    }
  for (int i = 0; i < SIZE; i++) right_side[i] = i - 20.5;
  for (int pivot = 0; pivot < SIZE; pivot++)
    for (int row = pivot + 1; row < SIZE; row++) {
      double factor = product[row][pivot] / product[pivot][pivot];
      for (int column = pivot; column < SIZE; column++) product[row][column] -= factor * product[pivot][column];
      right_side[row] -= factor * right_side[pivot];
    }
  double trace = 0;
  for (int i = 0; i < SIZE; i++) trace += right_side[i] / product[i][i];
  return (uint32_t)(int64_t)(trace * 1e9);
}

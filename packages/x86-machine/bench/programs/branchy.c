// Integer code that branches: a list reversed and summed, a bitwise CRC, a state machine over a jump table, a small matrix
// product, calls through a table of functions.
#include "start.h"

struct node {
  struct node *next;
  int value;
};

static struct node pool[1000];
static uint8_t bytes[4096];
static int matrix[3][20][20];

static uint16_t crc16(const uint8_t *at, int count) {
  uint16_t crc = 0xffff;
  while (count--) {
    crc ^= *at++;
    for (int bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ 0xa001 : crc >> 1;
  }
  return crc;
}

static int increment(int x) { return x + 1; }
static int mix(int x) { return x ^ 3; }
static int scale(int x) { return x * 5; }
static int halve(int x) { return x >> 1; }
static int (*volatile table[4])(int) = {increment, mix, scale, halve};

static uint32_t run(void) {
  uint32_t sum = 0;
  for (int i = 0; i < 4096; i++) bytes[i] = i * 7;
  for (int round = 0; round < 20; round++) {
    for (int i = 0; i < 1000; i++) pool[i] = (struct node){i < 999 ? &pool[i + 1] : 0, i ^ round};
    struct node *list = pool, *reversed = 0;
    while (list) {
      struct node *next = list->next;
      list->next = reversed;
      reversed = list;
      list = next;
    }
    for (; reversed; reversed = reversed->next) sum += reversed->value;
    sum += crc16(bytes, 4096);
    int state = 0;
    for (int i = 0; i < 4096; i++) {
      switch ((bytes[i] ^ state) & 7) {
        case 0: state += 1; break;
        case 1: state ^= 5; break;
        case 2: state = sum & 15; break;
        case 3: sum += state; break;
        case 4: state *= 3; break;
        case 5: sum ^= i; break;
        case 6: state >>= 1; break;
        default: state = i & 3;
      }
    }
    for (int i = 0; i < 20; i++)
      for (int j = 0; j < 20; j++) {
        int cell = 0;
        for (int k = 0; k < 20; k++) cell += matrix[0][i][k] * matrix[1][k][j];
        matrix[2][i][j] = cell + round;
        matrix[0][i][j] = (matrix[0][i][j] + cell + i) & 255;
        matrix[1][i][j] ^= round;
      }
    for (int i = 0; i < 4000; i++) sum = table[(sum + i) & 3](sum);
  }
  return sum;
}

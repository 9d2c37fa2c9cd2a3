// An interpreter of a small stack machine that dispatches through a table of functions, and the same through computed jumps.
#include "start.h"

enum { PUSH, ADD, SUB, MUL, LOAD, STORE, LESS, JUMP_IF, JUMP, HALT };

struct machine {
  const int *code;
  int at, top, running;
  int stack[32], variables[8];
};

#define OPERATION(name) static void name(struct machine *m)
OPERATION(op_push) { m->stack[m->top++] = m->code[m->at++]; }
OPERATION(op_add) { m->top--; m->stack[m->top - 1] += m->stack[m->top]; }
OPERATION(op_sub) { m->top--; m->stack[m->top - 1] -= m->stack[m->top]; }
OPERATION(op_mul) { m->top--; m->stack[m->top - 1] *= m->stack[m->top]; }
OPERATION(op_load) { m->stack[m->top++] = m->variables[m->code[m->at++]]; }
OPERATION(op_store) { m->variables[m->code[m->at++]] = m->stack[--m->top]; }
OPERATION(op_less) { m->top--; m->stack[m->top - 1] = m->stack[m->top - 1] < m->stack[m->top]; }
OPERATION(op_jump_if) { int to = m->code[m->at++]; if (m->stack[--m->top]) m->at = to; }
OPERATION(op_jump) { m->at = m->code[m->at]; }
OPERATION(op_halt) { m->running = 0; }

static void (*const operations[])(struct machine *) = {
  op_push, op_add, op_sub, op_mul, op_load, op_store, op_less, op_jump_if, op_jump, op_halt,
};

// i = 0; s = 1; while (i < 4000) { s = s * 5 - i; i = i + 1; }
static const int program[] = {
  PUSH, 0, STORE, 0, PUSH, 1, STORE, 1, JUMP, 23,
  LOAD, 1, PUSH, 5, MUL, LOAD, 0, SUB, STORE, 1, JUMP, 33, HALT,
  LOAD, 0, PUSH, 4000, LESS, JUMP_IF, 10, HALT, HALT, HALT,
  LOAD, 0, PUSH, 1, ADD, STORE, 0, JUMP, 23,
};

static int threaded(const int *code) {
  static const void *const labels[] = {&&push, &&add, &&sub, &&mul, &&load, &&store, &&less, &&jump_if, &&jump, &&halt};
  int stack[32], variables[8] = {0}, *top = stack;
  const int *at = code;
#define NEXT goto *labels[*at++]
  NEXT;
push: *top++ = *at++; NEXT;
add: top--; top[-1] += *top; NEXT;
sub: top--; top[-1] -= *top; NEXT;
mul: top--; top[-1] *= *top; NEXT;
load: *top++ = variables[*at++]; NEXT;
store: variables[*at++] = *--top; NEXT;
less: top--; top[-1] = top[-1] < *top; NEXT;
jump_if: { int to = *at++; if (*--top) at = code + to; } NEXT;
jump: at = code + *at; NEXT;
halt: return variables[1];
}

static uint32_t run(void) {
  uint32_t sum = 0;
  for (int round = 0; round < 3; round++) {
    struct machine m = {program, 0, 0, 1, {0}, {0}};
    while (m.running) operations[m.code[m.at++]](&m);
    sum += m.variables[1] + threaded(program);
  }
  return sum;
}

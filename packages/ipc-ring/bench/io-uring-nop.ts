// io_uring's NOP, natively: the rival of ours. A C program over the bare system calls, compiled when the bench runs; left out
// where there is no C compiler, or the kernel does not let this process have a ring.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const OPERATIONS = 200_000;

/** Prints processor time of OPERATIONS NOPs, so many handed over with each io_uring_enter. */
const SOURCE = `
#include <linux/io_uring.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

static long cpu_ns(void) {
  struct rusage used;
  getrusage(RUSAGE_SELF, &used);
  return (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000000000L + (used.ru_utime.tv_usec + used.ru_stime.tv_usec) * 1000L;
}

int main(int argc, char **argv) {
  unsigned batch = argc > 1 ? (unsigned)atoi(argv[1]) : 1;
  long total = argc > 2 ? atol(argv[2]) : 1;
  struct io_uring_params p;
  memset(&p, 0, sizeof p);
  int ring = (int)syscall(__NR_io_uring_setup, 16, &p);
  if (ring < 0) return 3;
  char *sq = mmap(0, p.sq_off.array + p.sq_entries * 4, PROT_READ | PROT_WRITE, MAP_SHARED, ring, IORING_OFF_SQ_RING);
  char *cq = mmap(0, p.cq_off.cqes + p.cq_entries * sizeof(struct io_uring_cqe), PROT_READ | PROT_WRITE, MAP_SHARED, ring,
                  IORING_OFF_CQ_RING);
  struct io_uring_sqe *sqes = mmap(0, p.sq_entries * sizeof *sqes, PROT_READ | PROT_WRITE, MAP_SHARED, ring, IORING_OFF_SQES);
  if (sq == MAP_FAILED || cq == MAP_FAILED || sqes == MAP_FAILED) return 4;
  unsigned *sq_tail = (unsigned *)(sq + p.sq_off.tail), sq_mask = *(unsigned *)(sq + p.sq_off.ring_mask);
  unsigned *array = (unsigned *)(sq + p.sq_off.array);
  unsigned *cq_head = (unsigned *)(cq + p.cq_off.head), *cq_tail = (unsigned *)(cq + p.cq_off.tail);
  unsigned cq_mask = *(unsigned *)(cq + p.cq_off.ring_mask);
  struct io_uring_cqe *cqes = (struct io_uring_cqe *)(cq + p.cq_off.cqes);
  unsigned tail = *sq_tail, head = *cq_head;
  long checksum = 0, start = cpu_ns();
  for (long done = 0; done < total; done += batch) {
    for (unsigned n = 0; n < batch; n++, tail++) {
      struct io_uring_sqe *sqe = &sqes[tail & sq_mask];
      memset(sqe, 0, sizeof *sqe);
      sqe->opcode = IORING_OP_NOP;
      sqe->user_data = 1;
      array[tail & sq_mask] = tail & sq_mask;
    }
    __atomic_store_n(sq_tail, tail, __ATOMIC_RELEASE);
    if (syscall(__NR_io_uring_enter, ring, batch, batch, IORING_ENTER_GETEVENTS, 0, 0) != (long)batch) return 5;
    for (; head != __atomic_load_n(cq_tail, __ATOMIC_ACQUIRE); head++) checksum += (long)cqes[head & cq_mask].user_data;
    __atomic_store_n(cq_head, head, __ATOMIC_RELEASE);
  }
  long spent = cpu_ns() - start;
  if (checksum < total) return 6;
  printf("%ld", spent);
  return 0;
}`;

/** Runs NOPs in batches of so many; answers nanoseconds of processor time for each. A string says why it can't. */
export function ioUringNop(): ((batch: number) => number) | string {
  const folder = mkdtempSync(join(tmpdir(), 'capos-bench-'));
  const source = join(folder, 'nop.c');
  const binary = join(folder, 'nop');
  writeFileSync(source, SOURCE);
  if (spawnSync('cc', ['-O2', source, '-o', binary]).status !== 0) return 'no C compiler that knows io_uring';
  if (spawnSync(binary, ['1', '16']).status !== 0) return 'the host does not let this process have an io_uring';
  return (batch) =>
    Number(execFileSync(binary, [String(batch), String(OPERATIONS)], { encoding: 'utf8' })) / OPERATIONS;
}

// C programs about mappings of files, the same on every right system: what is not there until it is touched, and files that change.
import type { LinuxCallsProgram } from './linux-calls-program.ts';

const PEEK = `
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
static sigjmp_buf back;
static void caught(int signal) { siglongjmp(back, signal); }
/* What a byte is, or minus the signal of whoever looks at it. */
static int peek(volatile char *at) {
  int signal = sigsetjmp(back, 1);
  return signal ? -signal : *at;
}
static void begin(void) {
  setvbuf(stdout, 0, _IONBF, 0);
  struct sigaction action = {.sa_handler = caught, .sa_flags = SA_NODEFER};
  sigaction(SIGBUS, &action, 0);
  sigaction(SIGSEGV, &action, 0);
}
`;

export const LINUX_MAPPING_CALLS: readonly LinuxCallsProgram[] = [
  {
    name: 'a file grows and shrinks under its mappings',
    mounts: true,
    source: `${PEEK}
int main(void) {
  begin();
  char bytes[8192];
  memset(bytes, 'x', sizeof bytes);
  int fd = open("grows", O_CREAT | O_RDWR | O_TRUNC, 0644);
  write(fd, bytes, 4096);
  char *only = mmap(0, 1 << 20, PROT_READ, MAP_SHARED, fd, 0);
  char *both = mmap(0, 1 << 20, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  char *own = mmap(0, 1 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
  printf("%d %d\\n", peek(only), peek(only + 8192));
  memset(bytes, 'y', sizeof bytes);
  pwrite(fd, bytes, 8192, 8192);
  printf("written behind its end: %d %d %d %d %d\\n", peek(only + 4096), peek(only + 8192), peek(only + 16384), peek(both + 8192), peek(own + 8192));
  ftruncate(fd, 600000);
  printf("longer: %d %d %d\\n", peek(only + 500000), peek(only + 599999 + 4096), peek(both + 500000));
  both[500000] = 'z';
  pread(fd, bytes, 1, 500000);
  printf("stored: %d %d\\n", bytes[0], peek(only + 500000));
  ftruncate(fd, 4096);
  printf("shorter: %d %d %d\\n", peek(only), peek(only + 8192), peek(both + 500000));
  ftruncate(fd, 600000);
  printf("longer again: %d %d\\n", peek(only + 8192), peek(both + 500000));
  ftruncate(fd, 4096);
  if (fork() == 0) {
    int other = open("grows", O_RDWR);
    ftruncate(other, 40960);
    pwrite(other, "q", 1, 40000);
    _exit(0);
  }
  wait(0);
  printf("by another: %d\\n", peek(only + 40000));
  int memory = memfd_create("grows", 0);
  char *shared = mmap(0, 1 << 20, PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0);
  printf("memory: %d", peek(shared));
  ftruncate(memory, 9000);
  shared[8999] = 'm';
  pread(memory, bytes, 1, 8999);
  printf(" %d %d %d\\n", peek(shared), bytes[0], peek(shared + 12288));
  return 0;
}`,
  },
  {
    name: 'a mapping larger than memory has the pages that are touched',
    mounts: true,
    source: `${PEEK}
#define GIB (1l << 30)
static char *map;
static void *toucher(void *at) { return (void *)(long)map[(long)at]; }
int main(void) {
  begin();
  int fd = open("large", O_CREAT | O_RDWR | O_TRUNC, 0644);
  ftruncate(fd, 4 * GIB);
  pwrite(fd, "ed", 3, 4 * GIB - 3);
  map = mmap(0, 4 * GIB, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  char *own = mmap(0, 4 * GIB, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_NORESERVE, fd, 0);
  char *none = mmap(0, 4 * GIB, PROT_NONE, MAP_PRIVATE, fd, 0);
  printf("%s %s\\n", map + 4 * GIB - 3, own + 4 * GIB - 3);
  char text[8] = "";
  map[GIB] = 'k';
  pread(fd, text, 1, GIB);
  own[GIB] = 'o';
  printf("stored: %s %c %c\\n", text, map[GIB], own[GIB]);
  /* Calls, of what nobody has touched. */
  pwrite(fd, "a name", 7, 2 * GIB);
  printf("as a path: %d\\n", open(map + 2 * GIB, O_RDONLY) < 0);
  int ends[2];
  pipe(ends);
  printf("as what is written: %zd", write(ends[1], own + 2 * GIB, 7));
  printf(" %zd", read(ends[0], map + 3 * GIB, 7));
  printf(" %s", map + 3 * GIB);
  printf(" %zd", pread(fd, own + 3 * GIB + 8192, 7, 2 * GIB));
  printf(" %s\\n", own + 3 * GIB + 8192);
  /* Protection before there is anything to protect. */
  printf("may not be touched: %d", peek(none + GIB));
  mprotect(none + GIB, 8192, PROT_READ);
  printf(" %d %d %d\\n", peek(none + GIB), peek(none + GIB + 8192), peek(none + GIB + 4096));
  mprotect(map + 100000 * 4096l, 4096, PROT_READ);
  if (sigsetjmp(back, 1) == 0) map[100000 * 4096l] = 1;
  else printf("may not be written\\n");
  /* By several at once, and by a child. */
  pthread_t threads[4];
  for (long i = 0; i < 4; i++) pthread_create(&threads[i], 0, toucher, (void *)(4 * GIB - 3 - i % 2));
  long sum = 0;
  for (int i = 0; i < 4; i++) {
    void *answer;
    pthread_join(threads[i], &answer);
    sum += (long)answer;
  }
  printf("threads: %ld\\n", sum);
  close(fd);
  if (fork() == 0) {
    map[5000] = 'c';
    printf("child: %c %d\\n", own[GIB], own[GIB + 4096 * 500l]);
    _exit(0);
  }
  wait(0);
  printf("parent: %c\\n", map[5000]);
  munmap(map, 2 * GIB);
  unsigned char resident[2];
  printf("unmapped: %d %s %d\\n", peek(map + GIB), map + 2 * GIB, mincore(map + 2 * GIB, 4096, resident) || resident[0] != 1);
  madvise(own, 4 * GIB, MADV_DONTNEED);
  printf("discarded: %c\\n", own[GIB]);
  return 0;
}`,
  },
];

/** Walks through more of a file than there is memory, by a shared and by a private mapping. */
export const WALKS_THROUGH_A_FILE = `
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>
#define SIZE (160l << 20)
int main(void) {
  int fd = open("walked", O_CREAT | O_RDWR | O_TRUNC, 0644);
  ftruncate(fd, SIZE);
  for (long at = 0; at < SIZE; at += 1 << 20) pwrite(fd, &at, sizeof at, at + 4096 * (at >> 20) % (1 << 20));
  int kinds[] = {MAP_SHARED, MAP_PRIVATE};
  for (int kind = 0; kind < 2; kind++) {
    volatile char *map = mmap(0, SIZE, PROT_READ, kinds[kind], fd, 0);
    unsigned long sum = 0;
    for (int round = 0; round < 2; round++)
      for (long at = 0; at < SIZE; at += 4096) sum = sum * 31 + map[at + 2];
    printf("%lx\\n", sum);
    munmap((void *)map, SIZE);
  }
  return 0;
}`;

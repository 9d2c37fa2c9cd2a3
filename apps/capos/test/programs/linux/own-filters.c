// Programs that forbid themselves calls: strict mode and filters (seccomp(2)), each in a child of its own.
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

struct instruction { uint16_t code; uint8_t jt, jf; uint32_t k; };
struct program { uint16_t length; struct instruction *code; };
#define LOAD(at) {0x20, 0, 0, at}
#define EQUAL(k, jt, jf) {0x15, jt, jf, k}
#define RETURN(k) {6, 0, 0, k}
#define ALLOW RETURN(0x7fff0000)
/* For one call `what`, for all others nothing. */
#define ONLY(number, what) {LOAD(0), EQUAL(number, 0, 1), RETURN(what), ALLOW}
#define LENGTH(array) (sizeof array / sizeof *array)

static long answer(long result) { return result < 0 ? -errno : result; }
static void told(const char *what, long result) { printf("%s: %ld\n", what, answer(result)); fflush(stdout); }

static long filter(struct instruction *code, int length, unsigned flags) {
  struct program program = {length, code};
  return syscall(SYS_seccomp, 1, flags, &program);
}
static void require(struct instruction *code, int length) {
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  if (filter(code, length, 0) != 0) perror("filter");
}

static void child(const char *what, void (*body)(void)) {
  printf("%s\n", what);
  fflush(stdout);
  pid_t pid = fork();
  if (pid == 0) {
    body();
    fflush(stdout);
    _exit(0);
  }
  int status;
  waitpid(pid, &status, 0);
  if (WIFSIGNALED(status)) printf("  killed by %d\n", WTERMSIG(status));
  else printf("  exited with %d\n", WEXITSTATUS(status));
}

static void strict(void) {
  told("  strict", prctl(22, 1));
  write(1, "  still writes\n", 15);
  syscall(SYS_getpid);
}
static void strict_ends(void) {
  syscall(SYS_seccomp, 0, 0, 0);
  syscall(SYS_exit, 5);
}
static void refused(void) {
  struct instruction code[] = ONLY(SYS_getppid, 0x50000 + 42);
  require(code, LENGTH(code));
  told("  getppid", syscall(SYS_getppid));
  told("  mode", prctl(21));
  struct instruction large[] = ONLY(SYS_getuid, 0x50000 + 5000);
  require(large, LENGTH(large));
  told("  large", syscall(SYS_getuid));
  struct instruction none[] = ONLY(SYS_getgid, 0x50000);
  require(none, LENGTH(none));
  told("  none", syscall(SYS_getgid));
  /* The stricter of two, and of two equals the later. */
  struct instruction again[] = ONLY(SYS_getppid, 0x50000 + 43);
  require(again, LENGTH(again));
  told("  getppid", syscall(SYS_getppid));
  struct instruction traced[] = ONLY(SYS_getppid, 0x7ff00000);
  require(traced, LENGTH(traced));
  told("  getppid", syscall(SYS_getppid));
  struct instruction logged[] = ONLY(SYS_geteuid, 0x7ffc0000);
  require(logged, LENGTH(logged));
  told("  logged", syscall(SYS_geteuid) >= 0);
  struct instruction only_traced[] = ONLY(SYS_getegid, 0x7ff00007);
  require(only_traced, LENGTH(only_traced));
  told("  traced", syscall(SYS_getegid));
  char line[200];
  FILE *status = fopen("/proc/self/status", "r");
  while (fgets(line, sizeof line, status)) if (strncmp(line, "Seccomp", 7) == 0) printf("  %s", line);
}
static void by_argument(void) {
  struct instruction code[] = {LOAD(0), EQUAL(SYS_write, 0, 3), LOAD(16), EQUAL(2, 0, 1), RETURN(0x50000 + EACCES), ALLOW};
  require(code, LENGTH(code));
  told("  to 2", write(2, "x", 1));
  told("  to 1", write(1, "  x\n", 4));
}
static void handled(int signal, siginfo_t *info, void *context) {
  uint32_t *words = (uint32_t *)info;
  printf("  signal %d code %d errno %d call %u architecture %x address %d\n", signal, info->si_code, info->si_errno, words[6],
         words[7], *(uint64_t *)&words[4] != 0);
}
static void trapped(void) {
  struct sigaction action = {.sa_sigaction = handled, .sa_flags = SA_SIGINFO};
  sigaction(SIGSYS, &action, 0);
  struct instruction code[] = ONLY(SYS_getppid, 0x30000 + 77);
  require(code, LENGTH(code));
  told("  result", syscall(SYS_getppid));
}
static void trapped_blocked(void) {
  struct sigaction action = {.sa_sigaction = handled, .sa_flags = SA_SIGINFO};
  sigaction(SIGSYS, &action, 0);
  sigset_t all;
  sigfillset(&all);
  sigprocmask(SIG_BLOCK, &all, 0);
  struct instruction code[] = ONLY(SYS_getppid, 0x30000);
  require(code, LENGTH(code));
  syscall(SYS_getppid);
}
static void trapped_unhandled(void) {
  struct instruction code[] = ONLY(SYS_getppid, 0x30000);
  require(code, LENGTH(code));
  syscall(SYS_getppid);
}
static void killed(void) {
  struct instruction code[] = ONLY(SYS_getppid, 0x80000000);
  require(code, LENGTH(code));
  syscall(SYS_getppid);
}
static void killed_thread(void) {
  struct instruction code[] = ONLY(SYS_getppid, 0);
  require(code, LENGTH(code));
  syscall(SYS_getppid);
}
static volatile pid_t asking;
static void *asks(void *unused) {
  asking = syscall(SYS_gettid);
  syscall(SYS_getppid);
  return 0;
}
static void killed_other_thread(void) {
  struct instruction code[] = ONLY(SYS_getppid, 0);
  require(code, LENGTH(code));
  pthread_t thread;
  pthread_create(&thread, 0, asks, 0);
  /* It does not come to tell that it ends. */
  while (asking == 0 || syscall(SYS_tgkill, getpid(), asking, 0) == 0) sched_yield();
  puts("  the other thread is gone");
}
static void inherited(void) {
  struct instruction code[] = ONLY(SYS_getppid, 0x50000 + 44);
  require(code, LENGTH(code));
  fflush(stdout);
  if (fork() == 0) {
    told("  child", syscall(SYS_getppid));
    execl("/proc/self/exe", "again", "again", (char *)0);
  }
  wait(0);
}
static pthread_barrier_t barrier;
static void *waits(void *unused) {
  pthread_barrier_wait(&barrier);
  pthread_barrier_wait(&barrier);
  told("  the other thread", syscall(SYS_getppid));
  return 0;
}
static void all_threads(void) {
  struct instruction code[] = ONLY(SYS_getppid, 0x50000 + 45);
  pthread_t thread;
  pthread_barrier_init(&barrier, 0, 2);
  pthread_create(&thread, 0, waits, 0);
  pthread_barrier_wait(&barrier);
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  told("  all", filter(code, LENGTH(code), 1));
  pthread_barrier_wait(&barrier);
  pthread_join(thread, 0);
}
static void unprivileged(void) {
  setuid(65534);
  struct instruction code[] = {ALLOW};
  told("  without giving up privileges", filter(code, 1, 0));
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  told("  with", filter(code, 1, 0));
  told("  strict then", prctl(22, 1));
}
static void odd(void) {
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  struct instruction code[] = {ALLOW, ALLOW, ALLOW};
  told("  empty", filter(code, 0, 0));
  told("  too long", filter(code, 4097, 0));
  told("  nowhere", filter((void *)8, 1, 0));
  told("  unknown flags", filter(code, 1, 0x400));
  told("  unknown operation", syscall(SYS_seccomp, 99, 0, 0));
  told("  strict with flags", syscall(SYS_seccomp, 0, 1, 0));
  static const struct instruction wrong[] = {
      LOAD(2),         LOAD(64),         {0x28, 0, 0, 0},  {0x30, 0, 0, 0}, {0x40, 0, 0, 0},  {0x94, 0, 0, 3}, {0x34, 0, 0, 0},
      {0x64, 0, 0, 32}, {0x60, 0, 0, 3},  {0x02, 0, 0, 16}, {0x05, 0, 0, 1}, {0x15, 1, 0, 0},  {0x15, 0, 1, 0}, {0xb1, 0, 0, 0},
      {0xffff, 0, 0, 0}, {0x8c, 0, 0, 0},
  };
  for (int i = 0; i < LENGTH(wrong); i++) {
    struct instruction two[] = {wrong[i], ALLOW};
    printf("  %x: %ld\n", wrong[i].code, answer(filter(two, 2, 0)));
  }
  struct instruction no_end[] = {LOAD(0)};
  told("  without an end", filter(no_end, 1, 0));
  struct instruction half_written[] = {LOAD(0), EQUAL(1, 0, 1), {0x02, 0, 0, 3}, {0x60, 0, 0, 3}, ALLOW};
  told("  read where it may not have been written", filter(half_written, 5, 0));
  for (uint32_t i = 0; i < 9; i++) {
    uint32_t actions[] = {0x80000000, 0, 0x30000, 0x50000, 0x7ff00000, 0x7ffc0000, 0x7fff0000, 0x12340000, 1};
    printf("  action %x: %ld\n", actions[i], answer(syscall(SYS_seccomp, 2, 0, &actions[i])));
  }
}

/* Random arithmetic over the arguments of a call that there is not, told as its errno. */
static uint32_t seed = 1;
static uint32_t next(void) { return (seed = seed * 1664525 + 1013904223) >> 3; }
static struct instruction random_code[64];
static int random_length;
static void computes(void) {
  require(random_code, random_length);
  for (int i = 0; i < 4; i++) {
    long arguments[6];
    for (int j = 0; j < 6; j++) arguments[j] = (long)next() << 32 ^ next() * 77ul;
    syscall(1000, arguments[0], arguments[1], arguments[2], arguments[3], arguments[4], arguments[5]);
    printf(" %d", errno);
  }
}
static void make_random(void) {
  static const uint16_t operations[] = {0x04, 0x0c, 0x14, 0x1c, 0x24, 0x2c, 0x34, 0x3c, 0x44, 0x4c, 0x54, 0x5c,
                                        0x64, 0x6c, 0x74, 0x7c, 0x84, 0xa4, 0xac, 0x07, 0x87, 0x02, 0x03, 0x60, 0x61,
                                        0x20, 0x20, 0x00, 0x01, 0x80, 0x81, 0x15, 0x1d, 0x25, 0x2d, 0x35, 0x3d, 0x45, 0x4d};
  struct instruction *at = random_code;
  *at++ = (struct instruction)LOAD(0);
  *at++ = (struct instruction)EQUAL(1000, 1, 0);
  *at++ = (struct instruction)ALLOW;
  for (int i = 0; i < 16; i++) *at++ = (struct instruction){0x02, 0, 0, i};
  for (int i = 0; i < 20; i++) {
    uint16_t code = operations[next() % LENGTH(operations)];
    struct instruction one = {code, 0, 0, next() % 3 ? next() : next() % 20};
    if (code == 0x20) one.k = 16 + next() % 12 * 4;
    if (code == 0x02 || code == 0x03 || code == 0x60 || code == 0x61) one.k %= 16;
    if (code == 0x64 || code == 0x74) one.k %= 32;
    if (code == 0x34) one.k |= 1;
    /* By an X that may be 0 the program could end itself. */
    if (code == 0x3c || code == 0x6c || code == 0x7c) {
      *at++ = (struct instruction){0x01, 0, 0, 1 + one.k % 31};
    }
    if ((code & 7) == 5) { one.jt = next() % 2; one.jf = next() % 2; }
    *at++ = one;
  }
  /* What a jump may land on beyond the end. */
  *at++ = (struct instruction){0x54, 0, 0, 0xfff};
  *at++ = (struct instruction){0x54, 0, 0, 0xfff};
  *at++ = (struct instruction){0x44, 0, 0, 0x50000};
  *at++ = (struct instruction){0x16, 0, 0, 0};
  random_length = at - random_code;
}

int main(int count, char **arguments) {
  if (count == 2) {
    told("  executed", syscall(SYS_getppid));
    return 0;
  }
  child("strict", strict);
  child("strict ends", strict_ends);
  child("refused", refused);
  child("by argument", by_argument);
  child("trapped", trapped);
  child("trapped, blocked", trapped_blocked);
  child("trapped, unhandled", trapped_unhandled);
  child("killed", killed);
  child("thread killed", killed_thread);
  child("other thread killed", killed_other_thread);
  child("inherited", inherited);
  child("all threads", all_threads);
  child("unprivileged", unprivileged);
  child("odd", odd);
  for (int i = 0; i < 60; i++) {
    make_random();
    child("random", computes);
  }
}

// Children in their parent's memory (clone with CLONE_VM, with and without CLONE_VFORK; vfork): what either writes or maps, both see,
// until the child executes another program or ends. posix_spawn of C libraries learns that way why it could not.
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define STACK 65536
#define FUTEX_WAIT_PRIVATE 128
#define FUTEX_WAKE_PRIVATE 129

static volatile int number, failure;
static char *volatile page;
static char *self;

static void *stack(void) {
  return (char *)mmap(0, STACK, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) + STACK;
}

static int maps(void *unused) {
  page = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  strcpy(page, "mapped by the child");
  return 3;
}

static int cannot_execute(void *path) {
  execl(path, path, (char *)0);
  failure = errno;
  _exit(127);
}

static int executes(void *unused) {
  number++;
  execl(self, self, "other", (char *)0);
  _exit(127);
}

static int sleeps(void *word) {
  while (*(volatile int *)word == 0) syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, 0, 0, 0, 0);
  number = *(volatile int *)word + 1;
  return 0;
}

static int handled;
static void handler(int signal) { handled = signal; }

static int changes_handler(void *unused) {
  signal(SIGUSR1, SIG_IGN);
  kill(getppid(), SIGUSR1);
  return 0;
}

static volatile int running = 1, counted;
static void *counts(void *unused) {
  while (running) counted++;
  return 0;
}

static int status_of(int pid) {
  int status = -1;
  if (waitpid(pid, &status, __WALL) != pid) return -errno;
  return status;
}

int main(int argc, char **argv) {
  setvbuf(stdout, 0, _IONBF, 0);
  if (argc > 1) return number == 0 ? 21 : 22;
  self = "/proc/self/exe";

  int pid = vfork();
  if (pid == 0) {
    number = 5;
    _exit(4);
  }
  printf("vfork: number %d, status %x\n", number, status_of(pid));

  pid = clone(maps, stack(), CLONE_VM | CLONE_VFORK | SIGCHLD, 0);
  printf("mapped: %s, status %x\n", page, status_of(pid));
  munmap(page, 4096);

  char *const missing[] = {"/none", "/dev", "/files/none/at/all"};
  for (int i = 0; i < 3; i++) {
    pid = clone(cannot_execute, stack(), CLONE_VM | CLONE_VFORK | SIGCHLD, missing[i]);
    printf("%s: %s, status %x\n", missing[i], strerror(failure), status_of(pid));
  }

  number = 10;
  pid = clone(executes, stack(), CLONE_VM | CLONE_VFORK | SIGCHLD, 0);
  printf("executed: number %d, status %x\n", number, status_of(pid));
  pid = vfork();
  if (pid == 0) executes(0);
  printf("executed: number %d, status %x\n", number, status_of(pid));

  int word = 0;
  pid = clone(sleeps, stack(), CLONE_VM | SIGCHLD, &word);
  usleep(1000);
  word = 41;
  syscall(SYS_futex, &word, FUTEX_WAKE_PRIVATE, 1, 0, 0, 0);
  printf("beside it: status %x, ", status_of(pid));
  printf("number %d\n", number);

  signal(SIGUSR1, handler);
  pid = clone(changes_handler, stack(), CLONE_VM | SIGCHLD, 0);
  printf("handlers are its own: status %x, ", status_of(pid));
  printf("%d\n", handled == SIGUSR1);

  pthread_t thread;
  pthread_create(&thread, 0, counts, 0);
  int before = counted;
  while (counted == before) sched_yield();
  for (int i = 0; i < 20; i++) {
    pid = vfork();
    if (pid == 0) {
      number = i;
      executes(0);
    }
    if (number != i + 1 || status_of(pid) != 21 << 8) printf("round %d: number %d\n", i, number);
  }
  running = 0;
  pthread_join(thread, 0);
  printf("beside a thread: counted %s\n", counted > before ? "on" : "no more");

  pid = fork();
  if (pid == 0) {
    // Its child outlives it in the memory that both are in.
    clone(sleeps, stack(), CLONE_VM | SIGCHLD, &word);
    _exit(9);
  }
  printf("fork beside it: status %x, number %d\n", status_of(pid), number);
  printf("clone: %d %d\n", clone(maps, stack(), CLONE_SIGHAND, 0), errno);
  printf("clone: %d %d\n", clone(maps, stack(), CLONE_FS | CLONE_NEWNS, 0), errno);
  return 0;
}

// What /proc says of processes that sleep, are stopped, or have ended, and what prctl keeps.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static char *contents(const char *path, char *text, size_t size) {
  int descriptor = open(path, O_RDONLY);
  ssize_t length = descriptor < 0 ? 0 : read(descriptor, text, size - 1);
  close(descriptor);
  text[length < 0 ? 0 : length] = 0;
  return text;
}

// Waits until stat has that state letter; prints it with parent and group.
static void await(const char *what, int pid, char state) {
  char path[64], text[1024], letter = 0;
  int parent = 0, group = 0;
  sprintf(path, "/proc/%d/stat", pid);
  while (letter != state) {
    sscanf(strrchr(contents(path, text, sizeof text), ')') + 2, "%c %d %d", &letter, &parent, &group);
    usleep(1000);
  }
  printf("%s: %c, parent %d, group %d\n", what, letter, parent == getpid(), group == getpgrp());
  fflush(stdout);
}

static volatile int number;

static void *sleeper(void *unused) {
  prctl(PR_SET_NAME, "sleeper");
  number = syscall(SYS_gettid);
  for (;;) pause();
}

static void field(const char *name) {
  char text[4096], *at = strstr(contents("/proc/self/status", text, sizeof text), name);
  printf("%.*s\n", at ? (int)strcspn(at, "\n") : 0, at);
}

static int put(const char *path, const char *value) {
  int descriptor = open(path, O_WRONLY);
  int result = descriptor < 0 ? errno : write(descriptor, value, strlen(value)) < 0 ? errno : 0;
  close(descriptor);
  return result;
}

int main(void) {
  char path[64], text[4096];
  int child = fork();
  if (child == 0)
    for (;;) pause();
  await("sleeps", child, 'S');
  kill(child, SIGSTOP);
  await("stopped", child, 'T');
  kill(child, SIGKILL);
  await("ended", child, 'Z');
  sprintf(path, "/proc/%d/cmdline", child);
  printf("its arguments: \"%s\"\n", contents(path, text, sizeof text));
  waitpid(child, 0, 0);
  printf("waited for: %d\n", access(path, F_OK) ? errno : 0);

  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGUSR2);
  sigprocmask(SIG_BLOCK, &set, 0);
  pthread_t thread;
  pthread_create(&thread, 0, sleeper, 0);
  while (!number) usleep(1000);
  sprintf(path, "/proc/%d/status", number);
  printf("a thread is its process: %.10s\n", strstr(contents(path, text, sizeof text), "Threads"));
  sprintf(path, "/proc/self/task/%d/comm", number);
  printf("its own name: %s", contents(path, text, sizeof text));
  printf("renamed: %d", put("/proc/self/comm", "another-name-that-is-long"));
  prctl(PR_GET_NAME, text);
  printf(" %s\n", text);

  signal(SIGUSR1, SIG_IGN);
  signal(SIGALRM, (void (*)(int))field);
  kill(getpid(), SIGUSR2);
  field("SigBlk");
  field("ShdPnd");
  field("SigIgn");
  field("SigCgt");
  int moved = open("/proc/self/comm", O_RDONLY);
  lseek(moved, 3, SEEK_SET);
  sprintf(path, "/proc/self/fdinfo/%d", moved);
  printf("%.6s\n", contents(path, text, sizeof text));

  printf("score: %d %d", put("/proc/self/oom_score_adj", "250\n"), put("/proc/self/oom_score_adj", "2000"));
  printf(" %s", contents("/proc/self/oom_score_adj", text, sizeof text));
  printf("no new privileges: %d", prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0));
  printf(" %d", prctl(PR_SET_NO_NEW_PRIVS, 0, 0, 0, 0) ? errno : 0);
  printf(" %d", prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0));
  printf(" %d\n", prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0));
  field("NoNewPrivs");

  prctl(PR_SET_CHILD_SUBREAPER, 1);
  int ends[2];
  pipe(ends);
  if (fork() == 0) {
    if (fork() == 0) {
      // Its parent ends first.
      read(ends[0], text, 1);
      _exit(7);
    }
    _exit(0);
  }
  int status;
  wait(&status);
  printf("the child: %d\n", WEXITSTATUS(status));
  write(ends[1], "x", 1);
  wait(&status);
  printf("an orphan comes to its reaper: %d\n", WEXITSTATUS(status));
  printf("and no more: %d\n", wait(&status) < 0 ? errno : 0);
  return 0;
}

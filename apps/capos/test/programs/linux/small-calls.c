// Corners of calls: a copy of a queued message, signals by a process's directory, whose scheduling may be changed, sticky timeouts.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/personality.h>
#include <sys/select.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static void say(const char *call, long result) {
  printf("%s = %ld %s\n", call, result, result < 0 ? strerror(errno) : "");
}
#define SAY(call) say(#call, call)
#define COPY 040000

static volatile int heard;
static void handler(int signal) { heard = signal; }

int main(void) {
  struct { long type; char text[16]; } message = {0};
  setvbuf(stdout, 0, _IONBF, 0);
  int queue = msgget(IPC_PRIVATE, 0600);
  for (int i = 0; i < 3; i++) {
    message.type = i + 1;
    sprintf(message.text, "message %d", i);
    msgsnd(queue, &message, 10, 0);
  }
  SAY(msgrcv(queue, &message, 16, 1, COPY | IPC_NOWAIT));
  printf("%ld %s\n", message.type, message.text);
  SAY(msgrcv(queue, &message, 4, 2, COPY | IPC_NOWAIT));
  SAY(msgrcv(queue, &message, 4, 2, COPY | IPC_NOWAIT | MSG_NOERROR));
  SAY(msgrcv(queue, &message, 16, 3, COPY | IPC_NOWAIT));
  SAY(msgrcv(queue, &message, 16, 0, COPY));
  SAY(msgrcv(queue, &message, 16, 0, COPY | IPC_NOWAIT | MSG_EXCEPT));
  for (int i = 0; i < 4; i++) {
    SAY(msgrcv(queue, &message, 16, 0, IPC_NOWAIT));
    printf("%ld %s\n", message.type, message.text);
  }
  msgctl(queue, IPC_RMID, 0);

  signal(SIGUSR1, handler);
  int self = open("/proc/self", O_RDONLY | O_DIRECTORY), proc = open("/proc", O_RDONLY | O_DIRECTORY);
  int below = open("/proc/self/fd", O_RDONLY | O_DIRECTORY), here = open(".", O_RDONLY | O_DIRECTORY);
  SAY(syscall(SYS_pidfd_send_signal, self, SIGUSR1, 0, 0));
  printf("%d\n", heard == SIGUSR1);
  SAY(syscall(SYS_pidfd_send_signal, proc, SIGUSR1, 0, 0));
  SAY(syscall(SYS_pidfd_send_signal, below, SIGUSR1, 0, 0));
  SAY(syscall(SYS_pidfd_send_signal, here, SIGUSR1, 0, 0));

  struct timeval wait = {.tv_usec = 10};
  personality(0x4000000);
  SAY(select(0, 0, 0, 0, &wait));
  printf("%ld\n", (long)wait.tv_usec);
  personality(0);
  SAY(select(0, 0, 0, 0, &wait));
  printf("%ld\n", (long)wait.tv_usec);

  unsigned long processors = 1;
  struct sched_param none = {0}, some = {5};
  int child = fork();
  if (child == 0) {
    pause();
    _exit(0);
  }
  seteuid(65534);
  SAY(syscall(SYS_sched_setaffinity, child, sizeof processors, &processors));
  SAY(syscall(SYS_sched_setaffinity, 1, sizeof processors, &processors));
  SAY(syscall(SYS_sched_setscheduler, 1, 99, &none));
  SAY(syscall(SYS_sched_setscheduler, 1, SCHED_OTHER, &some));
  SAY(syscall(SYS_sched_setscheduler, 1, SCHED_FIFO, &some));
  seteuid(0);
  SAY(syscall(SYS_sched_setaffinity, child, sizeof processors, &processors));
  kill(child, SIGKILL);
  waitpid(child, 0, 0);
  return 0;
}

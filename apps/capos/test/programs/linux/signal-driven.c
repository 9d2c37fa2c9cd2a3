// A description with O_ASYNC signals its owner: what Linux says of it, a line each.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile int got;
static int descriptor;

static void on_signal(int signal, siginfo_t *info, void *context) {
  got++;
  printf("signal %d", signal == SIGIO ? 1 : signal - SIGRTMIN + 100);
  if (signal != SIGIO)
    printf(" code %d band %lx own %d", info->si_code, info->si_band, info->si_fd == descriptor);
  printf("\n");
}

static void listen_to(int signal) {
  struct sigaction action = {.sa_sigaction = on_signal, .sa_flags = SA_SIGINFO | SA_RESTART};
  sigaction(signal, &action, 0);
}

static int failed(int result) { return result < 0 ? errno : result; }

int main(void) {
  listen_to(SIGIO);
  listen_to(SIGRTMIN);
  int pair[2], ends[2], on = 1, off = 0, owner = 0;
  socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
  pipe(ends);
  int file = open("/dev/zero", O_RDONLY);

  printf("FIOASYNC: %d %d\n", failed(ioctl(file, FIOASYNC, &off)), failed(ioctl(file, FIOASYNC, &on)));
  printf("flag of a file: %d\n", failed(fcntl(file, F_SETFL, O_ASYNC)) | (fcntl(file, F_GETFL) & O_ASYNC));
  printf("owner at first: %d\n", fcntl(pair[0], F_GETOWN));
  printf("nobody: %d\n", failed(fcntl(pair[0], F_SETOWN, 30000)));
  printf("owner: %d", failed(fcntl(pair[0], F_SETOWN, getpid())));
  printf(" %d\n", fcntl(pair[0], F_GETOWN) == getpid());
  printf("FIOGETOWN: %d", failed(ioctl(pair[0], FIOGETOWN, &owner)));
  printf(" %d\n", owner == getpid());
  printf("of a pipe: %d\n", failed(ioctl(ends[0], FIOGETOWN, &owner)));
  printf("signal: %d %d\n", failed(fcntl(pair[0], F_GETSIG)), failed(fcntl(pair[0], F_SETSIG, 65)));

  write(pair[1], "a", 1);
  printf("not asked for: %d\n", got);
  ioctl(pair[0], FIOASYNC, &on);
  printf("flag: %d\n", (fcntl(pair[0], F_GETFL) & O_ASYNC) != 0);
  write(pair[1], "b", 1);
  printf("a socket: %d\n", got);
  descriptor = pair[0];
  fcntl(pair[0], F_SETSIG, SIGRTMIN);
  write(pair[1], "c", 1);
  printf("with F_SETSIG: %d\n", got);
  fcntl(pair[0], F_SETFL, 0);
  write(pair[1], "d", 1);
  printf("no more: %d\n", got);

  fcntl(ends[0], F_SETOWN, getpid());
  fcntl(ends[0], F_SETFL, O_ASYNC);
  if (fork() == 0) {
    write(ends[1], "x", 1);
    _exit(0);
  }
  wait(0);
  printf("a pipe, by another process: %d\n", got);

  fcntl(ends[0], F_SETFL, 0);
  struct f_owner_ex ex = {F_OWNER_PGRP, getpgrp()};
  printf("a group: %d", failed(fcntl(ends[0], F_SETOWN_EX, &ex)));
  memset(&ex, 0, sizeof ex);
  fcntl(ends[0], F_GETOWN_EX, &ex);
  printf(" %d %d\n", ex.type, ex.pid == getpgrp());
  ex.type = 7;
  printf("no such kind: %d\n", failed(fcntl(ends[0], F_SETOWN_EX, &ex)));
  return 0;
}

// C programs for linux-calls.test.ts: each prints what it found, the same on every right system.

export interface LinuxCallsProgram {
  readonly name: string;
  readonly source: string;
}

export const LINUX_CALLS: readonly LinuxCallsProgram[] = [
  {
    name: 'processor time is what was run, not what was slept',
    source: `
#include <stdio.h>
#include <sys/resource.h>
#include <sys/times.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
static long long cpu(clockid_t clock) { struct timespec t; clock_gettime(clock, &t); return t.tv_sec * 1000000000LL + t.tv_nsec; }
int main(void) {
  long long before = cpu(CLOCK_PROCESS_CPUTIME_ID);
  struct timespec half = { 0, 300000000 };
  nanosleep(&half, 0);
  printf("slept: %d\\n", cpu(CLOCK_PROCESS_CPUTIME_ID) - before < 250000000);
  while (cpu(CLOCK_THREAD_CPUTIME_ID) < 30000000) ;
  printf("ran: %d\\n", cpu(CLOCK_PROCESS_CPUTIME_ID) >= 30000000);
  pid_t child = fork();
  if (child == 0) {
    struct tms own;
    times(&own);
    printf("a child starts with none: %ld %ld\\n", own.tms_utime + own.tms_stime > 1, own.tms_cutime + own.tms_cstime);
    fflush(stdout);
    while (cpu(CLOCK_PROCESS_CPUTIME_ID) < 50000000) ;
    _exit(0);
  }
  struct rusage usage, children;
  wait4(child, 0, 0, &usage);
  getrusage(RUSAGE_CHILDREN, &children);
  printf("of the child: %d, of children: %d\\n",
    usage.ru_utime.tv_usec + usage.ru_stime.tv_usec > 20000 || usage.ru_utime.tv_sec,
    children.ru_utime.tv_usec + children.ru_stime.tv_usec > 20000 || children.ru_utime.tv_sec);
  return 0;
}`,
  },
  {
    name: 'a timer of processor time fires while the program runs',
    source: `
#include <signal.h>
#include <stdio.h>
#include <sys/time.h>
#include <time.h>
static volatile int fired;
static void on_signal(int signal) { fired = signal; }
int main(void) {
  signal(SIGVTALRM, on_signal);
  signal(SIGUSR1, on_signal);
  struct itimerval once = { { 0, 0 }, { 0, 20000 } };
  setitimer(ITIMER_VIRTUAL, &once, 0);
  while (!fired) ;
  printf("%d\\n", fired == SIGVTALRM);
  fired = 0;
  struct sigevent event = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1 };
  timer_t timer;
  printf("%d\\n", timer_create(CLOCK_PROCESS_CPUTIME_ID, &event, &timer));
  struct itimerspec soon = { { 0, 0 }, { 0, 20000000 } };
  timer_settime(timer, 0, &soon, 0);
  struct timespec moment = { 0, 100000000 };
  nanosleep(&moment, 0);
  printf("asleep: %d\\n", fired);
  while (!fired) ;
  printf("%d\\n", fired == SIGUSR1);
  return 0;
}`,
  },
];

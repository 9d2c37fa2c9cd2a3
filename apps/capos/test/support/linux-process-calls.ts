// C programs about processor time, scheduling and signals, the same on every right system.
import type { LinuxCallsProgram } from './linux-calls-program.ts';

export const LINUX_PROCESS_CALLS: readonly LinuxCallsProgram[] = [
  {
    name: 'functions of the vDSO tell the time that calls tell, and hand on what they do not know',
    source: `
#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <sys/auxv.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
static long long ns(struct timespec t) { return t.tv_sec * 1000000000LL + t.tv_nsec; }
static long long call(int clock) { struct timespec t; syscall(SYS_clock_gettime, clock, &t); return ns(t); }
static long long function(int clock) { struct timespec t; clock_gettime(clock, &t); return ns(t); }
/* Between the same clock by a call before and after: coarse clocks stand still for some milliseconds. */
static int between(int clock) {
  long long before = call(clock), between = function(clock), after = call(clock);
  return before <= between && between <= after;
}
static void all(void) {
  for (int clock = 0; clock <= 7; clock++) printf("clock %d: %d\\n", clock, between(clock));
  printf("TAI: %d\\n", between(11));
  struct timespec t;
  printf("no clock: %d %d %d %d\\n", clock_gettime(8 + 2, &t), errno, clock_gettime(40, &t), errno);
  struct timeval v;
  struct timezone zone = { 1, 1 };
  long long before = call(0);
  gettimeofday(&v, 0);
  long long after = call(0);
  long long at = v.tv_sec * 1000000000LL + v.tv_usec * 1000LL;
  printf("gettimeofday: %d %d\\n", before / 1000 * 1000 <= at && at <= after, (int)(v.tv_usec < 1000000));
  printf("with a zone: %d %d\\n", gettimeofday(&v, &zone), zone.tz_minuteswest);
  time_t seconds = 0;
  before = call(0) / 1000000000;
  time_t answered = time(&seconds);
  printf("time: %d %d\\n", answered == seconds, before <= seconds && seconds <= call(0) / 1000000000);
  printf("processor: %d\\n", sched_getcpu() >= 0);
  fflush(stdout);
}
int main(void) {
  const char *image = (const char *)getauxval(AT_SYSINFO_EHDR);
  printf("an ELF file: %d\\n", image != 0 && image[0] == 127 && image[1] == 'E' && image[2] == 'L' && image[3] == 'F');
  struct timespec t;
  long long first = function(CLOCK_MONOTONIC);
  for (int i = 0; i < 100000; i++) { long long next = function(CLOCK_MONOTONIC); if (next < first) { printf("backwards\\n"); return 1; } first = next; }
  all();
  fflush(stdout);
  pid_t child = fork();
  if (child == 0) { all(); _exit(0); }
  waitpid(child, 0, 0);
  return 0;
}`,
  },
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
  struct timespec second = { 1, 0 };
  nanosleep(&second, 0);
  printf("slept: %d\\n", cpu(CLOCK_PROCESS_CPUTIME_ID) - before < 800000000);
  while (cpu(CLOCK_THREAD_CPUTIME_ID) < 300000000) ;
  long long ran = cpu(CLOCK_PROCESS_CPUTIME_ID);
  printf("ran: %d\\n", ran >= 300000000);
  pid_t child = fork();
  if (child == 0) {
    struct tms own;
    times(&own);
    printf("a child starts with none: %d %ld\\n", (own.tms_utime + own.tms_stime) * 10000000LL >= ran, own.tms_cutime + own.tms_cstime);
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
  while (!fired) ;
  printf("%d\\n", fired == SIGUSR1);
  return 0;
}`,
  },
  {
    name: 'scheduling classes are kept, inherited, and refused to others than root',
    source: `
#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
static int set(int policy, int priority) { struct sched_param p = { priority }; return syscall(SYS_sched_setscheduler, 0, policy, &p) ? errno : 0; }
static void show(const char *who) {
  struct sched_param p;
  long policy = syscall(SYS_sched_getscheduler, 0);
  syscall(SYS_sched_getparam, 0, &p);
  printf("%s: %ld %d nice %d\\n", who, policy, p.sched_priority, getpriority(PRIO_PROCESS, 0));
  fflush(stdout);
}
int main(void) {
  if (geteuid() != 0) return 0;
  // Whoever runs the tests may be nice.
  setpriority(PRIO_PROCESS, 0, 0);
  show("at first");
  printf("%d %d %d\\n", set(SCHED_RR, 0), set(77, 0), set(SCHED_OTHER, 3));
  printf("%d\\n", set(SCHED_RR, 7));
  show("after");
  if (fork() == 0) { show("child"); _exit(0); }
  wait(0);
  printf("%d\\n", set(SCHED_OTHER | 0x40000000, 0));
  setpriority(PRIO_PROCESS, 0, 5);
  show("nicer");
  setresuid(1234, 1234, 1234);
  printf("%d %d\\n", set(SCHED_FIFO, 1), setpriority(PRIO_PROCESS, 0, -1) ? errno : 0);
  return 0;
}`,
  },
  {
    name: 'signals reach whom the sender may reach',
    source: `
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>
static int try(int pid, int signal) { return kill(pid, signal) ? errno : 0; }
int main(void) {
  if (geteuid() != 0) return 0;
  pid_t other = fork();
  if (other == 0) for (;;) pause();
  union sigval none = { 0 };
  printf("%d %d %d\\n", try(other, 0), sigqueue(other, 0, none), sigqueue(30000, 0, none) ? errno : 0);
  if (fork() == 0) {
    setresuid(1234, 1234, 1234);
    printf("%d %d %d %d\\n", try(other, 0), try(other, SIGTERM), sigqueue(other, SIGTERM, none) ? errno : 0, try(getpid(), 0));
    fflush(stdout);
    _exit(0);
  }
  wait(0);
  printf("%d\\n", try(other, SIGKILL));
  wait(0);
  struct sigaction leave = { .sa_handler = SIG_DFL, .sa_flags = SA_NOCLDWAIT };
  sigaction(SIGCHLD, &leave, 0);
  if (fork() == 0) _exit(0);
  int status;
  printf("%d %d\\n", wait(&status), errno == ECHILD);
  return 0;
}`,
  },
];

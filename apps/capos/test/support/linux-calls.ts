// C programs for linux-calls.test.ts: each prints what it found, the same on every right system.

export interface LinuxCallsProgram {
  readonly name: string;
  readonly source: string;
  /** It works on files of its own. */
  readonly mounts?: boolean;
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
  struct timespec second = { 1, 0 };
  nanosleep(&second, 0);
  printf("slept: %d\\n", cpu(CLOCK_PROCESS_CPUTIME_ID) - before < 800000000);
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
  {
    name: 'shared memory outlives its maker, and obeys permission bits',
    source: `
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#define NAME "/capos-linux-calls"
int main(void) {
  if (geteuid() != 0) return 0;
  shm_unlink(NAME);
  if (fork() == 0) {
    int fd = shm_open(NAME, O_RDWR | O_CREAT, 0600);
    ftruncate(fd, 5000);
    strcpy(mmap(0, 5000, PROT_WRITE, MAP_SHARED, fd, 0), "left behind");
    _exit(0);
  }
  wait(0);
  int fd = shm_open(NAME, O_RDWR, 0);
  char *text = mmap(0, 5000, PROT_READ, MAP_SHARED, fd, 0);
  printf("%s\\n", text);
  mlock(text, 5000);
  printf("%d\\n", msync(text, 5000, MS_SYNC | MS_INVALIDATE) ? errno == EBUSY : 0);
  munlock(text, 5000);
  printf("%d\\n", msync(text, 5000, MS_SYNC | MS_INVALIDATE));
  fflush(stdout);
  if (fork() == 0) {
    setresuid(1234, 1234, 1234);
    printf("%d\\n", shm_open(NAME, O_RDONLY, 0) < 0 ? errno == EACCES : 0);
    printf("%d\\n", shm_unlink(NAME) ? errno == EACCES || errno == EPERM : 0);
    fflush(stdout);
    _exit(0);
  }
  wait(0);
  printf("%d\\n", shm_unlink(NAME));
  return 0;
}`,
  },
  {
    name: 'memory of a child is read and written, and priorities of input and output are kept',
    source: `
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>
static char text[8192] = "before";
int main(void) {
  int ready[2], go[2];
  pipe(ready);
  pipe(go);
  pid_t child = fork();
  if (child == 0) {
    char c;
    strcpy(text, "of the child");
    write(ready[1], "r", 1);
    read(go[0], &c, 1);
    printf("%s\\n", text);
    fflush(stdout);
    _exit(0);
  }
  char c, first[3], rest[100];
  read(ready[0], &c, 1);
  struct iovec local[2] = { { first, sizeof first }, { rest, sizeof rest } }, remote = { text, 60 };
  printf("%ld\\n", (long)process_vm_readv(child, local, 2, &remote, 1, 0));
  printf("%.3s|%s|%s\\n", first, rest, text);
  struct iovec message = { "from the parent", 16 }, nowhere = { (void *)16, 8 };
  printf("%ld\\n", (long)process_vm_writev(child, &message, 1, &remote, 1, 0));
  printf("%d %d\\n", process_vm_readv(child, local, 1, &nowhere, 1, 0) < 0 ? errno == EFAULT : 0,
    process_vm_readv(30000, local, 1, &remote, 1, 0) < 0 ? errno == ESRCH : 0);
  write(go[1], "g", 1);
  wait(0);
  printf("%ld\\n", syscall(SYS_ioprio_set, 1, 0, 2 << 13 | 5));
  printf("%lx\\n", syscall(SYS_ioprio_get, 1, 0));
  printf("%d\\n", syscall(SYS_ioprio_set, 1, 0, 5 << 13) < 0 ? errno == EINVAL : 0);
  return 0;
}`,
  },
  {
    name: 'a file, its mappings and its descriptors are one',
    mounts: true,
    source: `
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
static char block[200000], back[200000];
static unsigned sum(const char *bytes, long length) { unsigned s = 1; for (long i = 0; i < length; i++) s = s * 31 + (unsigned char)bytes[i]; return s; }
int main(void) {
  unlink("shared");
  int file = open("shared", O_CREAT | O_RDWR, 0644), other = open("shared", O_RDWR);
  for (int i = 0; i < (int)sizeof block; i++) block[i] = i * 7 + (i >> 8);
  printf("write %zd\\n", write(file, block, sizeof block));
  long got = pread(other, back, sizeof back, 0);
  printf("read %ld %d\\n", got, memcmp(block, back, sizeof block));
  char *map = mmap(0, 200704, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  printf("mapped %d\\n", memcmp(map, block, sizeof block));
  memcpy(map + 65530, "stored", 6);
  pread(other, back, 10, 65528);
  printf("read sees a store: %.6s\\n", back + 2);
  pwrite(other, "written", 7, 131070);
  printf("the mapping sees a write: %.7s\\n", map + 131070);
  if (fork() == 0) { memcpy(map + 10, "child", 5); pwrite(file, "CHILD", 5, 20); _exit(0); }
  wait(0);
  pread(file, back, 30, 0);
  printf("of a child: %.5s %.5s %.5s\\n", back + 10, back + 20, map + 20);
  char *copy = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE, file, 0);
  copy[0] = 'P';
  printf("private: %d %d\\n", map[0] == 'P', memcmp(copy + 1, map + 1, 4095));
  printf("msync %d munmap %d\\n", msync(map, 200704, MS_SYNC), munmap(map, 200704));
  printf("after: %u\\n", (pread(other, back, sizeof back, 0), sum(back, sizeof back)));
  printf("truncate %d\\n", ftruncate(other, 70000));
  printf("short: %zd\\n", pread(file, back, sizeof back, 69990));
  printf("longer %d\\n", ftruncate(file, 150000));
  got = pread(file, back, sizeof back, 0);
  printf("zeros: %ld %u\\n", got, sum(back, got));
  lseek(file, 300000, SEEK_SET);
  write(file, "end", 3);
  got = 0;
  lseek(other, 0, SEEK_SET);
  unsigned s = 1;
  for (long n; (n = read(other, back, 4096)) > 0; got += n) s = s * 31 + sum(back, n);
  printf("holes: %ld %u\\n", got, s);
  int append = open("shared", O_WRONLY | O_APPEND);
  write(append, "appended", 8);
  printf("appended: %zd %.8s\\n", pread(other, back, 100, 300003), back);
  truncate("shared", 5);
  printf("cut by name: %zd\\n", pread(other, back, 100, 0));
  close(open("shared", O_WRONLY | O_TRUNC));
  struct stat st;
  printf("emptied: %zd %d %ld\\n", pread(other, back, 100, 0), fstat(file, &st), (long)st.st_size);
  return 0;
}`,
  },
];

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
  {
    name: 'System V semaphores wait, are undone at the end of a process, and tell of their removal',
    source: `
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/sem.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
union semun { int val; struct semid_ds *buf; unsigned short *array; };
static int op(int id, int number, int change, int flags) { struct sembuf one = { number, change, flags }; return semop(id, &one, 1) < 0 ? -errno : 0; }
static void on_signal(int signal) {}
int main(void) {
  int id = semget(IPC_PRIVATE, 3, 0600 | IPC_CREAT);
  unsigned short all[3] = { 1, 0, 5 };
  union semun argument = { .array = all };
  printf("setall %d\\n", semctl(id, 0, SETALL, argument));
  printf("get %d %d %d\\n", semctl(id, 0, GETVAL), semctl(id, 1, GETVAL), semctl(id, 2, GETVAL));
  printf("nowait %d\\n", op(id, 1, -1, IPC_NOWAIT) == -EAGAIN);
  printf("beyond %d, none %d, too large %d\\n", op(id, 3, 1, 0) == -EFBIG, semop(id, 0, 0) < 0 ? errno == EINVAL : 0, op(id, 0, 32767, 0) == -ERANGE);
  struct sembuf together[2] = { { 0, -1, IPC_NOWAIT }, { 1, -1, IPC_NOWAIT } };
  printf("all or nothing %d %d\\n", semop(id, together, 2), semctl(id, 0, GETVAL));
  struct timespec soon = { 0, 20000000 };
  struct sembuf wait1 = { 1, -1, 0 };
  printf("timeout %d\\n", semtimedop(id, &wait1, 1, &soon) < 0 ? errno == EAGAIN : 0);
  pid_t child = fork();
  if (child == 0) { op(id, 2, -4, SEM_UNDO); op(id, 1, 1, 0); printf("child has %d\\n", semctl(id, 2, GETVAL)); fflush(stdout); _exit(0); }
  printf("woken %d\\n", op(id, 1, -1, 0));
  waitpid(child, 0, 0);
  printf("undone %d, by the child %d\\n", semctl(id, 2, GETVAL), semctl(id, 2, GETPID) == child);
  child = fork();
  if (child == 0) _exit(op(id, 1, -1, 0) == -EIDRM ? 7 : op(id, 2, 0, IPC_NOWAIT) == 0);
  while (semctl(id, 1, GETNCNT) == 0) usleep(1000);
  printf("waits %d, for zero %d\\n", semctl(id, 1, GETNCNT), semctl(id, 1, GETZCNT));
  struct semid_ds status;
  argument.buf = &status;
  semctl(id, 0, IPC_STAT, argument);
  printf("%lu, %o, key %d, time %d\\n", status.sem_nsems, status.sem_perm.mode, status.sem_perm.__ipc_perm_key, status.sem_otime > 1000000000);
  printf("removed %d\\n", semctl(id, 0, IPC_RMID));
  int how;
  waitpid(child, &how, 0);
  printf("told %d, gone %d\\n", WEXITSTATUS(how), semctl(id, 0, GETVAL) < 0 ? errno == EINVAL : 0);
  key_t key = 0x20000000 | getpid();
  id = semget(key, 2, 0600 | IPC_CREAT | IPC_EXCL);
  printf("by key %d, again %d, exclusive %d, larger %d\\n", id >= 0, semget(key, 0, 0) == id, semget(key, 1, IPC_CREAT | IPC_EXCL) < 0 ? errno == EEXIST : 0, semget(key, 3, 0) < 0 ? errno == EINVAL : 0);
  struct sigaction action = { .sa_handler = on_signal, .sa_flags = SA_RESTART };
  sigaction(SIGALRM, &action, 0);
  alarm(1);
  printf("interrupted %d\\n", op(id, 0, -1, 0) == -EINTR);
  semctl(id, 0, IPC_RMID);
  printf("no such key %d\\n", semget(key, 1, 0) < 0 ? errno == ENOENT : 0);
  return 0;
}`,
  },
  {
    name: 'System V message queues are taken by type, block, and report themselves',
    source: `
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/msg.h>
#include <sys/wait.h>
#include <unistd.h>
struct message { long type; char text[9000]; };
static struct message m;
static int id;
static int put(long type, const char *text, int flags) { m.type = type; strcpy(m.text, text); return msgsnd(id, &m, strlen(text) + 1, flags) < 0 ? -errno : 0; }
static void get(long wanted, int flags, size_t room) {
  memset(&m, 0, sizeof m);
  ssize_t got = msgrcv(id, &m, room, wanted, flags);
  if (got < 0) printf("%ld: %s\\n", wanted, strerror(errno)); else printf("%ld: %zd, type %ld, %.20s\\n", wanted, got, m.type, m.text);
}
int main(void) {
  id = msgget(IPC_PRIVATE, 0600);
  for (int i = 0; i < 6; i++) { char text[20]; sprintf(text, "message %d", i); put(1 + i * 5 % 6, text, 0); }
  get(0, 0, 100);
  get(3, IPC_NOWAIT, 100);
  get(3, IPC_NOWAIT, 100);
  get(-4, 0, 100);
  get(5, MSG_EXCEPT, 100);
  get(0, 0, 3);
  get(0, MSG_NOERROR, 3);
  struct msqid_ds status;
  msgctl(id, IPC_STAT, &status);
  printf("%lu messages, %lu of %lu bytes, sender %d\\n", status.msg_qnum, status.msg_cbytes, status.msg_qbytes, status.msg_lspid == getpid());
  printf("type 0 %d, too large %d\\n", put(0, "x", 0) == -EINVAL, (m.type = 1, msgsnd(id, &m, 8193, 0)) < 0 ? errno == EINVAL : 0);
  int sent = 0;
  m.type = 9;
  while (msgsnd(id, &m, 4000, IPC_NOWAIT) == 0) sent++;
  printf("full after %d: %d\\n", sent, errno == EAGAIN);
  pid_t child = fork();
  if (child == 0) { m.type = 8; _exit(msgsnd(id, &m, 4000, 0) == 0 ? 5 : 6); }
  usleep(20000);
  printf("%zd\\n", msgrcv(id, &m, 8192, 9, 0));
  int how;
  waitpid(child, &how, 0);
  printf("it got in: %d\\n", WEXITSTATUS(how));
  child = fork();
  if (child == 0) _exit(msgrcv(id, &m, 8192, 77, 0) < 0 && errno == EIDRM ? 5 : 6);
  usleep(50000);
  printf("removed %d\\n", msgctl(id, IPC_RMID, 0));
  waitpid(child, &how, 0);
  printf("%d, %d\\n", WEXITSTATUS(how), msgsnd(id, &m, 1, 0) < 0 ? errno == EINVAL || errno == EIDRM : 0);
  return 0;
}`,
  },
  {
    name: 'System V shared memory is seen by all who attach it, and goes with the last',
    source: `
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>
static sigjmp_buf back;
static void fault(int signal) { siglongjmp(back, 1); }
static long attached(int id) { struct shmid_ds status; return shmctl(id, IPC_STAT, &status) < 0 ? -errno : (long)status.shm_nattch; }
int main(void) {
  key_t key = 0x30000000 | getpid();
  int id = shmget(key, 10000, 0640 | IPC_CREAT);
  printf("made %d, found %d, larger %d, nothing %d\\n", id >= 0, shmget(key, 5000, 0) == id, shmget(key, 20000, 0) < 0 ? errno == EINVAL : 0, shmget(IPC_PRIVATE, 0, 0600) < 0 ? errno == EINVAL : 0);
  char *one = shmat(id, 0, 0), *two = shmat(id, 0, SHM_RDONLY);
  printf("attached twice %ld, apart %d, zero %d\\n", attached(id), one != two, one[9999]);
  strcpy(one + 4090, "across a page");
  printf("%s\\n", two + 4090);
  signal(SIGSEGV, fault);
  if (sigsetjmp(back, 1) == 0) { two[0] = 1; puts("written"); } else puts("read only");
  pid_t child = fork();
  if (child == 0) {
    printf("the child has %ld\\n", attached(id));
    strcpy(one, "from the child");
    printf("detached %d, again %d\\n", shmdt(two), shmdt(two) < 0 ? errno == EINVAL : 0);
    printf("now %ld\\n", attached(id));
    fflush(stdout);
    _exit(0);
  }
  waitpid(child, 0, 0);
  printf("%s, %ld\\n", two, attached(id));
  char *fixed = shmat(id, one + 0x10001, SHM_RND);
  printf("rounded %ld %s\\n", (long)(fixed - one), fixed);
  printf("taken %d\\n", shmat(id, one, 0) == (void *)-1 ? errno == EINVAL : 0);
  struct shmid_ds status;
  shmctl(id, IPC_STAT, &status);
  printf("size %zu mode %o creator %d last %d\\n", status.shm_segsz, status.shm_perm.mode & 0777, status.shm_cpid == getpid(), status.shm_lpid == getpid());
  printf("removed %d, key %d, goes on %s\\n", shmctl(id, IPC_RMID, 0), shmget(key, 0, 0) < 0 ? errno == ENOENT : 0, one);
  shmctl(id, IPC_STAT, &status);
  printf("condemned %d\\n", (status.shm_perm.mode & 01000) != 0);
  shmdt(one); shmdt(two); shmdt(fixed);
  printf("gone %d\\n", attached(id) == -EINVAL || attached(id) == -EIDRM);
  return 0;
}`,
  },
  {
    name: 'a named pipe joins who opens it',
    mounts: true,
    source: `
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
int main(void) {
  char line[100] = { 0 };
  umask(022);
  unlink("queue");
  printf("made %d", mkfifo("queue", 0666));
  printf(", again %d", mkfifo("queue", 0666) < 0 ? errno : 0);
  struct stat st;
  lstat("queue", &st);
  printf(", mode %o, size %ld\\n", st.st_mode, (long)st.st_size);
  DIR *all = opendir(".");
  for (struct dirent *each; (each = readdir(all));)
    if (!strcmp(each->d_name, "queue")) printf("listed as what it is: %d\\n", each->d_type == DT_FIFO || each->d_type == DT_UNKNOWN);
  closedir(all);
  printf("nobody reads: %d\\n", open("queue", O_WRONLY | O_NONBLOCK) < 0 ? errno : 0);
  int early = open("queue", O_RDONLY | O_NONBLOCK);
  printf("nobody writes: %zd\\n", read(early, line, 10));
  close(early);
  int go[2];
  pipe(go);
  if (fork() == 0) {
    int out = open("queue", O_WRONLY);
    write(out, "from a child", 12);
    close(out);
    read(go[0], line, 1);
    out = open("queue", O_WRONLY);
    write(out, "again", 5);
    _exit(0);
  }
  int in = open("queue", O_RDONLY);
  int total = 0;
  for (int n; (n = read(in, line + total, 12 - total)) > 0;) total += n;
  printf("%.12s\\n", line);
  fstat(in, &st);
  printf("open: %d, seek %d\\n", S_ISFIFO(st.st_mode), lseek(in, 0, SEEK_SET) < 0 ? errno : 0);
  close(in);
  write(go[1], "!", 1);
  in = open("queue", O_RDONLY);
  memset(line, 0, sizeof line);
  total = 0;
  for (int n; (n = read(in, line + total, 50)) > 0;) total += n;
  printf("%s\\n", line);
  wait(0);
  close(in);
  int both = open("queue", O_RDWR);
  write(both, "kept", 4);
  struct pollfd ready = { both, POLLIN, 0 };
  int count = poll(&ready, 1, 0);
  printf("both ends: %d %x\\n", count, ready.revents);
  close(both);
  both = open("queue", O_RDWR | O_NONBLOCK);
  printf("nothing is kept when all are gone: %d\\n", read(both, line, 10) < 0 ? errno : 0);
  close(both);
  printf("rename %d", rename("queue", "moved"));
  lstat("moved", &st);
  printf(", still a pipe %d", S_ISFIFO(st.st_mode));
  printf(", unlink %d\\n", unlink("moved"));
  close(open("queue", O_CREAT | O_EXCL | O_RDWR, 0600));
  lstat("queue", &st);
  printf("a new file of the name: %d\\n", S_ISREG(st.st_mode));
  return 0;
}`,
  },
];

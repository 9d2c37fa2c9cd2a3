// C programs for linux-calls.test.ts about descriptors of processes, pipes, locks, roots and pseudo terminals.
import type { LinuxCallsProgram } from './linux-calls-program.ts';

export const LINUX_DESCRIPTOR_CALLS: readonly LinuxCallsProgram[] = [
  {
    name: 'a process behind a descriptor is signalled, polled and waited for, and stays that process',
    source: `
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
static int open_pid(int pid, unsigned flags) { int fd = syscall(434, pid, flags); return fd < 0 ? -errno : fd; }
static int send(int fd, int signal, siginfo_t *info, unsigned flags) { return syscall(424, fd, signal, info, flags) ? errno : 0; }
static int ready(int fd) { struct pollfd p = { fd, POLLIN, 0 }; return poll(&p, 1, 0) == 1 ? p.revents & POLLIN : 0; }
static int wait_fd(int fd, siginfo_t *info, int options) { memset(info, 0, sizeof *info); return syscall(SYS_waitid, 3, fd, info, options, 0) ? errno : 0; }
static void tell(int signal, siginfo_t *info, void *context) { printf("got %d code %d value %d\\n", signal, info->si_code, info->si_value.sival_int); }
int main(void) {
  setvbuf(stdout, 0, _IONBF, 0);
  siginfo_t info;
  printf("%d %d %d\\n", open_pid(0, 0), open_pid(30000, 0), open_pid(getpid(), 1));
  int self = open_pid(getpid(), 0);
  printf("closes on exec: %d\\n", fcntl(self, F_GETFD));
  struct sigaction action = { .sa_sigaction = tell, .sa_flags = SA_SIGINFO };
  sigaction(SIGUSR1, &action, 0);
  memset(&info, 0, sizeof info);
  info.si_signo = SIGUSR1; info.si_code = SI_QUEUE; info.si_value.sival_int = 7;
  printf("%d\\n", send(self, SIGUSR1, &info, 0));
  printf("%d\\n", send(self, SIGUSR1, 0, 0));
  printf("%d %d %d %d\\n", send(self, SIGUSR2, &info, 0), send(self, 99, 0, 0), send(self, 0, 0, 8), send(1, 0, 0, 0));
  int child = fork();
  if (child == 0) for (;;) pause();
  int fd = open_pid(child, O_NONBLOCK);
  printf("nothing yet: %d %d\\n", ready(fd), wait_fd(fd, &info, WEXITED));
  printf("%d\\n", wait_fd(self, &info, WEXITED));
  printf("%d %d\\n", wait_fd(1, &info, WEXITED), wait_fd(77, &info, WEXITED));
  printf("kill: %d\\n", send(fd, SIGTERM, 0, 0));
  struct pollfd p = { fd, POLLIN, 0 };
  printf("poll: %d %d\\n", poll(&p, 1, -1), p.revents);
  int again = open_pid(child, 0);
  printf("of what has ended: %d %d\\n", again > 0, send(again, 0, 0, 0));
  printf("not this change: %d\\n", wait_fd(fd, &info, WSTOPPED | WNOHANG) == ECHILD || info.si_pid == 0);
  printf("look: %d\\n", wait_fd(fd, &info, WEXITED | WNOWAIT));
  int waited = wait_fd(fd, &info, WEXITED);
  printf("ended: %d %d %d %d\\n", waited, info.si_pid == child, info.si_code, info.si_status);
  waited = wait_fd(fd, &info, WEXITED);
  printf("waited for: %d %d %d %d\\n", waited, send(fd, 0, 0, 0), ready(fd), open_pid(child, 0));
  int got = -1;
  child = syscall(SYS_clone, 0x1000 | SIGCHLD, 0, &got, 0, 0);
  if (child == 0) _exit(fcntl(got, F_GETFD) == -1 ? 3 : 4);
  printf("clone: %d\\n", got > 0);
  waited = wait_fd(got, &info, WEXITED);
  printf("%d status %d\\n", waited, info.si_status);
  struct { unsigned long long flags, pidfd, child_tid, parent_tid, exit_signal, stack, stack_size, tls; } args = { 0x1000, (unsigned long long)&got, 0, 0, SIGCHLD, 0, 0, 0 };
  child = syscall(435, &args, sizeof args);
  if (child == 0) _exit(9);
  waited = wait_fd(got, &info, WEXITED);
  printf("clone3: %d status %d\\n", waited, info.si_status);
  return 0;
}`,
  },
  {
    name: 'splice, tee and vmsplice move bytes between pipes, files, sockets and memory, and lose none',
    mounts: true,
    source: `
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>
static long try(long result) { return result < 0 ? -errno : result; }
static void drain(int fd, const char *what) {
  char bytes[4096];
  fcntl(fd, F_SETFL, O_NONBLOCK);
  long total = 0, got;
  char first[17] = { 0 };
  while ((got = read(fd, bytes, sizeof bytes)) > 0) { if (total == 0) memcpy(first, bytes, got < 16 ? got : 16); total += got; }
  fcntl(fd, F_SETFL, 0);
  printf("%s: %ld '%s'\\n", what, total, first);
}
int main(void) {
  signal(SIGPIPE, SIG_IGN);
  int a[2], b[2], pair[2];
  pipe(a); pipe(b);
  socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
  int file = open("file", O_RDWR | O_CREAT | O_TRUNC, 0600);
  write(file, "0123456789abcdef", 16);
  loff_t at = 4;
  printf("%ld %lld\\n", try(splice(file, &at, a[1], 0, 6, 0)), (long long)at);
  drain(a[0], "from a file");
  lseek(file, 0, SEEK_SET);
  printf("%ld\\n", try(splice(file, 0, a[1], 0, 100, 0)));
  printf("position %ld\\n", (long)lseek(file, 0, SEEK_CUR));
  printf("tee %ld\\n", try(tee(a[0], b[1], 8, 0)));
  drain(b[0], "teed");
  at = 20;
  printf("%ld\\n", try(splice(a[0], 0, file, &at, 10, 0)));
  drain(a[0], "left");
  char back[64] = { 0 };
  pread(file, back, 10, 20);
  printf("in the file: %s, size %ld\\n", back, (long)lseek(file, 0, SEEK_END));
  write(a[1], "hello", 5);
  printf("%ld\\n", try(splice(a[0], 0, b[1], 0, 3, 0)));
  drain(a[0], "first pipe"); drain(b[0], "second pipe");
  printf("empty: %ld %ld\\n", try(splice(a[0], 0, b[1], 0, 3, SPLICE_F_NONBLOCK)), try(tee(a[0], b[1], 3, SPLICE_F_NONBLOCK)));
  write(pair[0], "socket", 6);
  printf("%ld\\n", try(splice(pair[1], 0, a[1], 0, 100, 0)));
  printf("%ld\\n", try(splice(a[0], 0, pair[1], 0, 100, 0)));
  drain(pair[0], "through a pipe");
  printf("%ld %ld %ld\\n", try(splice(file, 0, file, 0, 1, 0)), try(splice(a[0], 0, a[1], 0, 1, 0)), try(splice(a[0], &at, b[1], 0, 1, 0)));
  printf("%ld %ld %ld\\n", try(splice(a[1], 0, b[1], 0, 1, 0)), try(splice(a[0], 0, b[1], 0, 1, 64)), try(tee(a[0], a[1], 1, 0)));
  printf("%ld %ld\\n", try(tee(file, a[1], 1, 0)), try(splice(a[0], 0, b[1], 0, 0, 0)));
  fcntl(file, F_SETFL, O_APPEND);
  printf("append %ld\\n", try(splice(a[0], 0, file, 0, 1, 0)));
  struct iovec parts[2] = { { "one ", 4 }, { "two", 3 } };
  printf("vm %ld\\n", try(vmsplice(a[1], parts, 2, 0)));
  char x[4] = { 0 }, y[4] = { 0 };
  struct iovec into[2] = { { x, 3 }, { y, 3 } };
  printf("vm %ld '%s' '%s'\\n", try(vmsplice(a[0], into, 2, 0)), x, y);
  drain(a[0], "rest");
  printf("vm %ld %ld\\n", try(vmsplice(file, parts, 2, 0)), try(vmsplice(a[1], parts, 2, 64)));
  fcntl(b[1], F_SETPIPE_SZ, 4096);
  char *page = calloc(1, 8192);
  memset(page, 'p', 8192);
  write(b[1], page, 4096);
  write(a[1], page, 100);
  printf("full %ld\\n", try(splice(a[0], 0, b[1], 0, 100, SPLICE_F_NONBLOCK)));
  drain(b[0], "it was full"); drain(a[0], "kept");
  if (fork() == 0) { usleep(50000); write(a[1], "late", 4); _exit(0); }
  printf("waited %ld\\n", try(splice(a[0], 0, b[1], 0, 100, 0)));
  wait(0);
  drain(b[0], "late");
  close(a[1]);
  printf("end %ld\\n", try(splice(a[0], 0, b[1], 0, 100, 0)));
  pipe(a);
  close(b[0]);
  write(a[1], "x", 1);
  printf("broken %ld\\n", try(splice(a[0], 0, b[1], 0, 100, 0)));
  drain(a[0], "not lost");
  return 0;
}`,
  },
  {
    name: 'locks of files are joined, told, handed over when a description closes, and never wait for one another',
    mounts: true,
    source: `
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>
static int lock(int fd, int command, int type, long start, long length) {
  struct flock l = { .l_type = type, .l_whence = SEEK_SET, .l_start = start, .l_len = length };
  return fcntl(fd, command, &l) ? errno : 0;
}
static void ask(int fd, int command, long start, long length) {
  struct flock l = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = start, .l_len = length };
  int failed = fcntl(fd, command, &l) ? errno : 0;
  printf("%d: type %d %ld+%ld by %d\\n", failed, l.l_type, (long)l.l_start, (long)l.l_len, l.l_type == F_UNLCK ? 0 : l.l_pid == -1 ? -1 : l.l_pid == getppid() ? 1 : 2);
}
int main(void) {
  setvbuf(stdout, 0, _IONBF, 0);
  int fd = open("locks", O_RDWR | O_CREAT, 0600);
  int step[2], back[2];
  char byte;
  pipe(step); pipe(back);
  printf("%d %d\\n", lock(fd, F_SETLK, F_WRLCK, 0, 10), lock(fd, F_SETLK, F_WRLCK, 10, 10));
  printf("%d %d\\n", lock(fd, F_SETLK, F_RDLCK, 20, 5), lock(fd, F_SETLK, F_UNLCK, 5, 2));
  if (fork() == 0) {
    ask(fd, F_GETLK, 0, 3); ask(fd, F_GETLK, 5, 2); ask(fd, F_GETLK, 6, 8); ask(fd, F_GETLK, 22, 0); ask(fd, F_GETLK, 30, 0);
    printf("%d %d\\n", lock(fd, F_SETLK, F_RDLCK, 0, 1), lock(fd, F_SETLK, F_RDLCK, 20, 1));
    _exit(0);
  }
  wait(0);
  printf("%d %d %d\\n", lock(fd, F_SETLK, 9, 0, 1), lock(fd, F_SETLK, F_RDLCK, -1, 1), lock(fd, F_GETLK, F_UNLCK, 0, 1));
  printf("%d %d\\n", lock(fd, F_SETLK, F_RDLCK, 5, -5), lock(fd, F_SETLK, F_RDLCK, 5, -6));
  int only = open("locks", O_RDONLY);
  printf("%d\\n", lock(only, F_SETLK, F_WRLCK, 0, 1));
  close(only);
  if (fork() == 0) { ask(fd, F_GETLK, 0, 0); _exit(0); }
  wait(0);
  // Each has one and wants the other's.
  int child = fork();
  if (child == 0) {
    lock(fd, F_SETLK, F_WRLCK, 100, 1);
    write(back[1], "r", 1);
    read(step[0], &byte, 1);
    int got = lock(fd, F_SETLKW, F_WRLCK, 200, 1);
    _exit(got);
  }
  lock(fd, F_SETLK, F_WRLCK, 200, 1);
  read(back[0], &byte, 1);
  write(step[1], "g", 1);
  usleep(300000);
  printf("deadlock: %d\\n", lock(fd, F_SETLKW, F_WRLCK, 100, 1) == EDEADLK);
  lock(fd, F_SETLK, F_UNLCK, 200, 1);
  int status;
  waitpid(child, &status, 0);
  printf("the other got it: %d\\n", WEXITSTATUS(status));
  // Locks of descriptions.
  int one = open("locks", O_RDWR), two = open("locks", O_RDWR);
  printf("%d %d\\n", lock(one, F_OFD_SETLK, F_WRLCK, 300, 10), lock(two, F_OFD_SETLK, F_RDLCK, 305, 1));
  ask(two, F_OFD_GETLK, 0, 0);
  int copy = dup(one);
  close(one);
  printf("%d\\n", lock(two, F_OFD_SETLK, F_WRLCK, 305, 1));
  close(copy);
  printf("%d\\n", lock(two, F_OFD_SETLK, F_WRLCK, 305, 1));
  close(two);
  one = open("locks", O_RDWR); two = open("locks", O_RDWR);
  printf("%d %d\\n", flock(one, LOCK_SH | LOCK_NB), flock(two, LOCK_SH | LOCK_NB));
  printf("%d\\n", flock(one, LOCK_EX | LOCK_NB) ? errno : 0);
  printf("it gave up its own: %d\\n", flock(two, LOCK_EX | LOCK_NB) ? errno : 0);
  close(two);
  printf("%d\\n", flock(one, LOCK_EX | LOCK_NB) ? errno : 0);
  return 0;
}`,
  },
  {
    name: 'another root and the limits of openat2 keep paths where they belong',
    mounts: true,
    source: `
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
struct how { unsigned long long flags, mode, resolve; };
static int open_at(int fd, const char *path, unsigned long long flags, unsigned long long resolve) {
  struct how how = { flags, 0, resolve };
  int got = syscall(437, fd, path, &how, sizeof how);
  if (got < 0) return -errno;
  close(got);
  return 0;
}
static void make(const char *path, const char *text) { int fd = open(path, O_CREAT | O_WRONLY, 0600); write(fd, text, strlen(text)); close(fd); }
static void say(const char *path) { char text[32] = { 0 }; int fd = open(path, O_RDONLY); if (fd < 0) printf("%s: %s\\n", path, strerror(errno)); else { read(fd, text, 31); printf("%s: %s\\n", path, text); close(fd); } }
int main(void) {
  if (geteuid() != 0) return 0;
  mkdir("jail", 0755); chmod("jail", 0755); mkdir("jail/sub", 0755);
  make("outside", "out"); make("jail/inside", "in"); make("jail/sub/deep", "deep");
  symlink("/inside", "jail/absolute"); symlink("../outside", "jail/up"); symlink("sub/deep", "jail/down"); symlink("/proc/self/fd/0", "jail/magic");
  int jail = open("jail", O_PATH | O_DIRECTORY);
  const unsigned kinds[] = { 0, 2, 4, 8, 16 };
  const char *paths[] = { "inside", "sub/../inside", "../outside", "up", "absolute", "/inside", "down", "sub/../../outside", "." };
  for (int k = 0; k < 5; k++) {
    printf("resolve %u:", kinds[k]);
    for (int p = 0; p < 9; p++) if (!(k == 0 && (p == 4 || p == 5))) printf(" %d", open_at(jail, paths[p], O_RDONLY, kinds[k]));
    printf("\\n");
  }
  printf("%d %d %d\\n", open_at(jail, "down", O_PATH | O_NOFOLLOW, 4), open_at(jail, "down", O_RDONLY | O_NOFOLLOW, 0), open_at(jail, "inside", O_RDONLY, 24));
  printf("%d %d %d\\n", open_at(jail, "inside", O_RDONLY, 64), open_at(jail, "inside", 1ull << 40, 0), open_at(jail, "inside", 0x10000000, 0));
  printf("to /proc: %d %d\\n", open_at(AT_FDCWD, "/proc/self/status", O_RDONLY, 1), open_at(AT_FDCWD, "/proc/self/status", O_RDONLY, 2));
  printf("magic: %d %d %d\\n", open_at(AT_FDCWD, "/proc/self/cwd/outside", O_RDONLY, 4), open_at(AT_FDCWD, "/proc/self/exe", O_RDONLY, 2), open_at(jail, "magic", O_RDONLY, 8));
  struct { struct how how; unsigned long long more; } longer = { { O_RDONLY, 0, 0 }, 1 };
  struct how small = { O_RDONLY, 0600, 0 };
  printf("%d %d\\n", syscall(437, jail, "inside", &longer, sizeof longer) < 0 ? errno : 0, syscall(437, jail, "inside", &small, sizeof small) < 0 ? errno : 0);
  int before = open(".", O_RDONLY);
  printf("%d %d\\n", chroot("outside") ? errno : 0, chroot("nowhere") ? errno : 0);
  printf("chroot %d\\n", chroot("jail"));
  char where[256];
  printf("cwd %s\\n", getcwd(where, sizeof where) == 0 ? "none" : where[0] == '/' ? "inside" : "outside");
  say("/inside"); say("/absolute"); say("/up"); say("/../../inside"); say("outside"); say("/sub/deep");
  printf("chdir %d\\n", chdir("/sub"));
  printf("cwd %s\\n", getcwd(where, sizeof where));
  say("../inside"); say("../../../../inside");
  if (fork() == 0) { printf("a child, cwd %s\\n", getcwd(where, sizeof where)); say("/inside"); say("/../outside"); _exit(0); }
  fflush(stdout);
  wait(0);
  fchdir(before);
  say("outside");
  setresuid(1234, 1234, 1234);
  printf("%d\\n", chroot("/") ? errno : 0);
  return 0;
}`,
  },
  {
    name: 'a pseudo terminal keeps what is typed before anybody reads, across changes of its settings, and tells its master',
    source: `
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
static int master;
// What a master writes comes to the line discipline a little later.
static void type(const char *text) { write(master, text, strlen(text)); usleep(50000); }
static void show(const char *what, int fd) {
  char bytes[256] = { 0 };
  struct pollfd p = { fd, POLLIN, 0 };
  if (poll(&p, 1, 100) == 0) { printf("%s: nothing\\n", what); return; }
  int got = read(fd, bytes, sizeof bytes - 1);
  printf("%s: %d", what, got);
  for (int i = 0; i < got; i++) printf(" %02x", (unsigned char)bytes[i]);
  printf("\\n");
}
static void mode(int fd, int raw, int when) {
  struct termios t;
  tcgetattr(fd, &t);
  if (raw) t.c_lflag &= ~(ICANON | ECHO); else t.c_lflag |= ICANON | ECHO;
  tcsetattr(fd, when, &t);
}
static int packet(void) {
  unsigned char bytes[512];
  struct pollfd p = { master, POLLIN | POLLPRI, 0 };
  if (poll(&p, 1, 200) == 0) return -1;
  int got = read(master, bytes, sizeof bytes);
  return got < 1 ? -2 : bytes[0] == 0 ? 1000 + got - 1 : bytes[0] | (got > 1 ? 4096 : 0) | (p.revents & POLLPRI ? 256 : 0);
}
int main(void) {
  signal(SIGHUP, SIG_IGN); signal(SIGTTOU, SIG_IGN);
  setsid();
  master = posix_openpt(O_RDWR | O_NOCTTY);
  grantpt(master); unlockpt(master);
  type("early\\npart");
  int slave = open(ptsname(master), O_RDWR | O_NOCTTY);
  show("a line typed before the terminal was opened", slave);
  show("half a line", slave);
  mode(slave, 1, TCSANOW);
  show("in raw mode", slave);
  type("more");
  mode(slave, 1, TCSADRAIN);
  show("after draining", slave);
  type("gone");
  mode(slave, 1, TCSAFLUSH);
  show("after flushing", slave);
  type("raw");
  mode(slave, 0, TCSANOW);
  show("typed raw, read as a line", slave);
  type("kept\\nhalf");
  close(slave);
  slave = open(ptsname(master), O_RDWR | O_NOCTTY);
  show("after the last reader closed", slave);
  type("\\n");
  show("and the rest", slave);
  type("lost\\n");
  tcflush(slave, TCIFLUSH);
  show("flushed", slave);
  tcflush(master, TCIOFLUSH);
  // Packet mode.
  fcntl(master, F_SETFL, O_NONBLOCK);
  char rest[4096];
  while (read(master, rest, sizeof rest) > 0) ;
  fcntl(master, F_SETFL, 0);
  int on = 1, is = 9;
  printf("%d", ioctl(master, TIOCPKT, &on));
  ioctl(master, TIOCGPKT, &is);
  printf(" %d, slave %d\\n", is, ioctl(slave, TIOCPKT, &on) ? errno : 0);
  write(slave, "abc", 3);
  printf("data %d\\n", packet());
  tcflush(slave, TCIFLUSH); printf("%d\\n", packet());
  tcflush(slave, TCOFLUSH); printf("%d\\n", packet());
  tcflow(slave, TCOOFF); printf("%d\\n", packet());
  tcflow(slave, TCOON); printf("%d\\n", packet());
  struct termios t;
  tcgetattr(slave, &t);
  t.c_iflag &= ~IXON; tcsetattr(slave, TCSANOW, &t); printf("%d\\n", packet());
  t.c_iflag |= IXON; tcsetattr(slave, TCSANOW, &t); printf("%d\\n", packet());
  t.c_cc[VSTOP] = 1; tcsetattr(slave, TCSANOW, &t); printf("%d\\n", packet());
  printf("%d\\n", packet());
  on = 0;
  ioctl(master, TIOCPKT, &on);
  write(slave, "abc", 3);
  show("without packets", master);
  return 0;
}`,
  },
  {
    name: '/proc tells a process of its own signals, groups, descriptors and threads',
    source: `
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
static void lines(const char *path, const char **wanted) {
  char line[512];
  FILE *file = fopen(path, "r");
  if (file == 0) { printf("%s: none\\n", path); return; }
  while (fgets(line, sizeof line, file)) for (const char **w = wanted; *w; w++) if (!strncmp(line, *w, strlen(*w))) fputs(line, stdout);
  fclose(file);
}
static void handler(int signal) {}
int main(void) {
  if (geteuid() != 0) return 0;
  gid_t groups[] = { 5, 17 };
  setgroups(2, groups);
  signal(SIGUSR1, handler); signal(SIGPIPE, SIG_IGN);
  sigset_t set;
  sigemptyset(&set); sigaddset(&set, SIGUSR2); sigaddset(&set, SIGTERM); sigaddset(&set, SIGRTMAX);
  sigprocmask(SIG_SETMASK, &set, 0);
  raise(SIGUSR2); kill(getpid(), SIGTERM);
  setresgid(3, 4, 5); setresuid(1, 0, 2);
  umask(027);
  prctl(PR_SET_NAME, "a name");
  lines("/proc/thread-self/status", (const char *[]){ "Name:", "Umask:", "State:", "Uid:", "Gid:", "Groups:", "Threads:", "SigPnd:", "ShdPnd:", "SigBlk:", "SigCgt:", 0 });
  int fd = open("/dev/null", O_RDWR | O_CLOEXEC | O_APPEND);
  char path[64];
  sprintf(path, "/proc/self/fdinfo/%d", fd);
  lines(path, (const char *[]){ "pos:", "flags:", 0 });
  int self = syscall(434, getpid(), 0);
  char told[64] = "", expected[64];
  sprintf(path, "/proc/self/fdinfo/%d", self);
  FILE *info = fopen(path, "r");
  while (fgets(told, sizeof told, info) && strncmp(told, "Pid:", 4)) ;
  sprintf(expected, "Pid:\\t%d\\n", getpid());
  printf("%d\\n", !strcmp(told, expected));
  struct rlimit limit = { 100, 200 };
  setrlimit(RLIMIT_NOFILE, &limit);
  lines("/proc/self/limits", (const char *[]){ "Limit", "Max open files", 0 });
  printf("%d %d", prctl(PR_GET_KEEPCAPS), prctl(PR_SET_KEEPCAPS, 1));
  printf(" %d %d\\n", prctl(PR_GET_KEEPCAPS), prctl(PR_SET_KEEPCAPS, 2));
  int fields = 1;
  char stat[1024] = { 0 };
  read(open("/proc/self/stat", O_RDONLY), stat, sizeof stat - 1);
  for (char *p = strrchr(stat, ')'); *p; p++) fields += *p == ' ';
  printf("%d fields\\n", fields + 1);
  return 0;
}`,
  },
];

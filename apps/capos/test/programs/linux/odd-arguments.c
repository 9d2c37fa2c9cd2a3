// Calls with arguments that few programs give: what Linux answers, and which of several errors comes first.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { NOBODY = 65534, PAGE = 4096 };

static long answer(long result) { return result < 0 ? -errno : result; }
static void told(const char *what, long result) { printf("%s: %ld\n", what, answer(result)); }

static void only_a_place(void) {
  int place = open(".", O_PATH), file = open("file", O_PATH), poll = epoll_create(1);
  struct stat s;
  struct epoll_event event = {EPOLLIN};
  char buffer[8];
  told("read", read(file, buffer, 8));
  told("fstat", fstat(file, &s));
  told("fchmod", fchmod(file, 0600));
  told("fchown", fchown(place, 0, 0));
  told("fsync", fsync(file));
  told("getdents", syscall(SYS_getdents64, place, buffer, 8));
  told("ioctl", syscall(SYS_ioctl, file, 0x541b, buffer));
  told("accept", accept(file, 0, 0));
  told("getsockname", getsockname(file, 0, 0));
  told("mmap", (long)mmap(0, PAGE, PROT_READ, MAP_PRIVATE, file, 0) == -1 ? -1 : 0);
  told("epoll", epoll_ctl(poll, EPOLL_CTL_ADD, file, &event));
  told("flags", fcntl(file, F_GETFL) & O_PATH);
  told("F_SETFL", fcntl(file, F_SETFL, O_NONBLOCK));
  told("dup", dup(file) > 0);
  told("fchdir", fchdir(place));
  told("a descriptor and no path", fchmodat(file, "", 0600, 0));
  told("a null device", epoll_ctl(poll, EPOLL_CTL_ADD, open("/dev/zero", O_RDWR), &event));
}

static void mappings(void) {
  int file = open("file", O_RDONLY);
  char *shared = mmap(0, PAGE, PROT_READ, MAP_SHARED, file, 0), *private = mmap(0, PAGE, PROT_READ, MAP_PRIVATE, file, 0);
  told("nothing open", (long)mmap(0, PAGE, PROT_WRITE, MAP_SHARED, -1, 0));
  told("nothing, and no length", (long)mmap(0, 0, PROT_WRITE, MAP_SHARED, -1, 0));
  told("an odd offset, nothing open", syscall(SYS_mmap, 0, PAGE, PROT_READ, MAP_PRIVATE, -1, 5));
  told("flags to be validated", (long)mmap(0, PAGE, PROT_READ, MAP_SHARED_VALIDATE | (1 << 9), file, 0));
  told("MAP_SYNC", (long)mmap(0, PAGE, PROT_READ, MAP_SHARED_VALIDATE | 0x80000, file, 0));
  told("writing into a file open for reading", mprotect(shared, PAGE, PROT_READ | PROT_WRITE));
  told("into a copy", mprotect(private, PAGE, PROT_READ | PROT_WRITE));
  fflush(stdout);
  if (fork() == 0) {
    struct rlimit limit = {2 * PAGE, 2 * PAGE};
    char *memory = mmap(0, 8 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    setrlimit(RLIMIT_MEMLOCK, &limit);
    told("uid 0 locks all", mlock(memory, 8 * PAGE));
    munlock(memory, 8 * PAGE);
    setresuid(NOBODY, NOBODY, NOBODY);
    told("two pages", mlock(memory, 2 * PAGE));
    told("again", mlock(memory + PAGE, PAGE));
    told("one more", mlock(memory + 4 * PAGE, PAGE));
    told("all", mlockall(MCL_CURRENT));
    limit.rlim_cur = 0;
    setrlimit(RLIMIT_MEMLOCK, &limit);
    told("none allowed", mlock(memory, 1));
    fflush(stdout);
    _exit(0);
  }
  wait(0);
}

static int sent;
static void on_signal(int signal) { sent = signal; }

static void children(void) {
  signal(SIGUSR2, on_signal);
  int child = syscall(SYS_clone, SIGUSR2, 0, 0, 0, 0);
  if (child == 0) _exit(3);
  while (!sent) usleep(1000);
  printf("a signal of one's own choice: %d\n", sent == SIGUSR2);
  told("signalling who has ended", kill(child, SIGTERM));
  told("its group", getpgid(child) == getpgrp());
  told("waited for", waitpid(child, 0, __WALL) == child);
  told("gone", kill(child, 0));
  fflush(stdout);
  int status;
  if (fork() == 0) {
    int parent = getppid();
    if (syscall(SYS_clone, CLONE_PARENT | SIGCHLD, 0, 0, 0, 0) == 0) _exit(getppid() == parent ? 5 : 6);
    told("no child of its own", wait(0));
    fflush(stdout);
    _exit(0);
  }
  wait(&status);
  int first = WEXITSTATUS(status);
  wait(&status);
  printf("a sibling: %d\n", first + WEXITSTATUS(status));
}

static void files(void) {
  int file = open("sparse", O_CREAT | O_RDWR | O_APPEND, 0600);
  struct stat s;
  char bytes[64];
  write(file, "abcdefghij", 10);
  told("keeping the size", fallocate(file, 1, 0, 100));
  told("a hole", fallocate(file, 3, 2, 3));
  told("over the end", fallocate(file, 3, 8, 100));
  told("zeros", fallocate(file, 0x10, 0, 1));
  told("a hole without keeping", fallocate(file, 2, 0, 1));
  told("no length", fallocate(file, 3, 0, 0));
  fstat(file, &s);
  printf("size %ld:", (long)s.st_size);
  for (int i = 0, got = pread(file, bytes, 64, 0); i < got; i++) printf(" %02x", bytes[i]);
  told("\nzeros beyond", fallocate(file, 0x10, 5, 10));
  fstat(file, &s);
  printf("size %ld\n", (long)s.st_size);

  // Two locks of another process: the first in the file is told.
  int ends[2];
  pipe(ends);
  fflush(stdout);
  int holder = fork();
  if (holder == 0) {
    struct flock late = {F_WRLCK, SEEK_SET, 10, 5}, early = {F_RDLCK, SEEK_SET, 1, 5};
    fcntl(file, F_SETLK, &late);
    fcntl(file, F_SETLK, &early);
    write(ends[1], "x", 1);
    pause();
  }
  read(ends[0], bytes, 1);
  struct flock wanted = {F_WRLCK, SEEK_SET, 0, 0};
  fcntl(file, F_GETLK, &wanted);
  printf("in the way: %d from %ld, %d\n", wanted.l_type, (long)wanted.l_start, wanted.l_pid == holder);
  kill(holder, SIGKILL);
  wait(0);
  struct flock bad = {9, SEEK_SET, 0, 0}, nowhere = {F_RDLCK, 9, 0, 0};
  told("a bad type, of a pipe", fcntl(ends[0], F_SETLK, &bad));
  told("a bad origin, of a pipe", fcntl(ends[0], F_SETLK, &nowhere));
  told("a bad address, of a pipe", fcntl(ends[0], F_SETLK, (void *)-1));
}

static void others(void) {
  struct { unsigned version; int pid; } header = {0x19980330, 0};
  unsigned data[6];
  told("capabilities, version 1", syscall(SYS_capget, &header, data));
  header.version = 0x20071026;
  told("version 2", syscall(SYS_capget, &header, data));
  header.version = 7;
  told("version 7", syscall(SYS_capget, &header, data));
  printf("the version: %x\n", header.version);
  header.pid = -1;
  told("of nobody", syscall(SYS_capget, &header, data));
  header.pid = 32000;
  told("of somebody not there", syscall(SYS_capget, &header, data));
  struct timespec second = {1, 0};
  printf("sleeping by a thread's clock: %d\n", clock_nanosleep(CLOCK_THREAD_CPUTIME_ID, 0, &second, 0));
  printf("and by the call itself: %d\n", (int)syscall(SYS_clock_nanosleep, CLOCK_THREAD_CPUTIME_ID, 0, &second, 0) ? errno : 0);
  struct utsname name;
  told("persona", personality(0xffffffff) & ~ADDR_NO_RANDOMIZE);
  told("another", personality(PER_LINUX32) & ~ADDR_NO_RANDOMIZE);
  uname(&name);
  printf("%s %lx\n", name.machine, personality(PER_LINUX | 0x0020000) & ~ADDR_NO_RANDOMIZE);
  uname(&name);
  printf("%.3s\n", name.release);
  personality(PER_LINUX);
  int socket_ = socket(AF_INET, SOCK_STREAM, 0), path = socket(AF_UNIX, SOCK_STREAM, 0);
  char byte;
  struct sockaddr_un named = {AF_UNIX, "socket"};
  umask(0);
  bind(path, (void *)&named, sizeof named);
  listen(path, 1);
  chmod("socket", 0744);
  fflush(stdout);
  if (fork() == 0) {
    setresuid(NOBODY, NOBODY, NOBODY);
    struct sockaddr_un own = {AF_UNIX, "own"};
    told("connecting without permission to write", connect(socket(AF_UNIX, SOCK_STREAM, 0), (void *)&named, sizeof named));
    told("a socket of one's own", bind(socket(AF_UNIX, SOCK_STREAM, 0), (void *)&own, sizeof own));
    told("its mode", chmod("own", 0700));
    fflush(stdout);
    _exit(0);
  }
  wait(0);
}

int main(void) {
  if (geteuid() != 0) return 0;
  umask(0);
  chmod(".", 0777);
  close(open("file", O_CREAT | O_RDWR, 0644));
  truncate("file", PAGE);
  only_a_place();
  mappings();
  children();
  files();
  others();
  return 0;
}

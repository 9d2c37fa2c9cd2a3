// What is news to whom: a pipe's ends in edge-triggered epoll, inotify's watches in /proc, sizes no file has, a thread's robust list.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static int polled, ends[2];

static void news(const char *after) {
  struct epoll_event events[4];
  int count = epoll_wait(polled, events, 4, 0);
  printf("%s:", after);
  for (int of = 0; of < 2; of++)
    for (int i = 0; i < count; i++)
      if (events[i].data.fd == ends[of]) printf(" %s %x", of ? "writer" : "reader", events[i].events);
  printf("\n");
}

static void edges(int size) {
  static char bytes[65536];
  polled = epoll_create1(0);
  pipe2(ends, O_NONBLOCK);
  int capacity = fcntl(ends[1], F_SETPIPE_SZ, size);
  for (int of = 0; of < 2; of++) {
    struct epoll_event event = {.events = (of ? EPOLLOUT : EPOLLIN) | EPOLLET, .data.fd = ends[of]};
    epoll_ctl(polled, EPOLL_CTL_ADD, ends[of], &event);
  }
  news("made");
  write(ends[1], bytes, capacity);
  news("filled");
  news("again");
  read(ends[0], bytes, capacity / 2);
  news("half read");
  read(ends[0], bytes, capacity);
  news("read");
  write(ends[1], "x", 1);
  news("one byte");
  write(ends[1], "y", 1);
  news("another");
  read(ends[0], bytes, 1);
  news("one read");
  close(ends[1]);
  ends[1] = -1;
  news("closed");
  close(ends[0]);
  close(polled);
}

int main(void) {
  setvbuf(stdout, 0, _IONBF, 0);
  edges(4096);

  int watching = inotify_init1(IN_NONBLOCK);
  close(open("watched", O_CREAT | O_WRONLY, 0600));
  inotify_add_watch(watching, "watched", IN_MODIFY | IN_EXCL_UNLINK);
  inotify_add_watch(watching, ".", IN_ALL_EVENTS | IN_ONESHOT);
  char path[64], line[200];
  sprintf(path, "/proc/self/fdinfo/%d", watching);
  FILE *info = fopen(path, "r");
  unsigned number, mask, all = 0;
  unsigned long inode, device;
  struct stat status;
  stat("watched", &status);
  while (fgets(line, sizeof line, info))
    if (sscanf(line, "inotify wd:%u ino:%lx sdev:%lx mask:%x", &number, &inode, &device, &mask) == 4)
      all += number * mask, printf("watch %u mask %x, %s\n", number, mask, inode == status.st_ino ? "the file" : "another");
  fclose(info);

  int file = open("watched", O_RDWR);
  printf("%d\n", fallocate(file, 0, 0, 5000));
  printf("%d %d\n", fallocate(file, 0, 1L << 62, 1), errno);
  printf("%d %d\n", fallocate(file, FALLOC_FL_KEEP_SIZE, 0, 1L << 62), errno);
  fstat(file, &status);
  printf("%ld\n", (long)status.st_size);

  void *list = 0;
  size_t size = 0;
  int pid = fork();
  if (pid == 0) {
    pause();
    _exit(0);
  }
  printf("%ld %zu\n", syscall(SYS_get_robust_list, pid, &list, &size), size);
  seteuid(65534);
  printf("%ld %d\n", syscall(SYS_get_robust_list, pid, &list, &size), errno);
  printf("%ld %d\n", syscall(SYS_get_robust_list, 1, &list, &size), errno);
  seteuid(0);
  kill(pid, 9);
  waitpid(pid, 0, 0);
  printf("%ld %d\n", syscall(SYS_get_robust_list, pid, &list, &size), errno);

  // Whoever is number 1 has asked for nothing; here that is the parent of the first process.
  struct sched_param parameters = {-1};
  printf("%d", (int)syscall(SYS_sched_getscheduler, 1));
  printf(" %d", (int)syscall(SYS_sched_getparam, 1, &parameters));
  printf(" %d\n", parameters.sched_priority);
  return 0;
}

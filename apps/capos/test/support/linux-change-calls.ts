// C programs for linux-calls.test.ts about watching files and directories.
import type { LinuxCallsProgram } from './linux-calls-program.ts';

const HEAD = `
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <dirent.h>
#include <unistd.h>
static int in;
static unsigned cookies[8], known;
static int cookie(unsigned value) { if (value == 0) return 0; for (unsigned i = 0; i < known; i++) if (cookies[i] == value) return i + 1; cookies[known++] = value; return known; }
static void show(const char *what) {
  char bytes[8192] __attribute__((aligned(8)));
  struct pollfd p = { in, POLLIN, 0 };
  printf("%s:", what);
  while (poll(&p, 1, 0) == 1) {
    int got = read(in, bytes, sizeof bytes);
    for (int at = 0; at < got;) {
      struct inotify_event *e = (void *)(bytes + at);
      printf(" [%d %x %d %u %s]", e->wd, e->mask, cookie(e->cookie), e->len, e->len ? e->name : "");
      at += sizeof *e + e->len;
    }
  }
  printf("\\n");
  fflush(stdout);
}
static void make(const char *path, const char *text) { int fd = open(path, O_CREAT | O_WRONLY, 0600); if (*text) write(fd, text, strlen(text)); close(fd); }
`;

export const LINUX_CHANGE_CALLS: readonly LinuxCallsProgram[] = [
  {
    name: 'who watches a directory hears what is made, moved, changed and removed in it',
    mounts: true,
    source: `${HEAD}
int main(void) {
  mkdir("d", 0700); mkdir("e", 0700);
  in = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  printf("%d %d\\n", fcntl(in, F_GETFD), read(in, cookies, 64) < 0 ? errno : 0);
  printf("%d %d\\n", inotify_add_watch(in, "d", IN_ALL_EVENTS), inotify_add_watch(in, "e", IN_ALL_EVENTS));
  make("d/file", "text"); show("made");
  make("d/file", "more"); show("written");
  char byte[4];
  int fd = open("d/file", O_RDONLY); read(fd, byte, 4); read(fd, byte, 4); show("read"); close(fd); show("closed");
  fd = open("d/file", O_RDWR); ftruncate(fd, 2); fchmod(fd, 0640); pwrite(fd, "x", 1, 0); close(fd); show("by descriptor");
  truncate("d/file", 1); chmod("d/file", 0600); show("by path");
  utimes("d/file", 0); show("times");
  struct timespec later[2] = { { 0, UTIME_OMIT }, { 77, 0 } };
  utimensat(AT_FDCWD, "d/file", later, 0); show("one time");
  mkdir("d/sub", 0700); show("mkdir");
  rename("d/file", "e/moved"); show("moved");
  rename("d/sub", "d/bus"); show("directory renamed");
  make("d/a", "1"); make("d/b", "2"); show("two");
  rename("d/a", "d/b"); show("replaced");
  link("e/moved", "d/link"); show("linked");
  symlink("x", "d/symbolic"); show("symbolic");
  unlink("d/link"); unlink("d/symbolic"); unlink("e/moved"); show("unlinked");
  rmdir("d/bus"); show("rmdir");
  DIR *list = opendir("d"); while (readdir(list)) ; closedir(list); show("listed");
  fd = open("d/b", O_RDONLY); unlink("d/b"); show("gone while open"); close(fd); show("closed then");
  rename("d", "f"); show("itself moved");
  rmdir("f"); show("itself removed");
  printf("%d %d\\n", inotify_rm_watch(in, 1) ? errno : 0, inotify_rm_watch(in, 2)); show("forgotten");
  mkdir("e/x", 0700); show("nothing");
  rmdir("e/x"); rmdir("e");
  return 0;
}`,
  },
  {
    name: 'who watches a file hears of it by any name, and what watching refuses is refused',
    mounts: true,
    source: `${HEAD}
int main(void) {
  in = inotify_init();
  make("one", "1"); make("two", "2"); mkdir("d", 0700); symlink("one", "link");
  printf("%d %d\\n", inotify_add_watch(in, "one", IN_ALL_EVENTS), inotify_add_watch(in, "one", IN_MODIFY | IN_DELETE_SELF | IN_MOVE_SELF | IN_ATTRIB));
  make("one", "x"); show("only what it asked for last");
  printf("%d\\n", inotify_add_watch(in, "link", IN_OPEN | IN_MASK_ADD));
  make("one", "y"); show("added");
  printf("%d\\n", inotify_add_watch(in, "link", IN_ATTRIB | IN_DELETE_SELF | IN_DONT_FOLLOW));
  unlink("link"); show("a link removed");
  printf("%d\\n", inotify_add_watch(in, "two", IN_OPEN | IN_ONESHOT));
  make("two", "z"); make("two", "z"); show("once");
  rename("one", "three"); show("renamed"); make("three", "q"); show("by its new name");
  link("three", "four"); unlink("three"); show("still named"); 
  int fd = open("four", O_WRONLY | O_APPEND); unlink("four"); show("no name"); write(fd, "1", 1); show("written"); close(fd); show("gone");
  printf("%d %d %d %d\\n", inotify_add_watch(in, "two", 0) < 0 ? errno : 0, inotify_add_watch(in, "none", IN_OPEN) < 0 ? errno : 0, inotify_add_watch(in, "two", IN_OPEN | IN_ONLYDIR) < 0 ? errno : 0, inotify_add_watch(0, "two", IN_OPEN) < 0 ? errno : 0);
  int wd = inotify_add_watch(in, "d", IN_CREATE | IN_DELETE | IN_MODIFY | IN_ONLYDIR);
  printf("%d %d %d\\n", wd, inotify_add_watch(in, "d", IN_OPEN | IN_MASK_CREATE) < 0 ? errno : 0, inotify_add_watch(in, "d", IN_OPEN | IN_MASK_CREATE | IN_MASK_ADD) < 0 ? errno : 0);
  make("d/abc", "1"); 
  int size = 0;
  ioctl(in, FIONREAD, &size);
  char small[20];
  printf("%d %d\\n", size, read(in, small, sizeof small) < 0 ? errno : 0);
  show("two events");
  make("d/name-of-sixteen", ""); show("a long name");
  fd = open("d/abc", O_WRONLY); for (int i = 0; i < 5; i++) write(fd, "a", 1); close(fd); show("the same once");
  inotify_add_watch(in, "d", IN_MODIFY | IN_CLOSE | IN_EXCL_UNLINK);
  fd = open("d/abc", O_WRONLY); unlink("d/abc"); write(fd, "a", 1); close(fd); show("no name in its directory");
  printf("%d %d\\n", inotify_rm_watch(in, 99) ? errno : 0, inotify_rm_watch(0, 1) ? errno : 0);
  // Another process changes, this one waits.
  inotify_add_watch(in, "d", IN_CREATE);
  pid_t child = fork();
  if (child == 0) { usleep(100000); make("d/by-child", ""); _exit(0); }
  struct pollfd p = { in, POLLIN, 0 };
  printf("%d %d\\n", poll(&p, 1, 10000), p.revents);
  waitpid(child, 0, 0);
  show("of a child");
  unlink("d/name-of-sixteen"); unlink("d/by-child"); rmdir("d"); unlink("two");
  return 0;
}`,
  },
];

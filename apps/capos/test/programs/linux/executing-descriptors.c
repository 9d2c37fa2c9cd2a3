// execveat with a descriptor and no path, and what sched_* and F_SETPIPE_SZ say of missing arguments.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static long answer(long result) { return result < 0 ? -errno : result; }
static void told(const char *what, long result) { printf("%s: %ld\n", what, answer(result)); }

static char *environment[] = {"A=1", 0};

// In a child: the call comes back only when it fails.
static void executed(const char *what, int descriptor, const char *path, int flags) {
  char *arguments[] = {"again", (char *)what, 0};
  fflush(stdout);
  if (fork() == 0) {
    told(what, syscall(SYS_execveat, descriptor, path, arguments, environment, flags));
    fflush(stdout);
    _exit(0);
  }
  wait(0);
}

int main(int count, char **arguments) {
  if (count == 2) {
    printf("%s: executed as %s\n", arguments[1], arguments[0]);
    return 0;
  }
  char bytes[1 << 16];
  int self = open("/proc/self/exe", O_RDONLY), copy = open("program", O_CREAT | O_WRONLY | O_TRUNC, 0755);
  for (ssize_t length; (length = read(self, bytes, sizeof bytes)) > 0;) write(copy, bytes, length);
  close(copy);
  symlink("program", "link");
  int script = open("script", O_CREAT | O_WRONLY | O_TRUNC, 0755);
  dprintf(script, "#!./program\n");
  close(script);
  int plain = open("plain", O_CREAT | O_RDWR, 0644);
  int program = open("program", O_RDONLY | O_CLOEXEC), place = open("program", O_PATH), here = open(".", O_RDONLY);
  executed("a descriptor", program, "", AT_EMPTY_PATH);
  executed("its path only", place, "", AT_EMPTY_PATH);
  executed("without the flag", program, "", 0);
  executed("below a directory", here, "program", 0);
  executed("the directory", here, "", AT_EMPTY_PATH);
  executed("a link", here, "link", 0);
  executed("a link as such", here, "link", AT_SYMLINK_NOFOLLOW);
  executed("a file below a file", program, "program", 0);
  executed("nothing open", -1, "", AT_EMPTY_PATH);
  executed("nothing to execute", plain, "", AT_EMPTY_PATH);
  executed("other flags", here, "program", 0x8000);
  executed("other flags and no path", program, "", 0x8000);
  char name[32];
  sprintf(name, "/proc/self/fd/%d", place);
  executed("by its name in /proc", AT_FDCWD, name, 0);

  told("sched_setparam", syscall(SYS_sched_setparam, 0, 0));
  told("sched_getparam", syscall(SYS_sched_getparam, 0, 0));
  told("sched_setscheduler", syscall(SYS_sched_setscheduler, 0, SCHED_OTHER, 0));
  told("sched_getattr", syscall(SYS_sched_getattr, 0, 0, 48, 0));
  told("sched_setattr", syscall(SYS_sched_setattr, 0, 0, 0));
  told("the range of deadlines", sched_get_priority_max(6) + sched_get_priority_min(6));
  int ends[2];
  pipe(ends);
  told("a pipe of nothing", fcntl(ends[0], F_SETPIPE_SZ, 0));
  told("of less than nothing", fcntl(ends[0], F_SETPIPE_SZ, -1));
  prctl(PR_SET_TIMERSLACK, 70000);
  fflush(stdout);
  if (fork() == 0) {
    prctl(PR_SET_TIMERSLACK, 5);
    prctl(PR_SET_TIMERSLACK, 0);
    told("what a child goes back to", prctl(PR_GET_TIMERSLACK));
    fflush(stdout);
    _exit(0);
  }
  wait(0);
  return 0;
}

// What one process takes of another by its descriptor: pidfd_getfd, process_madvise; and what they share: kcmp, unshare.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

static long answer(long result) { return result < 0 ? -errno : result; }
static void told(const char *what, long result) { printf("%s: %ld\n", what, answer(result)); }
static int compared(int one, int two, int what, int left, int right) {
  return syscall(SYS_kcmp, one, two, what, left, right);
}
/* Which is less is not for programs to expect, only that it is one of the two. */
static void ordered(const char *what, long result) {
  if (result == 1 || result == 2) printf("%s: different\n", what);
  else told(what, result);
}

int main(void) {
  int ready[2], go[2];
  pipe(ready);
  pipe(go);
  fflush(stdout);
  pid_t child = fork();
  if (child == 0) {
    int file = open("theirs", O_CREAT | O_RDWR | O_TRUNC, 0600);
    write(file, "of the child", 12);
    dup2(file, 50);
    write(ready[1], "x", 1);
    char c;
    read(go[0], &c, 1);
    _exit(7);
  }
  char bytes[32] = "";
  read(ready[0], bytes, 1);
  int process = syscall(SYS_pidfd_open, child, 0);
  told("with flags", syscall(SYS_pidfd_getfd, process, 50, 1));
  told("none such", syscall(SYS_pidfd_getfd, process, 60, 0));
  told("no process", syscall(SYS_pidfd_getfd, 0, 0, 0));
  int file = syscall(SYS_pidfd_getfd, process, 50, 0);
  told("closed by execve", fcntl(file, F_GETFD));
  told("their offset", lseek(file, 0, SEEK_CUR));
  told("read", pread(file, bytes, 31, 0));
  puts(bytes);
  pid_t self = getpid();
  told("the same description", compared(self, child, 0, file, 50));
  ordered("another", compared(self, child, 0, file, ready[0]));
  told("inherited", compared(self, child, 0, ready[0], ready[0]));
  told("no descriptor", compared(self, child, 0, 99, 50));
  ordered("memory", compared(self, child, 1, 0, 0));
  told("own memory", compared(self, self, 1, 0, 0));
  ordered("tables", compared(self, child, 2, 0, 0));
  ordered("handlers", compared(self, child, 4, 0, 0));
  told("unknown", compared(self, child, 99, 0, 0));
  told("nobody", compared(self, 99999, 0, 0, 0));

  char *memory = mmap(0, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  struct iovec parts[2] = {{memory, 4096}, {memory + 4096, 4096}};
  int own = syscall(SYS_pidfd_open, self, 0);
  told("advised", syscall(SYS_process_madvise, own, parts, 2, MADV_COLD, 0));
  told("advised of their memory", syscall(SYS_process_madvise, process, parts, 0, MADV_PAGEOUT, 0));
  told("odd place", (parts[0].iov_base = memory + 1, syscall(SYS_process_madvise, own, parts, 1, MADV_COLD, 0)));
  told("not there", (parts[0].iov_base = (void *)0x10000, syscall(SYS_process_madvise, own, parts, 1, MADV_COLD, 0)));
  told("advice to throw away theirs", syscall(SYS_process_madvise, process, parts, 1, MADV_DONTNEED, 0));
  told("with flags", syscall(SYS_process_madvise, own, parts, 1, MADV_COLD, 1));

  write(go[1], "x", 1);
  waitpid(child, 0, 0);
  told("of one that has ended", syscall(SYS_pidfd_getfd, process, 50, 0));
  told("a signal to it", syscall(SYS_pidfd_send_signal, process, 0, 0, 0));

  told("key -1", syscall(SYS_pkey_mprotect, memory, 4096, PROT_READ, -1));
  told("key out of range", syscall(SYS_pkey_mprotect, memory, 4096, PROT_READ, 99));
  told("key with flags", syscall(SYS_pkey_alloc, 1, 0));
  told("free no key", syscall(SYS_pkey_free, 99));
}

// C programs about memory and files that several processes share, the same on every right system.
import type { LinuxCallsProgram } from './linux-calls-program.ts';

export const LINUX_MEMORY_CALLS: readonly LinuxCallsProgram[] = [
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

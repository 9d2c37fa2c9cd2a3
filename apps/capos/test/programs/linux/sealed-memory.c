// Memory files and what sealing them forbids (fcntl(2), "File Sealing").
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static long answer(long result) { return result < 0 ? -errno : result; }
static void told(const char *what, long result) { printf("%s: %ld\n", what, answer(result)); }
static long pwritev2(int file, struct iovec *parts, int count, long offset, int flags) {
  return syscall(SYS_pwritev2, file, parts, count, offset, 0, flags);
}
static long preadv2(int file, struct iovec *parts, int count, long offset, int flags) {
  return syscall(SYS_preadv2, file, parts, count, offset, 0, flags);
}
static int memory(unsigned flags) { return syscall(SYS_memfd_create, "m", flags); }

static void mapped(const char *what, int file, int protection, int flags) {
  char *at = mmap(0, 4096, protection, flags, file, 0);
  printf("%s: %s\n", what, at == MAP_FAILED ? strerror(errno) : "mapped");
  if (at == MAP_FAILED) return;
  told("  made writable", mprotect(at, 4096, PROT_READ | PROT_WRITE));
  munmap(at, 4096);
}

int main(void) {
  char bytes[9000];
  memset(bytes, 'x', sizeof bytes);
  told("not to be sealed", fcntl(memory(0), F_GET_SEALS));
  told("sealing it", fcntl(memory(0), F_ADD_SEALS, F_SEAL_WRITE));
  int file = memory(2);
  told("to be sealed", fcntl(file, F_GET_SEALS));
  told("unknown seal", fcntl(file, F_ADD_SEALS, 0x40));
  told("of a pipe", (pipe((int *)bytes), fcntl(*(int *)bytes, F_GET_SEALS)));
  told("of a file", fcntl(open("file", O_CREAT | O_RDWR, 0600), F_GET_SEALS));
  told("closed", fcntl(99, F_GET_SEALS));
  memset(bytes, 'x', sizeof bytes);
  told("write", write(file, bytes, 5000));

  told("against growing", fcntl(file, F_ADD_SEALS, F_SEAL_GROW));
  told("grow", ftruncate(file, 6000));
  told("same size", ftruncate(file, 5000));
  told("write within", pwrite(file, bytes, 100, 4000));
  told("write up to the end", pwrite(file, bytes, 100, 4900));
  told("write over the end", pwrite(file, bytes, 101, 4900));
  told("write past the end", pwrite(file, bytes, 10, 5000));
  told("write from a page before", pwrite(file, bytes, 6000, 0));
  told("shrink", ftruncate(file, 4500));

  told("against shrinking", fcntl(file, F_ADD_SEALS, F_SEAL_SHRINK));
  told("shrink", ftruncate(file, 4000));
  told("seals", fcntl(file, F_GET_SEALS));

  char *at = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  told("against writing, while mapped", fcntl(file, F_ADD_SEALS, F_SEAL_WRITE));
  told("against writing from now on", fcntl(file, F_ADD_SEALS, F_SEAL_FUTURE_WRITE));
  at[0] = 'y';
  told("write", write(file, bytes, 1));
  mapped("shared, to write", file, PROT_READ | PROT_WRITE, MAP_SHARED);
  mapped("shared, to read", file, PROT_READ, MAP_SHARED);
  mapped("private, to write", file, PROT_READ | PROT_WRITE, MAP_PRIVATE);
  munmap(at, 4096);
  told("against writing", fcntl(file, F_ADD_SEALS, F_SEAL_WRITE));
  told("punch", fallocate(file, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0, 4096));
  char c = 0;
  told("read", pread(file, &c, 1, 0));
  printf("%c\n", c);
  told("against sealing", fcntl(file, F_ADD_SEALS, F_SEAL_SEAL));
  told("once more", fcntl(file, F_ADD_SEALS, F_SEAL_SEAL));
  told("seals", fcntl(file, F_GET_SEALS));

  told("both", memory(8 | 0x10));
  int plain = memory(8);
  struct stat status;
  fstat(plain, &status);
  printf("mode %o, seals %d\n", status.st_mode, fcntl(plain, F_GET_SEALS));
  told("make executable", fchmod(plain, 0700));
  told("make private", fchmod(plain, 0600));

  // Where writes go that say so themselves.
  int log = open("log", O_CREAT | O_RDWR | O_TRUNC, 0600);
  write(log, "0123456789", 10);
  struct iovec part = {"ab", 2};
  told("append", pwritev2(log, &part, 1, 0, 0x10));
  told("offset", lseek(log, 0, SEEK_CUR));
  lseek(log, 3, SEEK_SET);
  told("append, following", pwritev2(log, &part, 1, -1, 0x10));
  told("offset", lseek(log, 0, SEEK_CUR));
  told("both ways", pwritev2(log, &part, 1, 0, 0x30));
  told("unknown", pwritev2(log, &part, 1, 0, 0x4000));
  told("durably", pwritev2(log, &part, 1, 1, 6));
  close(log);
  log = open("log", O_APPEND | O_RDWR);
  told("not appended", pwritev2(log, &part, 1, 4, 0x20));
  told("appended", pwritev2(log, &part, 1, 4, 0));
  ssize_t length = pread(log, bytes, 100, 0);
  printf("%.*s\n", (int)length, bytes);
  // What was read before, and is appended to.
  told("append", write(log, "appended", 8));
  told("offset", lseek(log, 0, SEEK_CUR));
  length = pread(log, bytes, 100, 0);
  printf("%.*s\n", (int)length, bytes);
  int ends[2];
  pipe(ends);
  part.iov_base = bytes;
  told("empty pipe", preadv2(ends[0], &part, 1, -1, 8));
  write(ends[1], "z", 1);
  told("pipe", preadv2(ends[0], &part, 1, -1, 8));
  told("read of a file", preadv2(log, &part, 1, 0, 4));
  told("at no position", preadv2(log, &part, 1, -2, 0));
}

// A C program about asynchronous I/O, the same on every right system. The C library has no functions for these calls.
import type { LinuxCallsProgram } from './linux-calls-program.ts';

export const LINUX_ASYNCHRONOUS_CALLS: readonly LinuxCallsProgram[] = [
  {
    name: 'requests of files are submitted, done and told of',
    mounts: true,
    source: `
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>
typedef unsigned long aio_context_t;
struct iocb {
  uint64_t aio_data;
  uint32_t aio_key, aio_rw_flags;
  uint16_t aio_lio_opcode, aio_reqprio;
  uint32_t aio_fildes;
  uint64_t aio_buf, aio_nbytes;
  int64_t aio_offset;
  uint64_t aio_reserved2;
  uint32_t aio_flags, aio_resfd;
};
struct io_event { uint64_t data, obj; int64_t res, res2; };
enum { IOCB_CMD_PREAD = 0, IOCB_CMD_PWRITE = 1, IOCB_CMD_FSYNC = 2, IOCB_CMD_FDSYNC = 3, IOCB_CMD_PREADV = 7, IOCB_FLAG_RESFD = 1 };
static aio_context_t context;
static long setup(unsigned count, aio_context_t *at) { return syscall(SYS_io_setup, count, at) < 0 ? -errno : 0; }
static long submit(aio_context_t at, long count, struct iocb **list) {
  long answer = syscall(SYS_io_submit, at, count, list);
  return answer < 0 ? -errno : answer;
}
static struct io_event events[8];
static long told(long least, long most, struct timespec *span) {
  long answer = syscall(SYS_io_getevents, context, least, most, events, span);
  return answer < 0 ? -errno : answer;
}
static struct iocb request(int operation, int fd, void *address, long length, long position) {
  struct iocb made = {.aio_lio_opcode = operation, .aio_fildes = fd, .aio_buf = (uint64_t)address, .aio_nbytes = length, .aio_offset = position};
  made.aio_data = 1000 + operation;
  return made;
}
static long one(struct iocb made) {
  struct iocb *list[] = {&made};
  long answer = submit(context, 1, list);
  if (answer != 1) return answer;
  told(1, 1, 0);
  return events[0].res;
}
static struct iocb late;
static void *later(void *unused) {
  usleep(50000);
  struct iocb *list[] = {&late};
  submit(context, 1, list);
  return 0;
}
int main(void) {
  alarm(60);
  char text[32] = "", other[8] = "";
  aio_context_t busy = 1;
  int fd = open("asynchronous", O_CREAT | O_RDWR | O_TRUNC, 0644), only = open("asynchronous", O_RDONLY);
  printf("%ld %ld %ld %ld\\n", setup(0, &context), setup(1, &busy), setup(1, (void *)1), setup(1000000000, &context));
  printf("%ld", setup(8, &context));
  printf(" %ld\\n", told(0, 4, 0));
  printf("written %ld, at its end %ld\\n", one(request(IOCB_CMD_PWRITE, fd, "some bytes", 10, 3)), lseek(fd, 0, SEEK_END));
  printf("read %ld", one(request(IOCB_CMD_PREAD, fd, text, 32, 3)));
  printf(" %s %d\\n", text, (int)events[0].data);
  struct iovec parts[] = {{other, 4}, {text, 4}};
  printf("parts %ld", one(request(IOCB_CMD_PREADV, fd, parts, 2, 3)));
  printf(" %.4s %.4s, behind the end %ld\\n", other, text, one(request(IOCB_CMD_PREAD, fd, text, 8, 99)));
  printf("synced %ld %ld\\n", one(request(IOCB_CMD_FSYNC, fd, 0, 0, 0)), one(request(IOCB_CMD_FDSYNC, fd, 0, 0, 0)));
  printf("refused %ld %ld %ld %ld %ld\\n", one(request(IOCB_CMD_PWRITE, only, "x", 1, 0)), one(request(IOCB_CMD_PREAD, 99, text, 1, 0)),
    one(request(77, fd, text, 1, 0)), one(request(IOCB_CMD_PREAD, fd, (void *)1, 1, 3)), one(request(IOCB_CMD_PREAD, fd, text, 1, -1)));
  /* Several at once, one of them wrong; and an eventfd that is told. */
  int counter = eventfd(0, 0);
  struct iocb first = request(IOCB_CMD_PREAD, fd, text, 4, 3), second = request(IOCB_CMD_PREAD, fd, other, 4, 5), wrong = request(IOCB_CMD_PREAD, 99, text, 4, 3);
  first.aio_flags = second.aio_flags = IOCB_FLAG_RESFD;
  first.aio_resfd = second.aio_resfd = counter;
  struct iocb *list[] = {&first, &second, &wrong};
  uint64_t count = 0;
  printf("several %ld", submit(context, 3, list));
  read(counter, &count, 8);
  printf(", told %ld of %d", told(0, 8, 0), (int)count);
  printf(": %d %d\\n", events[0].obj == (uint64_t)&first, events[1].obj == (uint64_t)&second);
  struct timespec none = {0, 0}, little = {0, 1000000};
  printf("nothing %ld %ld %ld\\n", told(1, 1, &none), told(1, 1, &little), told(2, 1, &none));
  late = request(IOCB_CMD_PREAD, fd, text, 4, 3);
  pthread_t thread;
  pthread_create(&thread, 0, later, 0);
  printf("waited %ld\\n", told(1, 1, 0));
  pthread_join(thread, 0);
  printf("cancelled %d", (int)syscall(SYS_io_cancel, context, &first, events) < 0 ? errno : 0);
  printf(" %d\\n", (int)syscall(SYS_io_cancel, context, 1, events) < 0 ? errno : 0);
  printf("destroyed %ld", syscall(SYS_io_destroy, context));
  printf(" %d %ld %ld\\n", (int)syscall(SYS_io_destroy, context) < 0 ? errno : 0, told(0, 1, 0), submit(context, 1, list));
  return 0;
}`,
  },
];

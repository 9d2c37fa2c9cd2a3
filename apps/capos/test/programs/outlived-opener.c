// What one process opened and another goes on with, after the first has ended: a descriptor that travelled over a socket, or a
// shared mapping that fork passed on. Prints a line per result; Linux prints the same.

#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void tell(const char *what, long result) {
  printf("%s: %ld\n", what, result);
  fflush(stdout);
}

static int opened(const char *path) { return open(path, O_RDWR | O_CREAT | O_TRUNC, 0600); }

static void send_fd(int over, int fd) {
  char space[CMSG_SPACE(sizeof fd)] = {0};
  struct iovec part = {.iov_base = "F", .iov_len = 1};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = space, .msg_controllen = sizeof space};
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  *header = (struct cmsghdr){.cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS, .cmsg_len = CMSG_LEN(sizeof fd)};
  memcpy(CMSG_DATA(header), &fd, sizeof fd);
  sendmsg(over, &message, 0);
}

static int receive_fd(int over) {
  char space[CMSG_SPACE(sizeof(int))], byte;
  struct iovec part = {.iov_base = &byte, .iov_len = 1};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = space, .msg_controllen = sizeof space};
  int fd = -1;
  if (recvmsg(over, &message, 0) == 1 && CMSG_FIRSTHDR(&message) != NULL)
    memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof fd);
  return fd;
}

static void use_file(int fd) {
  char buffer[16];
  struct stat status;
  tell("write", write(fd, "still here", 10));
  tell("read", pread(fd, buffer, sizeof buffer, 0));
  tell("status", fstat(fd, &status));
  tell("size", status.st_size);
  tell("truncate", ftruncate(fd, 3));
  tell("end", lseek(fd, 0, SEEK_END));
  tell("close", close(fd));
}

// The sender ends before its message is received, or after; it may have closed the descriptor itself before that.
static void travelled(int type, int received_first, int closed_by_sender) {
  int pair[2];
  socketpair(AF_UNIX, type, 0, pair);
  pid_t sender = fork();
  if (sender == 0) {
    int fd = opened("travels");
    send_fd(pair[0], fd);
    if (closed_by_sender) close(fd);
    char byte;
    if (received_first) read(pair[0], &byte, 1);
    _exit(0);
  }
  int fd = -1;
  if (received_first) {
    fd = receive_fd(pair[1]);
    write(pair[1], "x", 1);
  }
  waitpid(sender, NULL, 0);
  if (!received_first) fd = receive_fd(pair[1]);
  printf("a file over a socket of type %d, received %s, %s\n", type, received_first ? "before" : "after",
         closed_by_sender ? "closed before" : "open to the end");
  use_file(fd);
  close(pair[0]);
  close(pair[1]);
}

static void directory_travelled(void) {
  int pair[2];
  socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
  pid_t sender = fork();
  if (sender == 0) {
    mkdir("below", 0700);
    send_fd(pair[0], open("below", O_RDONLY | O_DIRECTORY));
    _exit(0);
  }
  waitpid(sender, NULL, 0);
  int directory = receive_fd(pair[1]);
  puts("a directory over a socket");
  int fd = openat(directory, "in it", O_RDWR | O_CREAT, 0600);
  use_file(fd);
  tell("unlink", unlinkat(directory, "in it", 0));
  tell("close", close(directory));
  tell("rmdir", rmdir("below"));
}

// A received descriptor that is nobody's but the receiver's goes on through a chain of processes that end.
static void handed_on(void) {
  int first[2], second[2];
  socketpair(AF_UNIX, SOCK_STREAM, 0, first);
  socketpair(AF_UNIX, SOCK_STREAM, 0, second);
  pid_t sender = fork();
  if (sender == 0) {
    send_fd(first[0], opened("travels"));
    _exit(0);
  }
  waitpid(sender, NULL, 0);
  pid_t between = fork();
  if (between == 0) {
    send_fd(second[0], receive_fd(first[1]));
    _exit(0);
  }
  waitpid(between, NULL, 0);
  puts("handed on");
  use_file(receive_fd(second[1]));
}

// Only its mapping keeps the file open when it forks.
static void mapping_inherited(void) {
  int done[2], gone[2];
  pipe(done);
  pipe(gone);
  if (fork() == 0) {
    int fd = opened("mapped");
    ftruncate(fd, 4096);
    char *memory = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    if (fork() != 0) _exit(0);
    char byte;
    close(gone[1]);
    read(gone[0], &byte, 1);
    memory[0] = 'm';
    long synced = msync(memory, 4096, MS_SYNC);
    write(done[1], &synced, sizeof synced);
    _exit(0);
  }
  wait(NULL);
  close(gone[1]);
  long synced = -1;
  read(done[0], &synced, sizeof synced);
  char byte = 0;
  int fd = open("mapped", O_RDONLY);
  read(fd, &byte, 1);
  puts("a mapping");
  tell("msync", synced);
  tell("byte", byte);
}

int main(void) {
  for (int received_first = 0; received_first < 2; received_first++)
    for (int closed = 0; closed < 2; closed++) {
      travelled(SOCK_STREAM, received_first, closed);
      travelled(SOCK_SEQPACKET, received_first, closed);
      travelled(SOCK_DGRAM, received_first, closed);
    }
  directory_travelled();
  handed_on();
  mapping_inherited();
  return 0;
}

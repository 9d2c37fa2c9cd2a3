// Socket calls of every family, their results and their errors, printed so that Linux's and capOS's can be compared byte for
// byte. Nothing that differs between two runs is printed: no port that nobody chose, no time.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static void tell(const char *what, long result) {
  if (result < 0) printf("%s: %s\n", what, strerror(errno));
  else printf("%s: %ld\n", what, result);
}

static struct sockaddr_in loopback(int port) {
  struct sockaddr_in name = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  return name;
}

static int port_of(int fd) {
  struct sockaddr_in name;
  socklen_t length = sizeof name;
  if (getsockname(fd, (void *)&name, &length) < 0) return -1;
  return ntohs(name.sin_port);
}

static int events(int fd, short wanted, int timeout) {
  struct pollfd one = {.fd = fd, .events = wanted};
  return poll(&one, 1, timeout) < 0 ? -1 : one.revents;
}

static int int_option(int fd, int level, int option) {
  int value = -1;
  socklen_t length = sizeof value;
  return getsockopt(fd, level, option, &value, &length) < 0 ? -errno : value;
}

static void streams(void) {
  char buffer[256];
  int server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  tell("fresh poll", events(server, POLLIN | POLLOUT, 0));
  tell("accept unbound", accept(server, NULL, NULL));
  tell("read unconnected", read(server, buffer, 1));
  int one = 1;
  tell("reuseaddr", setsockopt(server, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one));
  struct sockaddr_in name = loopback(0);
  tell("bind", bind(server, (void *)&name, sizeof name));
  int port = port_of(server);
  tell("port given", port > 0);
  tell("bind again", bind(server, (void *)&name, sizeof name));
  int early = socket(AF_INET, SOCK_STREAM, 0);
  name = loopback(port);
  tell("listen", listen(server, 5));
  tell("acceptconn", int_option(server, SOL_SOCKET, SO_ACCEPTCONN));
  int other = socket(AF_INET, SOCK_STREAM, 0);
  tell("port taken", bind(other, (void *)&name, sizeof name));
  fcntl(server, F_SETFL, O_NONBLOCK);
  tell("nothing to accept", accept(server, NULL, NULL));
  tell("connect", connect(early, (void *)&name, sizeof name));
  tell("connect again", connect(early, (void *)&name, sizeof name));
  tell("listener readable", events(server, POLLIN, 1000));
  struct sockaddr_in peer;
  socklen_t length = sizeof peer;
  int accepted = accept4(server, (void *)&peer, &length, SOCK_NONBLOCK);
  tell("accepted", accepted >= 0);
  tell("peer length", length);
  tell("peer is client", ntohs(peer.sin_port) == port_of(early));
  tell("accepted at port", port_of(accepted) == port);
  tell("nothing to read", read(accepted, buffer, 1));
  tell("writable", events(accepted, POLLIN | POLLOUT, 0));
  tell("send", send(early, "hello world", 11, 0));
  tell("readable", events(accepted, POLLIN, 1000));
  int count = -1;
  ioctl(accepted, FIONREAD, &count);
  tell("fionread", count);
  tell("peek", recv(accepted, buffer, 5, MSG_PEEK));
  tell("recv", recv(accepted, buffer, 5, 0));
  printf("got %.5s\n", buffer);
  tell("recv rest", recv(accepted, buffer, sizeof buffer, 0));
  printf("got %.6s\n", buffer);
  tell("dontwait", recv(early, buffer, 1, MSG_DONTWAIT));
  struct timeval soon = {.tv_usec = 20000};
  tell("rcvtimeo", setsockopt(early, SOL_SOCKET, SO_RCVTIMEO, &soon, sizeof soon));
  tell("timed out", recv(early, buffer, 1, 0));
  tell("nodelay", setsockopt(early, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one));
  tell("nodelay is", int_option(early, IPPROTO_TCP, TCP_NODELAY));
  tell("so_error", int_option(early, SOL_SOCKET, SO_ERROR));
  tell("so_type", int_option(early, SOL_SOCKET, SO_TYPE));
  tell("no such option", int_option(early, SOL_SOCKET, 9999));
  tell("shutdown", shutdown(early, SHUT_WR));
  tell("rdhup", events(accepted, POLLIN | POLLOUT | POLLRDHUP, 1000));
  tell("end", recv(accepted, buffer, 1, 0));
  signal(SIGPIPE, SIG_IGN);
  tell("write after shutdown", write(early, "x", 1));
  tell("half open", send(accepted, "back", 4, MSG_NOSIGNAL));
  tell("half open read", recv(early, buffer, 4, MSG_WAITALL));
  close(accepted);
  tell("both ended", events(early, POLLIN | POLLRDHUP, 1000));
  tell("end of other", recv(early, buffer, 1, 0));
  tell("lseek", lseek(early, 0, SEEK_SET));
  close(early);
  close(server);
  name = loopback(port);
  tell("refused", connect(other, (void *)&name, sizeof name));
  int late = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  tell("refused later", connect(late, (void *)&name, sizeof name));
  tell("told of", events(late, POLLOUT, 1000));
  tell("reason", int_option(late, SOL_SOCKET, SO_ERROR));
  tell("reason once", int_option(late, SOL_SOCKET, SO_ERROR));
  close(late);
  close(other);
  tell("bad family", socket(AF_INET, SOCK_SEQPACKET, 0));
  tell("bad type", socket(AF_INET, 77, 0));
  tell("bad domain", socket(12345, SOCK_STREAM, 0));
  int plain[2];
  pipe(plain);
  tell("no socket", listen(plain[0], 1));
  struct sockaddr_in far = {.sin_family = AF_INET, .sin_port = htons(1)};
  tell("short name", bind(socket(AF_INET, SOCK_STREAM, 0), (void *)&far, 3));
}

static void edges(void) {
  int server = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  struct sockaddr_in name = loopback(0);
  bind(server, (void *)&name, sizeof name);
  listen(server, 16);
  name = loopback(port_of(server));
  int epoll = epoll_create1(EPOLL_CLOEXEC);
  struct epoll_event event = {.events = EPOLLIN | EPOLLET, .data.u32 = 1};
  tell("watch listener", epoll_ctl(epoll, EPOLL_CTL_ADD, server, &event));
  int client = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  tell("in progress", connect(client, (void *)&name, sizeof name));
  tell("edge", epoll_wait(epoll, &event, 1, 1000));
  int accepted = accept4(server, NULL, NULL, SOCK_NONBLOCK);
  tell("no edge", epoll_wait(epoll, &event, 1, 0));
  tell("connected", events(client, POLLOUT, 1000));
  tell("connected now", connect(client, (void *)&name, sizeof name));
  event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
  event.data.u32 = 2;
  epoll_ctl(epoll, EPOLL_CTL_ADD, accepted, &event);
  tell("writable edge", epoll_wait(epoll, &event, 1, 1000));
  tell("events", event.events);
  write(client, "abc", 3);
  tell("data edge", epoll_wait(epoll, &event, 1, 1000));
  tell("events", event.events & EPOLLIN);
  char buffer[16];
  tell("drain", read(accepted, buffer, sizeof buffer));
  tell("dry", read(accepted, buffer, sizeof buffer));
  write(client, "d", 1);
  tell("next edge", epoll_wait(epoll, &event, 1, 1000));
  close(client);
  while (epoll_wait(epoll, &event, 1, 1000) == 1 && !(event.events & EPOLLRDHUP)) {}
  tell("end edge", event.events & EPOLLRDHUP ? 1 : 0);
  close(accepted);
  close(server);
  close(epoll);
}

static void bulk(void) {
  int server = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in name = loopback(0);
  bind(server, (void *)&name, sizeof name);
  listen(server, 4);
  name = loopback(port_of(server));
  enum { TOTAL = 3000000 };
  fflush(stdout);
  pid_t child = fork();
  if (child == 0) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (void *)&name, sizeof name) < 0) _exit(1);
    char *data = malloc(TOTAL);
    for (int i = 0; i < TOTAL; i++) data[i] = (char)(i * 31 + (i >> 8));
    for (int done = 0; done < TOTAL;) {
      ssize_t sent = write(fd, data + done, TOTAL - done);
      if (sent <= 0) _exit(2);
      done += sent;
    }
    _exit(0);
  }
  int fd = accept(server, NULL, NULL);
  unsigned long sum = 0, total = 0;
  unsigned char buffer[40000];
  for (ssize_t got; (got = read(fd, buffer, sizeof buffer)) > 0; total += got)
    for (ssize_t i = 0; i < got; i++) sum = sum * 33 + buffer[i];
  printf("bulk %lu bytes, sum %lx\n", total, sum);
  int status;
  waitpid(child, &status, 0);
  tell("child", WEXITSTATUS(status));
  close(fd);
  close(server);
}

static void datagrams(void) {
  int left = socket(AF_INET, SOCK_DGRAM, 0), right = socket(AF_INET, SOCK_DGRAM, 0);
  struct sockaddr_in name = loopback(0), from;
  char buffer[64];
  bind(left, (void *)&name, sizeof name);
  tell("unaddressed", send(right, "x", 1, 0));
  name = loopback(port_of(left));
  tell("sendto", sendto(right, "datagram", 8, 0, (void *)&name, sizeof name));
  socklen_t length = sizeof from;
  tell("cut", recvfrom(left, buffer, 4, MSG_TRUNC, (void *)&from, &length));
  tell("from", ntohs(from.sin_port) == port_of(right));
  tell("empty", sendto(right, "", 0, 0, (void *)&name, sizeof name));
  tell("empty recv", recv(left, buffer, sizeof buffer, 0));
  tell("connect", connect(right, (void *)&name, sizeof name));
  tell("write", write(right, "abc", 3));
  tell("read", read(left, buffer, sizeof buffer));
  struct mmsghdr batch[2];
  struct iovec parts[2] = {{.iov_base = "one", .iov_len = 3}, {.iov_base = "three", .iov_len = 5}};
  memset(batch, 0, sizeof batch);
  for (int i = 0; i < 2; i++) batch[i].msg_hdr.msg_iov = &parts[i], batch[i].msg_hdr.msg_iovlen = 1;
  tell("sendmmsg", sendmmsg(right, batch, 2, 0));
  tell("second", batch[1].msg_len);
  char rooms[2][16];
  struct iovec into[2] = {{rooms[0], 16}, {rooms[1], 2}};
  for (int i = 0; i < 2; i++) batch[i].msg_hdr.msg_iov = &into[i];
  tell("recvmmsg", recvmmsg(left, batch, 2, MSG_WAITFORONE, NULL));
  tell("first", batch[0].msg_len);
  tell("second", batch[1].msg_len);
  tell("truncated", batch[1].msg_hdr.msg_flags & MSG_TRUNC);
  static char large[70000];
  tell("too large", write(right, large, sizeof large));
  close(left);
  write(right, "x", 1);
  tell("refused", events(right, POLLIN, 1000) & POLLERR);
  tell("told", write(right, "x", 1));
  close(right);
}

static void send_fd(int over, int fd) {
  char space[CMSG_SPACE(sizeof fd)] = {0};
  struct iovec part = {.iov_base = "F", .iov_len = 1};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = space, .msg_controllen = sizeof space};
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  *header = (struct cmsghdr){.cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS, .cmsg_len = CMSG_LEN(sizeof fd)};
  memcpy(CMSG_DATA(header), &fd, sizeof fd);
  tell("send descriptor", sendmsg(over, &message, 0));
}

static int receive_fd(int over) {
  char space[CMSG_SPACE(sizeof(int))], byte;
  struct iovec part = {.iov_base = &byte, .iov_len = 1};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = space, .msg_controllen = sizeof space};
  tell("receive descriptor", recvmsg(over, &message, MSG_CMSG_CLOEXEC));
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  if (header == NULL || header->cmsg_type != SCM_RIGHTS) return -1;
  int fd;
  memcpy(&fd, CMSG_DATA(header), sizeof fd);
  tell("control length", message.msg_controllen);
  return fd;
}

static void unix_sockets(void) {
  int pair[2], pipes[2];
  char buffer[64];
  tell("socketpair", socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
  pipe(pipes);
  write(pipes[1], "through", 7);
  send_fd(pair[0], pipes[0]);
  close(pipes[0]);
  int passed = receive_fd(pair[1]);
  tell("passed", read(passed, buffer, sizeof buffer));
  tell("cloexec", fcntl(passed, F_GETFD));
  struct ucred who;
  socklen_t length = sizeof who;
  tell("peercred", getsockopt(pair[0], SOL_SOCKET, SO_PEERCRED, &who, &length));
  tell("is me", who.pid == getpid());
  close(pair[0]);
  tell("hangup", events(pair[1], POLLIN | POLLOUT | POLLRDHUP, 0));
  tell("end", read(pair[1], buffer, 1));
  tell("pipe", send(pair[1], "x", 1, MSG_NOSIGNAL));
  close(pair[1]);
  socketpair(AF_UNIX, SOCK_SEQPACKET, 0, pair);
  write(pair[0], "first", 5);
  write(pair[0], "second", 6);
  tell("packet", read(pair[1], buffer, sizeof buffer));
  tell("packet cut", recv(pair[1], buffer, 2, MSG_TRUNC));
  close(pair[0]), close(pair[1]);
  socketpair(AF_UNIX, SOCK_DGRAM, 0, pair);
  tell("message", write(pair[0], "message", 7));
  tell("message read", read(pair[1], buffer, sizeof buffer));
  close(pair[0]), close(pair[1]);

  struct sockaddr_un name = {.sun_family = AF_UNIX, .sun_path = "named-socket"};
  int server = socket(AF_UNIX, SOCK_STREAM, 0), client = socket(AF_UNIX, SOCK_STREAM, 0);
  unlink(name.sun_path);
  tell("connect nowhere", connect(client, (void *)&name, sizeof name));
  tell("bind path", bind(server, (void *)&name, sizeof name));
  struct stat status;
  stat(name.sun_path, &status);
  tell("is a socket", S_ISSOCK(status.st_mode));
  tell("open it", open(name.sun_path, O_RDONLY));
  tell("connect early", connect(client, (void *)&name, sizeof name));
  tell("listen", listen(server, 2));
  tell("connect", connect(client, (void *)&name, sizeof name));
  int accepted = accept(server, NULL, NULL);
  tell("talk", write(client, "hi", 2) + read(accepted, buffer, sizeof buffer));
  length = sizeof name;
  getpeername(client, (void *)&name, &length);
  printf("peer %s, %d bytes\n", name.sun_path, (int)length);
  length = sizeof name;
  getsockname(client, (void *)&name, &length);
  tell("unnamed", length);
  strcpy(name.sun_path, "named-socket");
  tell("bind twice", bind(socket(AF_UNIX, SOCK_STREAM, 0), (void *)&name, sizeof name));
  tell("wrong type", connect(socket(AF_UNIX, SOCK_DGRAM, 0), (void *)&name, sizeof name));
  close(server);
  tell("connect to closed", connect(socket(AF_UNIX, SOCK_STREAM, 0), (void *)&name, sizeof name));
  tell("unlink", unlink(name.sun_path));
  tell("gone", connect(socket(AF_UNIX, SOCK_STREAM, 0), (void *)&name, sizeof name));
  close(client), close(accepted);

  struct sockaddr_un abstract = {.sun_family = AF_UNIX, .sun_path = "\0capos-test-name"};
  socklen_t size = offsetof(struct sockaddr_un, sun_path) + 16;
  server = socket(AF_UNIX, SOCK_DGRAM, 0);
  client = socket(AF_UNIX, SOCK_DGRAM, 0);
  tell("abstract", bind(server, (void *)&abstract, size));
  tell("abstract twice", bind(client, (void *)&abstract, size));
  tell("to abstract", sendto(client, "note", 4, 0, (void *)&abstract, size));
  tell("arrived", recv(server, buffer, sizeof buffer, 0));
  close(server);
  tell("abstract gone", sendto(client, "note", 4, 0, (void *)&abstract, size));
  close(client);
}

static void files_over_sockets(void) {
  int pair[2], pipes[2];
  char buffer[64];
  socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
  int file = open("sent-file", O_RDWR | O_CREAT | O_TRUNC, 0600);
  write(file, "contents of a file", 18);
  off_t at = 9;
  tell("sendfile", sendfile(pair[0], file, &at, 100));
  tell("offset", at);
  tell("sent", read(pair[1], buffer, sizeof buffer));
  printf("got %.9s\n", buffer);
  pipe(pipes);
  write(pair[0], "spliced", 7);
  tell("splice in", splice(pair[1], NULL, pipes[1], NULL, 64, 0));
  tell("splice out", splice(pipes[0], NULL, pair[1], NULL, 64, 0));
  tell("back", read(pair[0], buffer, sizeof buffer));
  unlink("sent-file");
}

// Processes that connect and end, one after another, while the server watches with epoll: each is heard.
static void visitors(void) {
  int server = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), epoll = epoll_create1(0);
  struct sockaddr_in name = loopback(0);
  bind(server, (void *)&name, sizeof name);
  listen(server, 8);
  name = loopback(port_of(server));
  struct epoll_event event = {.events = EPOLLIN};
  epoll_ctl(epoll, EPOLL_CTL_ADD, server, &event);
  for (int visitor = 0; visitor < 4; visitor++) {
    pid_t child = fork();
    if (child == 0) {
      char answer = '?';
      close(server);
      close(epoll);
      int fd = socket(AF_INET, SOCK_STREAM, 0);
      connect(fd, (void *)&name, sizeof name);
      write(fd, "v", 1);
      read(fd, &answer, 1);
      _exit(answer);
    }
    tell("somebody is there", epoll_wait(epoll, &event, 1, 60000));
    int fd = accept(server, NULL, NULL), status = 0;
    char greeting = '?', answer = (char)('a' + visitor);
    read(fd, &greeting, 1);
    write(fd, &answer, 1);
    close(fd);
    waitpid(child, &status, 0);
    printf("visitor %c was told %c\n", greeting, WEXITSTATUS(status));
  }
  close(epoll);
  close(server);
}

int main(void) {
  setvbuf(stdout, NULL, _IOLBF, 0);
  puts("-- streams");
  streams();
  puts("-- edges");
  edges();
  puts("-- bulk");
  bulk();
  puts("-- datagrams");
  datagrams();
  puts("-- unix");
  unix_sockets();
  puts("-- visitors");
  visitors();
  puts("-- files");
  files_over_sockets();
  return 0;
}

// A program that tries to get out: random paths made of everything that leads elsewhere, and random system calls with random
// arguments. Arguments: seed, rounds, port of the host, token. It prints `ESCAPED` with what it did when it reads the token, which
// lies outside all it was given, or when it reaches the port; and `done` at its end. Each round is a child of its own, so that
// what ends a round ends nothing else.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static uint64_t state;
static const char *token;
static int port;

static uint32_t draw(uint32_t limit) {
  state ^= state << 13;
  state ^= state >> 7;
  state ^= state << 17;
  return limit == 0 ? 0 : (uint32_t)(state >> 16) % limit;
}

static const char *const PARTS[] = {
    "..", "..", "..", ".", "", "a", "b", "link", "swap", "up", "out", "hard", "secret", "token.txt", "granted", "readonly",
    "proc", "self", "cwd", "root", "fd", "3", "4", "exe", "environ", "mounts", "dev", "shm", "etc", "passwd", "tmp", "w", "r",
    "\xff\xfe", "...", "..;", " ", "%2e%2e", "\\..\\",
};

static char *random_path(void) {
  static char paths[2][5000];
  static int which;
  char *path = paths[which ^= 1];
  size_t at = 0;
  if (draw(40) == 0) {
    // Longer than a path may be.
    memset(path, 'x', 4990);
    for (int i = 0; i < 4990; i += 1 + draw(300)) path[i] = '/';
    path[4990] = 0;
    return path;
  }
  static const char *const ROOTS[] = {"", "/", "/w/", "/r/", "/proc/self/cwd/", "/proc/self/root/", "/proc/1/root/",
                                      "/proc/self/fd/3/", "/dev/fd/4/", "/w/up/", "/w/out/", "/w/swap/", "//", "/w/../"};
  at = (size_t)sprintf(path, "%s", ROOTS[draw(sizeof ROOTS / sizeof *ROOTS)]);
  if (draw(3) == 0) {
    // Straight at it, by a few steps up and a way that leads out.
    static const char *const WAYS[] = {"secret/token.txt", "up/token.txt", "out/token.txt", "swap/token.txt", "link",
                                       "granted/link", "secret"};
    for (uint32_t up = draw(4); up > 0; up--) at += (size_t)sprintf(path + at, "../");
    sprintf(path + at, "%s", WAYS[draw(sizeof WAYS / sizeof *WAYS)]);
    return path;
  }
  for (uint32_t parts = 1 + draw(8); parts > 0 && at < 4000; parts--)
    at += (size_t)sprintf(path + at, "%s%s", PARTS[draw(sizeof PARTS / sizeof *PARTS)], parts > 1 ? "/" : "");
  return path;
}

static void escaped(const char *how, const char *what) {
  char line[6000];
  int length = snprintf(line, sizeof line, "ESCAPED %s %.5000s\n", how, what);
  write(1, line, (size_t)length);
}

static void look_at(int fd, const char *how, const char *path) {
  char content[4096];
  ssize_t got = pread(fd, content, sizeof content - 1, 0);
  if (got <= 0) return;
  content[got] = 0;
  if (memmem(content, (size_t)got, token, strlen(token)) != NULL) escaped(how, path);
}

static void look_into(int fd, const char *path) {
  DIR *directory = fdopendir(fd);
  if (directory == NULL) return;
  for (struct dirent *entry; (entry = readdir(directory)) != NULL;)
    if (strcmp(entry->d_name, token) == 0) escaped("listed", path);
  closedir(directory);
}

static void pass_descriptor(int fd) {
  int pair[2];
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) < 0) return;
  char space[CMSG_SPACE(sizeof fd)] = {0}, byte = 'x';
  struct iovec part = {&byte, 1};
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = space, .msg_controllen = sizeof space};
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof fd);
  memcpy(CMSG_DATA(header), &fd, sizeof fd);
  if (sendmsg(pair[0], &message, MSG_DONTWAIT) == 1 && recvmsg(pair[1], &message, MSG_DONTWAIT) == 1) {
    int passed;
    header = CMSG_FIRSTHDR(&message);
    if (header != NULL) {
      memcpy(&passed, CMSG_DATA(header), sizeof passed);
      int above = openat(passed, "..", O_RDONLY | O_DIRECTORY);
      if (above >= 0) look_into(above, "passed/..");
    }
  }
  close(pair[0]);
  close(pair[1]);
}

static void try_path(void) {
  char *path = random_path(), *other = random_path();
  int fd;
  switch (draw(20)) {
    case 0: case 1: case 2: case 3:
      fd = open(path, O_RDONLY | O_NONBLOCK | (draw(4) == 0 ? O_NOFOLLOW : 0));
      if (fd >= 0) look_at(fd, "read", path), close(fd);
      break;
    case 4: case 5:
      fd = open(path, O_RDONLY | O_DIRECTORY);
      if (fd < 0) break;
      if (draw(2)) fchdir(fd);
      if (draw(3) == 0) pass_descriptor(fd);
      look_into(fd, path);
      break;
    case 6: chdir(path); break;
    case 7: symlink(other, path); break;
    case 8: link(path, other); break;
    case 9: linkat(AT_FDCWD, path, AT_FDCWD, other, AT_SYMLINK_FOLLOW); break;
    case 10: rename(path, other); break;
    case 11: syscall(SYS_renameat2, AT_FDCWD, path, AT_FDCWD, other, draw(4)); break;
    case 12: unlink(path); break;
    case 13: mkdir(path, 0777); break;
    case 14: rmdir(path); break;
    case 15:
      fd = open(path, O_WRONLY | O_CREAT | O_NONBLOCK | (draw(2) ? O_TRUNC : O_APPEND), 0666);
      if (fd >= 0) write(fd, "overwritten", 11), close(fd);
      break;
    case 16: truncate(path, draw(100)); break;
    case 17: chmod(path, 0777); break;
    case 18: {
      static const char *const WAYS[] = {"..", "../..", "../secret", "/secret", "../../secret", "token.txt"};
      int at = open(path, O_PATH | O_NOFOLLOW);
      if (at < 0) break;
      const char *way = WAYS[draw(6)];
      fd = openat(at, way, O_RDONLY | O_NONBLOCK);
      if (fd >= 0) look_at(fd, "openat", path), close(fd);
      close(at);
      break;
    }
    default: {
      char target[4096];
      ssize_t got = readlink(path, target, sizeof target - 1);
      if (got > 0) target[got] = 0, got = open(target, O_RDONLY | O_NONBLOCK);
      if (got >= 0) look_at((int)got, "readlink", path);
    }
  }
}

static void try_network(void) {
  int fd = socket(AF_INET, (draw(2) ? SOCK_STREAM : SOCK_DGRAM) | SOCK_NONBLOCK, 0);
  struct sockaddr_in name = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
  name.sin_addr.s_addr = draw(3) == 0 ? draw(0xffffffff) : htonl(INADDR_LOOPBACK);
  if (draw(4) == 0) bind(fd, (void *)&name, sizeof name);
  connect(fd, (void *)&name, sizeof name);
  sendto(fd, "out", 3, MSG_NOSIGNAL | MSG_DONTWAIT, (void *)&name, sizeof name);
}

static uint64_t random_argument(char *memory) {
  switch (draw(9)) {
    case 0: return draw(8);
    case 1: return (uint64_t)-1 - draw(3);
    case 2: return (uintptr_t)memory + draw(4000);
    case 3: return (uintptr_t)random_path();
    case 4: return 1ull << draw(64);
    case 5: return ((uint64_t)draw(0xffffffff) << 32) | draw(0xffffffff);
    case 6: return 0;
    case 7: return (uint64_t)AT_FDCWD;
    default: return draw(70000);
  }
}

static void try_call(char *memory) {
  for (int i = 0; i < 4096; i++) memory[i] = (char)draw(256);
  if (draw(2)) memset(memory, 0, 2048);
  long number = draw(480);
  // Its own end, and waiting for what never comes, is no attempt.
  if (number == SYS_exit || number == SYS_exit_group || number == SYS_pause) return;
  syscall(number, random_argument(memory), random_argument(memory), random_argument(memory), random_argument(memory),
          random_argument(memory), random_argument(memory));
}

int main(int count, char **arguments) {
  if (count != 5) return 2;
  uint64_t seed = strtoull(arguments[1], NULL, 10);
  int rounds = atoi(arguments[2]);
  port = atoi(arguments[3]);
  token = arguments[4];
  signal(SIGPIPE, SIG_IGN);
  char *memory = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  for (int round = 0; round < rounds; round++) {
    pid_t child = fork();
    if (child < 0) return 3;
    if (child == 0) {
      setpgid(0, 0);
      state = (seed * 1000003 + (uint64_t)round) * 0x9e3779b97f4a7c15ull | 1;
      alarm(2);
      chdir("/w");
      open("/w", O_RDONLY | O_DIRECTORY);
      open("/r", O_RDONLY | O_DIRECTORY);
      int calls = round % 3 == 2;
      for (int i = 0; i < (calls ? 40 : 60); i++) {
        if (calls) try_call(memory);
        else if (draw(12) == 0) try_network();
        else try_path();
      }
      _exit(0);
    }
    // The child may have stopped itself, blocked its alarm, or made others: it has three seconds.
    for (int waited = 0, status; waitpid(child, &status, WNOHANG) == 0; waited++) {
      usleep(20000);
      if (waited > 150) kill(-child, SIGKILL), kill(child, SIGKILL);
    }
    kill(-child, SIGKILL);
  }
  write(1, "done\n", 5);
  _exit(0);
}

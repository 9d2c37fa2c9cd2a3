// Nodes that mknod makes, sockets that nobody listens at among them, and who may make them; what a process tells of its memory.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/un.h>
#include <unistd.h>

static void say(const char *call, long result) {
  printf("%s = %ld %s\n", call, result, result < 0 ? strerror(errno) : "");
}
#define SAY(call) say(#call, call)

static void tells(const char *path) {
  struct stat status;
  if (lstat(path, &status)) printf("%s: %s\n", path, strerror(errno));
  else printf("%s: %o %lx %ld\n", path, status.st_mode, (long)status.st_rdev, (long)status.st_size);
}

static long locked(void) {
  char line[200];
  long kib = -1;
  FILE *status = fopen("/proc/self/status", "r");
  while (fgets(line, sizeof line, status)) sscanf(line, "VmLck: %ld kB", &kib);
  fclose(status);
  return kib;
}

static void area(void *at) {
  char line[200];
  unsigned long start, end;
  long kib;
  int here = 0;
  FILE *maps = fopen("/proc/self/smaps", "r");
  while (fgets(line, sizeof line, maps)) {
    if (sscanf(line, "%lx-%lx ", &start, &end) == 2) here = start == (unsigned long)at;
    else if (here && sscanf(line, "Size: %ld kB", &kib) == 1) printf("size %ld ", kib);
    else if (here && sscanf(line, "Rss: %ld kB", &kib) == 1) printf("resident %ld ", kib);
    else if (here && sscanf(line, "Locked: %ld kB", &kib) == 1) printf("locked %ld\n", kib);
  }
  fclose(maps);
}

int main(void) {
  setvbuf(stdout, 0, _IONBF, 0);
  umask(022);
  chmod(".", 0755);
  SAY(mknod("socket", S_IFSOCK | 0666, 0));
  SAY(mknod("fifo", S_IFIFO | 0666, 0));
  SAY(mknod("null", S_IFCHR | 0666, makedev(1, 3)));
  SAY(mknod("directory", S_IFDIR | 0755, 0));
  SAY(mknod("link", S_IFLNK | 0755, 0));
  tells("socket");
  tells("fifo");
  tells("null");
  SAY(open("socket", O_RDWR));
  struct sockaddr_un name = {.sun_family = AF_UNIX, .sun_path = "socket"};
  int client = socket(AF_UNIX, SOCK_STREAM, 0);
  SAY(connect(client, (struct sockaddr *)&name, sizeof name));
  SAY(bind(client, (struct sockaddr *)&name, sizeof name));
  SAY(rename("socket", "other"));
  tells("other");
  SAY(unlink("other"));
  mkdir("theirs", 0777);
  chmod("theirs", 0777);
  SAY(seteuid(65534));
  SAY(mknod("none", S_IFSOCK | 0666, 0));
  SAY(mknod("none", S_IFCHR | 0666, makedev(1, 3)));
  SAY(mknod("theirs/socket", S_IFSOCK | 0666, 0));
  SAY(mknod("theirs/null", S_IFCHR | 0666, makedev(1, 3)));
  SAY(mknod("theirs/socket", S_IFCHR | 0666, makedev(1, 3)));
  tells("theirs/socket");
  SAY(seteuid(0));

  char *memory = mmap(0, 65536, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  memset(memory, 1, 65536);
  printf("%ld\n", locked());
  SAY(mlock(memory, 65536));
  printf("%ld\n", locked());
  area(memory);
  munlock(memory, 65536);
  char *other = mmap(0, 32768, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_LOCKED, -1, 0);
  printf("%ld\n", locked());
  area(other);
  munmap(other, 32768);
  printf("%ld\n", locked());
  return 0;
}

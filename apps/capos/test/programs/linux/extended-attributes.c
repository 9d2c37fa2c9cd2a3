// Extended attributes: what may be called what, on which files, by whom, and how long it lasts.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

static void say(const char *call, long result) {
  printf("%s = %ld %s\n", call, result, result < 0 ? strerror(errno) : "");
}
#define SAY(call) say(#call, call)

static int by_name(const void *a, const void *b) { return strcmp(*(char **)a, *(char **)b); }

static void lists(const char *path) {
  static char names[4096];
  char *each[50];
  int length = listxattr(path, names, sizeof names), count = 0;
  for (char *name = names; name < names + (length < 0 ? 0 : length); name += strlen(name) + 1) each[count++] = name;
  qsort(each, count, sizeof *each, by_name);
  printf("%s %d:", path, length);
  for (int i = 0; i < count; i++) printf(" %s", each[i]);
  printf("\n");
}

int main(void) {
  static char value[70000], long_name[300] = "user.";
  setvbuf(stdout, 0, _IONBF, 0);
  memset(long_name + 5, 'n', 260);
  int file = open("f", O_CREAT | O_RDWR, 0644);
  mkdir("d", 0755);
  mkdir("sticky", 01777);
  symlink("f", "link");
  mkfifo("fifo", 0644);
  chmod(".", 0755);
  lists("f");
  SAY(getxattr("f", "user.none", value, 10));
  SAY(setxattr("f", "user.one", "value", 5, 0));
  SAY(fsetxattr(file, "user.two", "", 0, XATTR_CREATE));
  SAY(setxattr("link", "user.one", "longer value", 12, XATTR_REPLACE));
  SAY(setxattr("f", "user.one", "x", 1, XATTR_CREATE));
  SAY(setxattr("f", "user.three", "x", 1, XATTR_REPLACE));
  SAY(setxattr("f", "user.three", "x", 1, 4));
  SAY(getxattr("f", "user.one", value, sizeof value));
  printf("%.12s\n", value);
  SAY(fgetxattr(file, "user.one", value, 0));
  SAY(lgetxattr("f", "user.one", value, 11));
  SAY(getxattr("f", "user.one", (void *)8, 100));
  SAY(getxattr("f", "user.two", value, 100));
  lists("f");
  lists("link");
  SAY(listxattr("f", value, 5));
  SAY(flistxattr(file, value, 0));
  SAY(lsetxattr("link", "user.l", "x", 1, 0));
  SAY(lgetxattr("link", "user.l", value, 1));
  SAY(setxattr("fifo", "user.p", "x", 1, 0));
  SAY(getxattr("fifo", "user.p", value, 1));
  SAY(setxattr("d", "user.d", "directory", 9, 0));
  lists("d");
  SAY(setxattr("f", long_name, "x", 1, 0));
  long_name[255] = 0;
  SAY(setxattr("f", long_name, "x", 1, 0));
  SAY(removexattr("f", long_name));
  SAY(setxattr("f", "", "x", 1, 0));
  SAY(setxattr("f", "user.", "x", 1, 0));
  SAY(setxattr("f", "one", "x", 1, 0));
  SAY(setxattr("f", "other.one", "x", 1, 0));
  SAY(setxattr("f", "user.big", value, 65537, 0));
  SAY(setxattr("f", "user.bad", (void *)8, 4, 0));
  SAY(setxattr("none", "user.one", "x", 1, 0));
  SAY(setxattr("f", "trusted.one", "x", 1, 0));
  SAY(removexattr("f", "user.none"));
  SAY(fremovexattr(file, "user.two"));
  SAY(fremovexattr(-1, "user.two"));
  lists("f");

  SAY(link("f", "g"));
  SAY(rename("f", "h"));
  lists("g");
  lists("h");
  SAY(unlink("g"));
  lists("h");
  SAY(unlink("h"));
  for (int i = 0; i < 3; i++) {
    char name[2] = {'0' + i, 0};
    close(open(name, O_CREAT | O_WRONLY, 0644));
    lists(name);
  }
  rmdir("d");
  mkdir("d", 0755);
  lists("d");

  SAY(setxattr("0", "user.one", "x", 1, 0));
  SAY(setxattr("0", "trusted.one", "x", 1, 0));
  chmod("1", 0600);
  SAY(seteuid(65534));
  lists("0");
  SAY(getxattr("0", "user.one", value, 10));
  SAY(getxattr("0", "trusted.one", value, 10));
  SAY(setxattr("0", "user.one", "y", 1, 0));
  SAY(setxattr("0", "trusted.one", "y", 1, 0));
  SAY(getxattr("1", "user.one", value, 10));
  SAY(setxattr("sticky", "user.one", "y", 1, 0));
  return 0;
}

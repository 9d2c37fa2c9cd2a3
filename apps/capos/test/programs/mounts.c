// What a program mounts in a name space of its own: tmpfs, directories bound, read-only ones, mounts on mounts, and what is refused.
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/wait.h>
#include <unistd.h>

static void say(const char *call, int result) {
  printf("%s = %d %s\n", call, result, result == -1 ? strerror(errno) : "");
}
#define SAY(call) say(#call, call)

static int writes(const char *path, const char *text) {
  int file = open(path, O_CREAT | O_WRONLY | O_TRUNC, 0640);
  if (file < 0) return -errno;
  int wrote = write(file, text, strlen(text));
  close(file);
  return wrote;
}

static const char *reads(const char *path) {
  static char text[100];
  int file = open(path, O_RDONLY);
  if (file < 0) return strerror(errno);
  int length = read(file, text, sizeof text - 1);
  text[length < 0 ? 0 : length] = 0;
  close(file);
  return text;
}

static void lists(const char *path) {
  struct dirent **names;
  int count = scandir(path, &names, 0, alphasort);
  printf("%s:", path);
  for (int i = 0; i < count; i++) printf(" %s", names[i]->d_name);
  printf("\n");
}

static int modeOf(const char *path) {
  struct stat status;
  return stat(path, &status) ? -errno : (int)status.st_mode;
}

static long kindOf(const char *path) {
  struct statfs status;
  return statfs(path, &status) ? -errno : status.f_type == 0x1021994 ? 1 : 0;
}

int main(void) {
  setvbuf(stdout, 0, _IONBF, 0);
  umask(022);
  chmod(".", 0755);
  SAY(unshare(CLONE_NEWNS));
  SAY(mount("", "/", "", MS_REC | MS_PRIVATE, ""));
  mkdir("m", 0755);
  mkdir("b", 0755);
  writes("m/under", "covered");
  SAY(mount("memory", "m", "tmpfs", 0, "mode=0711"));
  printf("%o %ld %s\n", modeOf("m"), kindOf("m"), reads("m/under"));
  SAY(writes("m/file", "text"));
  SAY(mkdir("m/d", 02755));
  SAY(writes("m/d/inner", "deep"));
  SAY(symlink("d/inner", "m/link"));
  SAY(link("m/file", "m/d/second"));
  printf("%s %s %o\n", reads("m/link"), reads("m/d/second"), modeOf("m/d"));
  SAY(rename("m/file", "m/d/moved"));
  SAY(rename("m/d", "m/d/within"));
  SAY(rename("m/d", "m/e"));
  SAY(rename("m/e/moved", "moved"));
  SAY(rmdir("m/e"));
  SAY(rmdir("m"));
  SAY(chmod("m/e/moved", 04755));
  printf("%o\n", modeOf("m/e/moved"));
  lists("m");
  lists("m/e");
  char *page = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, open("m/e/inner", O_RDWR), 0);
  memcpy(page, "DE", 2);
  printf("%s\n", reads("m/e/inner"));
  munmap(page, 4096);

  SAY(mount("m/e", "b", "", MS_BIND, ""));
  lists("b");
  SAY(writes("b/made", "through b"));
  printf("%s\n", reads("m/e/made"));
  SAY(mount("", "b", "", MS_REMOUNT | MS_BIND | MS_RDONLY, ""));
  SAY(writes("b/refused", "x"));
  SAY(mkdir("b/refused", 0755));
  SAY(unlink("b/made"));
  SAY(chmod("b/made", 0600));
  SAY(writes("m/e/made", "still"));
  printf("%s\n", reads("b/made"));

  int written = open("m/link", O_RDWR), read_only = open("m/link", O_RDONLY);
  SAY(mount("", "m", "", MS_REMOUNT | MS_RDONLY, ""));
  close(written);
  SAY(mount("", "m", "", MS_REMOUNT | MS_RDONLY, ""));
  SAY(fchmod(read_only, 0600));
  SAY(chmod("m", 0700));
  SAY(chown("m/link", 1, 1));
  SAY(fchown(read_only, 1, 1));
  close(read_only);
  SAY(mount("", "m", "", MS_REMOUNT, ""));
  SAY(mount("none", "m", "tmpfs", MS_RDONLY, ""));
  lists("m");
  SAY(writes("m/refused", "x"));
  SAY(access("m", W_OK));
  SAY(umount("m"));
  lists("m");
  SAY(mkdir("m/in", 0755));
  SAY(mount("none", "m/in", "tmpfs", 0, ""));
  SAY(umount("m"));
  SAY(umount("m/in"));
  SAY(umount("m/in"));
  int held = open("m/e", O_RDONLY | O_DIRECTORY);
  SAY(umount("b"));
  SAY(umount("m"));
  close(held);
  SAY(chdir("m/e"));
  SAY(umount("../../m"));
  SAY(chdir("../.."));
  int file = open("m/e/inner", O_RDONLY);
  SAY(umount2("m", MNT_EXPIRE | MNT_DETACH));
  SAY(umount2("m", 64));
  SAY(umount("m"));
  close(file);

  pid_t child = fork();
  if (child == 0) {
    unshare(CLONE_NEWNS);
    mkdir("m/own", 0755);
    mount("none", "m/own", "tmpfs", 0, "");
    writes("m/own/file", "mine");
    printf("child: %s\n", reads("m/own/file"));
    umount2("m/own", MNT_DETACH);
    mount("none", "m/own", "tmpfs", 0, "");
    writes("m/own/file", "mine");
    umount("m");
    _exit(0);
  }
  waitpid(child, 0, 0);
  lists("m/own");
  child = fork();
  if (child == 0) _exit(mount("none", "b", "tmpfs", 0, "") || writes("b/shared", "by the child") < 0);
  waitpid(child, 0, 0);
  printf("%s\n", reads("b/shared"));
  SAY(umount("b"));
  lists("b");

  SAY(mount("proc", "b", "proc", 0, ""));
  printf("%d\n", access("b/self/status", R_OK));
  SAY(umount("b"));
  SAY(mount("none", "b", "no-such-system", 0, ""));
  SAY(mount("none", "missing", "tmpfs", 0, ""));
  SAY(mount("none", "m/e/inner", "tmpfs", 0, ""));
  SAY(mount("missing", "b", "", MS_BIND, ""));
  SAY(mount("", "b", "", MS_REMOUNT | MS_RDONLY, ""));
  SAY(mount("none", (char *)8, "tmpfs", 0, ""));
  SAY(umount("b"));
  SAY(umount2("m", MNT_DETACH));
  printf("%s\n", reads("m/under"));
  SAY(seteuid(65534));
  SAY(mount("none", "b", "tmpfs", 0, ""));
  SAY(mount("none", "missing", "tmpfs", 0, ""));
  SAY(umount("b"));
  SAY(unshare(CLONE_NEWNS));
  SAY(unshare(CLONE_FILES | CLONE_FS));
  return 0;
}

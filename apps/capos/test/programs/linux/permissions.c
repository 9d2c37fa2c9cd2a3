// What permission bits let whom do: searching directories, owning files, changing modes, owners and times, renaming, executing.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utime.h>

enum { NOBODY = 65534, GROUP = 777 };

static void told(const char *what, long result) { printf("%s: %d\n", what, result < 0 ? errno : 0); }

static void show(const char *path) {
  struct stat s;
  if (lstat(path, &s)) printf("%s: %d\n", path, errno);
  else printf("%s: %o %d:%d\n", path, s.st_mode, s.st_uid, s.st_gid);
}

static int made(const char *path, int mode) {
  int descriptor = open(path, O_CREAT | O_RDWR, mode);
  close(descriptor);
  return descriptor;
}

// As somebody else, in a process of its own.
static void as_other(void (*act)(void), int uid, int gid) {
  fflush(stdout);
  if (fork() == 0) {
    setgroups(0, 0);
    setresgid(gid, gid, gid);
    setresuid(uid, uid, uid);
    act();
    fflush(stdout);
    _exit(0);
  }
  wait(0);
}

static void search(void) {
  struct stat s;
  told("stat below a closed directory", stat("closed/file", &s));
  told("its own status", stat("closed", &s));
  told("dot-dot through it", stat("closed/../open", &s));
  told("access", access("closed/file", F_OK));
  told("entering it", chdir("closed"));
  told("listing it", open("closed", O_RDONLY));
  told("naming it only", open("closed", O_PATH));
  told("listing a readable one", open("readable", O_RDONLY));
  told("a name in a readable one", stat("readable/file", &s));
  told("a name in one to search", stat("searchable/file", &s));
  told("listing one to search", open("searchable", O_RDONLY));
  told("a link into it", stat("link", &s));
  told("making there", made("searchable/new", 0644));
}

static void own(void) {
  umask(0);
  told("made", made("open/mine", 0666));
  show("open/mine");
  told("a directory", mkdir("open/folder", 0777));
  show("open/folder");
  told("a link", symlink("mine", "open/symbolic"));
  show("open/symbolic");
  told("in a directory of a group", made("grouped/mine", 02775));
  show("grouped/mine");
  told("a directory in it", mkdir("grouped/folder", 0755));
  show("grouped/folder");
  told("mode of one's own", chmod("open/mine", 06755));
  show("open/mine");
  told("S_ISGID of a group one is not in", chmod("grouped/mine", 02777));
  show("grouped/mine");
  told("mode of another's", chmod("open/file", 0777));
  told("owner", chown("open/mine", 0, -1));
  told("own owner", chown("open/mine", NOBODY, -1));
  told("own group", chown("open/mine", -1, NOBODY));
  show("open/mine");
  told("another group", chown("open/mine", -1, 5));
  told("another's", chown("open/file", NOBODY, NOBODY));
  told("nothing of another's", chown("open/file", -1, -1));
  struct utimbuf times = {1, 2};
  told("times of another's", utime("open/file", &times));
  told("now, of another's", utime("open/file", 0));
  told("now, where one may write", utime("open/writable", 0));
  told("other times there", utime("open/writable", &times));
  struct timespec omitted[2] = {{0, UTIME_OMIT}, {0, UTIME_OMIT}}, now[2] = {{0, UTIME_NOW}, {0, UTIME_NOW}},
                  half[2] = {{0, UTIME_NOW}, {0, UTIME_OMIT}};
  told("none", utimensat(AT_FDCWD, "open/file", omitted, 0));
  told("both now", utimensat(AT_FDCWD, "open/writable", now, 0));
  told("one now", utimensat(AT_FDCWD, "open/writable", half, 0));
  told("truncating another's", truncate("open/file", 0));
  told("O_NOATIME of another's", open("open/writable", O_RDONLY | O_NOATIME));
  told("renaming in another's directory", rename("searchable/file", "searchable/other"));
  told("out of a sticky one", rename("sticky/file", "open/taken"));
  told("over a file in it", rename("open/mine", "sticky/file"));
  told("into it", rename("open/mine", "sticky/mine"));
  mkdir("open/elsewhere", 0777);
  told("somebody's directory, to another place", rename("open/somebodys", "open/elsewhere/somebodys"));
  told("somebody's directory, by another name", rename("open/somebodys", "open/anybodys"));
  told("one that may be written to", rename("open/everybodys", "open/elsewhere/everybodys"));
  char *none[] = {0};
  told("executing what others may", execve("open/program", none, none));
  told("executing without permission", execve("open/private", none, none));
}

int main(void) {
  if (geteuid() != 0) return 0;
  umask(0);
  chmod(".", 0777);
  const char *folders[] = {"closed", "readable", "searchable", "open", "sticky", "grouped"};
  const int modes[] = {0700, 0744, 0711, 0777, 01777, 02777};
  for (int i = 0; i < 6; i++) {
    char file[64];
    mkdir(folders[i], 0777);
    chmod(folders[i], modes[i]);
    sprintf(file, "%s/file", folders[i]);
    made(file, 0644);
  }
  symlink("closed/file", "link");
  chown("grouped", -1, GROUP);
  made("open/writable", 0666);
  mkdir("open/somebodys", 0755);
  mkdir("open/everybodys", 0777);
  made("open/private", 0744);
  as_other(search, NOBODY, NOBODY);
  as_other(own, NOBODY, NOBODY);

  made("root", 06777);
  chown("root", 5, -1);
  show("root");
  made("lockable", 02666);
  chown("lockable", 5, -1);
  show("lockable");
  made("grouped/roots", 0644);
  show("grouped/roots");
  mkdir("grouped/roots-folder", 0755);
  show("grouped/roots-folder");
  setegid(GROUP);
  seteuid(NOBODY);
  told("access asks of the real user", access("closed/file", R_OK));
  told("AT_EACCESS of the effective one", syscall(439, AT_FDCWD, "closed/file", R_OK, AT_EACCESS));
  seteuid(0);
  made("of-group", 0600);
  show("of-group");
  return 0;
}

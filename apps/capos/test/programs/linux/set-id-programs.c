// Programs whose set-ID bits say as whom they act, and who may execute what.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/prctl.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void copySelf(const char *to, mode_t mode, uid_t uid, gid_t gid) {
	int from = open("/proc/self/exe", O_RDONLY), into = open(to, O_CREAT | O_WRONLY | O_TRUNC, 0600);
	struct stat status;
	fstat(from, &status);
	for (off_t left = status.st_size; left > 0;) {
		ssize_t moved = sendfile(into, from, NULL, left);
		if (moved <= 0) break;
		left -= moved;
	}
	close(from);
	close(into);
	chown(to, uid, gid);
	chmod(to, mode);
}

static void execute(const char *title, const char *path, uid_t uid, int calm) {
	fflush(stdout);
	if (fork() == 0) {
		if (calm) prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
		setgid(uid);
		setuid(uid);
		execl(path, path, title, NULL);
		printf("%s: %s\n", title, strerror(errno));
		fflush(stdout);
		_exit(1);
	}
	int status;
	wait(&status);
	printf("  ended %d\n", status);
}

int main(int count, char **arguments) {
	if (count > 1) {
		uid_t r, e, s;
		gid_t rg, eg, sg;
		getresuid(&r, &e, &s);
		getresgid(&rg, &eg, &sg);
		printf("%s: users %u %u %u groups %u %u %u secure %lu euid %lu dumpable %d\n", arguments[1], r, e, s, rg, eg, sg, getauxval(AT_SECURE), getauxval(AT_EUID), prctl(PR_GET_DUMPABLE));
		return 0;
	}
	chmod(".", 0755);
	setgid(0);
	copySelf("plain", 0755, 0, 0);
	copySelf("as-root", 04755, 0, 0);
	copySelf("as-user", 04755, 1001, 1001);
	copySelf("as-group", 02755, 1001, 1002);
	copySelf("no-group-execute", 02705, 1001, 1002);
	copySelf("nobodys", 0644, 0, 0);
	copySelf("owners", 0700, 0, 0);
	int script = open("script", O_CREAT | O_WRONLY, 0755);
	dprintf(script, "#!./as-user through\n");
	close(script);
	chmod("script", 06755);
	for (int uid = 0; uid <= 1000; uid += 1000) {
		printf("-- user %d\n", uid);
		execute("plain", "./plain", uid, 0);
		execute("as root", "./as-root", uid, 0);
		execute("as user", "./as-user", uid, 0);
		execute("as group", "./as-group", uid, 0);
		execute("group may not execute", "./no-group-execute", uid, 0);
		execute("nobody may execute", "./nobodys", uid, 0);
		execute("owner may execute", "./owners", uid, 0);
		execute("no new privileges", "./as-root", uid, 1);
		execute("script", "./script", uid, 0);
	}
	return 0;
}

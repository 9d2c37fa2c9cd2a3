// RENAME_EXCHANGE, and what else renameat2 takes and refuses.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <dirent.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { NOREPLACE = 1, EXCHANGE = 2, WHITEOUT = 4 };

static void exchange(const char *one, const char *other, int flags) {
	int result = syscall(SYS_renameat2, AT_FDCWD, one, AT_FDCWD, other, flags);
	printf("%s %s %d: %s\n", one, other, flags, result < 0 ? strerror(errno) : "done");
}

static void show(const char *name) {
	char text[32] = "";
	struct stat status;
	if (lstat(name, &status) < 0) {
		printf("  %s: %s\n", name, strerror(errno));
		return;
	}
	if (S_ISREG(status.st_mode)) {
		int fd = open(name, O_RDONLY);
		read(fd, text, sizeof text - 1);
		close(fd);
	} else if (S_ISLNK(status.st_mode)) readlink(name, text, sizeof text - 1);
	printf("  %s: %o %s\n", name, status.st_mode & S_IFMT, text);
}

static void make(const char *name, const char *text) {
	int fd = open(name, O_CREAT | O_WRONLY | O_TRUNC, 0600);
	write(fd, text, strlen(text));
	close(fd);
}

int main(void) {
	make("a", "first");
	make("b", "second");
	mkdir("d", 0700);
	mkdir("d/deep", 0700);
	make("d/deep/f", "inner");
	mkdir("e", 0700);
	symlink("nowhere", "l");
	exchange("a", "b", EXCHANGE);
	show("a"); show("b");
	exchange("a", "a", EXCHANGE);
	exchange("a", "missing", EXCHANGE);
	exchange("missing", "a", EXCHANGE);
	exchange("a", "d", EXCHANGE);
	show("a"); show("d"); show("a/deep/f");
	exchange("a", "d", EXCHANGE);
	exchange("a", "l", EXCHANGE);
	show("a"); show("l");
	exchange("a", "l", EXCHANGE);
	exchange("d", "d/deep", EXCHANGE);
	exchange("d/deep", "d", EXCHANGE);
	exchange("d/deep/f", "b", EXCHANGE);
	show("d/deep/f"); show("b");
	int inside = open("d", O_RDONLY);
	exchange("d", "e", EXCHANGE);
	show("e/deep"); show("d/deep");
	printf("still the same: %d\n", faccessat(inside, "deep/f", R_OK, 0));
	exchange("a", "b", NOREPLACE);
	exchange("a", "c", NOREPLACE);
	show("a"); show("c");
	exchange("c", "b", EXCHANGE | NOREPLACE);
	exchange("c", "b", EXCHANGE | WHITEOUT);
	exchange("c", "b", 8);
	exchange("c", "..", EXCHANGE);
	int names = 0;
	DIR *directory = opendir(".");
	while (readdir(directory) != NULL) names++;
	printf("names: %d\n", names);
	return 0;
}

// A program that runs is not written to, and what is written to does not run (ETXTBSY).
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static void say(const char *what, int result) {
	if (result < 0) printf("%s: %s\n", what, strerror(errno));
	else printf("%s: done\n", what);
	fflush(stdout);
}

static int copySelf(int into) {
	int from = open("/proc/self/exe", O_RDONLY);
	struct stat status;
	fstat(from, &status);
	for (off_t left = status.st_size; left > 0;) {
		ssize_t moved = sendfile(into, from, NULL, left);
		if (moved <= 0) return -1;
		left -= moved;
	}
	close(from);
	return 0;
}

static void execute(const char *what, const char *path) {
	fflush(stdout);
	if (fork() == 0) {
		// What the parent has open counts, not what the child has.
		execl(path, path, "quick", NULL);
		say(what, -1);
		_exit(1);
	}
	int status;
	wait(&status);
	printf("%s: ended %d\n", what, status);
	fflush(stdout);
}

int main(int count, char **arguments) {
	if (count > 1) {
		if (strcmp(arguments[1], "waits") == 0) {
			char byte;
			write(4, "x", 1);
			read(3, &byte, 1);
		}
		return 0;
	}
	int program = open("program", O_CREAT | O_RDWR, 0700);
	copySelf(program);
	execute("while it is open for writing", "./program");
	close(program);
	int reads = open("program", O_RDONLY);
	execute("while it is open for reading", "./program");
	close(reads);
	int script = open("script", O_CREAT | O_WRONLY, 0700);
	dprintf(script, "#!./program quick\n");
	execute("a script that is written", "./script");
	close(script);
	execute("a script", "./script");
	program = open("program", O_WRONLY);
	execute("a script whose interpreter is written", "./script");
	close(program);

	int to[2], from[2];
	pipe(to);
	pipe(from);
	fflush(stdout);
	pid_t child = fork();
	if (child == 0) {
		dup2(to[0], 9);
		dup2(from[1], 10);
		dup2(9, 3);
		dup2(10, 4);
		for (int fd = 5; fd < 32; fd++) close(fd);
		execl("./program", "./program", "waits", NULL);
		_exit(1);
	}
	char byte;
	read(from[0], &byte, 1);
	say("writing to what runs", open("program", O_WRONLY));
	say("reading and writing", open("program", O_RDWR));
	say("cutting it off", truncate("program", 0));
	say("cutting it off by opening", open("program", O_RDONLY | O_TRUNC));
	reads = open("program", O_RDONLY);
	say("reading", reads);
	say("a mode", chmod("program", 0755));
	say("another name", rename("program", "other"));
	say("by that", open("other", O_WRONLY));
	say("replacing it", unlink("other"));
	int fresh = open("program", O_CREAT | O_WRONLY, 0700);
	say("a new one", fresh);
	close(fresh);
	write(to[1], "x", 1);
	waitpid(child, NULL, 0);

	int memory = memfd_create("memory", 0);
	copySelf(memory);
	fflush(stdout);
	if (fork() == 0) {
		char *quick[] = {"memory", "quick", NULL};
		fexecve(memory, quick, environ);
		say("a file in memory", -1);
		_exit(1);
	}
	int status;
	wait(&status);
	printf("a file in memory: ended %d\n", status);
	return 0;
}

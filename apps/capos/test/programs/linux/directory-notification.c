// F_NOTIFY: signals for what happens in a directory, once or as often as it does.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static sigset_t watched;

// Says which signals are waiting.
static void told(const char *what, int directory) {
	const struct timespec none = {0, 0};
	siginfo_t info;
	printf("%s:", what);
	for (int signal; (signal = sigtimedwait(&watched, &info, &none)) > 0;) {
		if (signal == SIGIO) printf(" SIGIO %d", info.si_code == SI_KERNEL);
		else printf(" rt+%d code %d band %lx fd %d", signal - SIGRTMIN, info.si_code, (long)info.si_band, info.si_fd == directory);
	}
	printf("\n");
}

static void make(const char *name) {
	close(open(name, O_CREAT | O_WRONLY, 0600));
}

int main(void) {
	sigemptyset(&watched);
	sigaddset(&watched, SIGIO);
	sigaddset(&watched, SIGRTMIN + 1);
	sigprocmask(SIG_BLOCK, &watched, NULL);
	mkdir("watched", 0700);
	int file = open("plain", O_CREAT | O_RDWR, 0600);
	printf("file: %s\n", fcntl(file, F_NOTIFY, DN_CREATE) < 0 ? strerror(errno) : "taken");
	int directory = open("watched", O_RDONLY | O_DIRECTORY);
	printf("create, once: %d\n", fcntl(directory, F_NOTIFY, DN_CREATE));
	printf("owner is me: %d\n", fcntl(directory, F_GETOWN) == getpid());
	make("watched/a");
	told("made", directory);
	make("watched/b");
	told("made again", directory);
	printf("signal: %d\n", fcntl(directory, F_SETSIG, SIGRTMIN + 1));
	printf("many: %d\n", fcntl(directory, F_NOTIFY, DN_CREATE | DN_DELETE | DN_MULTISHOT));
	make("watched/c");
	told("made", directory);
	make("watched/d");
	told("made again", directory);
	unlink("watched/c");
	told("removed", directory);
	rename("watched/d", "watched/e");
	told("renamed", directory);
	rename("watched/e", "outside");
	told("moved out", directory);
	rename("outside", "watched/e");
	told("moved in", directory);
	chmod("watched/e", 0640);
	told("mode, not asked for", directory);
	printf("more: %d\n", fcntl(directory, F_NOTIFY, DN_ATTRIB | DN_MODIFY | DN_ACCESS | DN_RENAME | DN_MULTISHOT));
	chmod("watched/e", 0600);
	told("mode", directory);
	int inside = open("watched/e", O_RDWR);
	told("opened", directory);
	write(inside, "text", 4);
	told("written", directory);
	char text[4];
	pread(inside, text, 4, 0);
	told("read", directory);
	rename("watched/e", "watched/f");
	told("renamed", directory);
	mkdir("watched/below", 0700);
	told("directory made", directory);
	make("watched/below/g");
	told("made deeper", directory);
	int copy = dup(directory);
	printf("nothing: %d\n", fcntl(copy, F_NOTIFY, 0));
	make("watched/h");
	told("made, not asked for", directory);
	printf("again: %d\n", fcntl(copy, F_NOTIFY, DN_CREATE | DN_MULTISHOT));
	make("watched/i");
	told("made", copy);
	close(directory);
	close(copy);
	make("watched/j");
	told("made, closed", copy);
	return 0;
}

// Leases: who may have which, who is told, who waits, and what F_GETLEASE says meanwhile.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void say(const char *what, int result) {
	if (result < 0) printf("%s: %s\n", what, strerror(errno));
	else printf("%s: %d\n", what, result);
	fflush(stdout);
}

static const char *const FILE_NAME = "leased";
static sigset_t watched;

// A child opens (or cuts off) the file; the parent is told, answers with `type` (or not at all), and both say what came of it.
static void broken(const char *name, int lease, int opening, int type, int cuts) {
	int fd = open(FILE_NAME, O_RDONLY);
	printf("%s\n", name);
	say(" F_SETSIG", fcntl(fd, F_SETSIG, SIGRTMIN));
	say(" F_SETLEASE", fcntl(fd, F_SETLEASE, lease));
	say(" F_GETLEASE", fcntl(fd, F_GETLEASE));
	fflush(stdout);
	int ready[2];
	pipe(ready);
	if (fork() == 0) {
		close(fd);
		int other = cuts ? truncate(FILE_NAME, 0) : open(FILE_NAME, opening);
		int failed = errno;
		close(ready[0]);
		errno = failed;
		dprintf(ready[1], other < 0 ? " child: %s\n" : " child: let through\n", strerror(errno));
		_exit(0);
	}
	close(ready[1]);
	siginfo_t info;
	memset(&info, 0, sizeof info);
	if (sigwaitinfo(&watched, &info) > 0)
		printf(" signal: rt %d code %d, its descriptor: %d\n", info.si_signo - SIGRTMIN, info.si_code, info.si_fd == fd);
	say(" F_GETLEASE", fcntl(fd, F_GETLEASE));
	if (lease == F_WRLCK && (cuts || opening != O_RDONLY)) say(" downgrade", fcntl(fd, F_SETLEASE, F_RDLCK));
	if (type >= 0) say(" answer", fcntl(fd, F_SETLEASE, type));
	else say(" close", close(fd));
	char text[64] = "";
	ssize_t got = read(ready[0], text, sizeof text - 1);
	if (got > 0) printf("%s", text);
	wait(NULL);
	if (type >= 0) {
		say(" F_GETLEASE", fcntl(fd, F_GETLEASE));
		close(fd);
	}
	close(ready[0]);
}

int main(void) {
	sigemptyset(&watched);
	sigaddset(&watched, SIGRTMIN);
	sigaddset(&watched, SIGIO);
	sigprocmask(SIG_BLOCK, &watched, NULL);
	close(open(FILE_NAME, O_CREAT | O_RDWR, 0600));

	int reads = open(FILE_NAME, O_RDONLY);
	say("none", fcntl(reads, F_GETLEASE));
	say("giving up none", fcntl(reads, F_SETLEASE, F_UNLCK));
	say("unknown type", fcntl(reads, F_SETLEASE, 7));
	say("for reading", fcntl(reads, F_SETLEASE, F_RDLCK));
	say("is", fcntl(reads, F_GETLEASE));
	int second = open(FILE_NAME, O_RDONLY);
	say("another for reading", fcntl(second, F_SETLEASE, F_RDLCK));
	say("for writing, beside another", fcntl(second, F_SETLEASE, F_WRLCK));
	say("owner", fcntl(second, F_GETOWN) == getpid());
	int copy = dup(second);
	say("of a copy", fcntl(copy, F_GETLEASE));
	close(second);
	say("of a copy, the first closed", fcntl(copy, F_GETLEASE));
	close(copy);
	say("opened for writing, not waiting", open(FILE_NAME, O_WRONLY | O_NONBLOCK));
	say("what it breaks to", fcntl(reads, F_GETLEASE));
	siginfo_t info;
	memset(&info, 0, sizeof info);
	say("signal", sigwaitinfo(&watched, &info) == SIGIO);
	say("code", info.si_code == SI_KERNEL);
	say("given up", fcntl(reads, F_SETLEASE, F_UNLCK));
	int writes = open(FILE_NAME, O_RDWR | O_NONBLOCK);
	say("now opened for writing", writes >= 0);
	say("for reading, while one writes", fcntl(reads, F_SETLEASE, F_RDLCK));
	say("for reading, of one that writes", fcntl(writes, F_SETLEASE, F_RDLCK));
	say("for writing, while one reads", fcntl(writes, F_SETLEASE, F_WRLCK));
	close(reads);
	say("for writing, alone", fcntl(writes, F_SETLEASE, F_WRLCK));
	say("is", fcntl(writes, F_GETLEASE));
	say("opened for reading, not waiting", open(FILE_NAME, O_RDONLY | O_NONBLOCK));
	say("what it breaks to", fcntl(writes, F_GETLEASE));
	sigwaitinfo(&watched, &info);
	say("no wait with O_PATH", open(FILE_NAME, O_PATH) >= 0);
	close(writes);

	int directory = open(".", O_RDONLY);
	say("directory", fcntl(directory, F_SETLEASE, F_RDLCK));
	int ends[2];
	pipe(ends);
	say("pipe", fcntl(ends[0], F_SETLEASE, F_RDLCK));

	broken("reader meets a writer", F_RDLCK, O_WRONLY, F_UNLCK, 0);
	broken("writer meets a reader, keeps reading", F_WRLCK, O_RDONLY, F_UNLCK, 0);
	broken("writer meets a writer", F_WRLCK, O_RDWR, F_UNLCK, 0);
	broken("writer meets a reader, closes", F_WRLCK, O_RDONLY, -1, 0);
	broken("writer keeps reading beside a reader", F_WRLCK, O_RDONLY, F_RDLCK, 0);
	broken("writer meets truncate", F_WRLCK, 0, F_UNLCK, 1);
	broken("reader meets truncate", F_RDLCK, 0, F_UNLCK, 1);
	return 0;
}

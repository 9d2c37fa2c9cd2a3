// RLIMIT_SIGPENDING bounds how many signals wait.
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static void say(const char *what, int result) {
	printf("%s: %s\n", what, result < 0 ? strerror(errno) : "sent");
}

int main(void) {
	// Signals of this user's other programs count too on Linux, so the limit is none at all.
	struct rlimit limit = {0, 0};
	sigset_t set;
	sigemptyset(&set);
	for (int signal = SIGRTMIN; signal < SIGRTMIN + 3; signal++) sigaddset(&set, signal);
	sigaddset(&set, SIGUSR1);
	sigprocmask(SIG_BLOCK, &set, NULL);
	union sigval value = {.sival_int = 5};
	say("queued", sigqueue(getpid(), SIGRTMIN, value));
	setrlimit(RLIMIT_SIGPENDING, &limit);
	say("queued, at the limit", sigqueue(getpid(), SIGRTMIN, value));
	say("to the thread", syscall(SYS_tgkill, getpid(), getpid(), SIGRTMIN + 1));
	say("by kill", kill(getpid(), SIGRTMIN + 2));
	say("by kill once more", kill(getpid(), SIGRTMIN + 2));
	say("of the old kind", kill(getpid(), SIGUSR1));
	const struct timespec none = {0, 0};
	siginfo_t info;
	int count = 0;
	while (sigtimedwait(&set, &info, &none) > 0) count++;
	printf("came: %d\n", count);
	return 0;
}

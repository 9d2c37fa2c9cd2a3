// RLIMIT_CPU: a signal at the soft limit, the end at the hard one.
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t told;
static void handler(int signal) { told++; (void)signal; }

static void spend(const char *what, rlim_t soft, rlim_t hard, int handles) {
	fflush(stdout);
	pid_t child = fork();
	if (child == 0) {
		struct rlimit limit = {soft, hard};
		if (handles > 0) signal(SIGXCPU, handler);
		setrlimit(RLIMIT_CPU, &limit);
		while (handles < 0 || told < handles) ;
		getrlimit(RLIMIT_CPU, &limit);
		// Past the soft limit, which has moved on.
		printf("%s: told, soft limit now above: %d\n", what, limit.rlim_cur > soft);
		fflush(stdout);
		_exit(7);
	}
	int status;
	waitpid(child, &status, 0);
	if (WIFEXITED(status)) printf("%s: exited %d\n", what, WEXITSTATUS(status));
	else printf("%s: %s\n", what, strsignal(WTERMSIG(status)));
}

int main(void) {
	spend("with a handler", 1, RLIM_INFINITY, 1);
	spend("to the hard limit", 1, 1, -1);
	struct rlimit limit = {1, RLIM_INFINITY};
	setrlimit(RLIMIT_CPU, &limit);
	fflush(stdout);
	pid_t child = fork();
	if (child == 0) for (;;) ;
	int status;
	waitpid(child, &status, 0);
	printf("inherited: %s\n", WIFSIGNALED(status) ? strsignal(WTERMSIG(status)) : "exited");
	return 0;
}

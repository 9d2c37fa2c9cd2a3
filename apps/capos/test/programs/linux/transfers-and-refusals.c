// Long transfers in one call, and which error comes first where several would do.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void say(const char *what, long result) {
	if (result < 0) printf("%s: %s\n", what, strerror(errno));
	else printf("%s: %ld\n", what, result);
	fflush(stdout);
}

static void *drain(void *argument) {
	char *room = malloc(1 << 20);
	long total = 0;
	for (ssize_t got; (got = read(*(int *)argument, room, 1 << 20)) > 0;) total += got;
	free(room);
	return (void *)total;
}

static volatile sig_atomic_t caught;
static void handler(int signal, siginfo_t *info, void *context) {
	struct sigaction now;
	sigaction(signal, NULL, &now);
	caught = 1 + (now.sa_handler == SIG_DFL) * 2 + ((now.sa_flags & SA_SIGINFO) != 0) * 4 + (info != NULL) * 8;
	(void)context;
}

static volatile sig_atomic_t handled;
static void counts(int signal) { handled++; (void)signal; }

int main(void) {
	// More than goes at once.
	const size_t length = 11 << 20;
	char *data = aligned_alloc(4096, length), *back = calloc(1, length);
	for (size_t at = 0; at < length; at++) data[at] = at * 7 >> 3;
	int file = open("long", O_CREAT | O_RDWR | O_TRUNC, 0600);
	say("write", write(file, data, length));
	say("pwrite", pwrite(file, data, length, 5));
	say("pread", pread(file, back, length, 5));
	printf("same: %d\n", memcmp(data, back, length) == 0);
	lseek(file, 0, SEEK_SET);
	say("read", read(file, back, length));
	say("the rest", read(file, back, length));
	int ends[2];
	pipe(ends);
	pthread_t thread;
	pthread_create(&thread, NULL, drain, &ends[0]);
	say("through a pipe", write(ends[1], data, length));
	close(ends[1]);
	void *total;
	pthread_join(thread, &total);
	printf("arrived: %ld\n", (long)total);
	close(ends[0]);

	// A pipe takes what it has room for from vmsplice.
	pipe(ends);
	struct iovec whole = {data, 1 << 20};
	struct pollfd room = {ends[1], POLLOUT};
	poll(&room, 1, -1);
	say("vmsplice", vmsplice(ends[1], &whole, 1, 0));
	say("pread of a pipe", pread(ends[0], back, 1, 0));
	say("pwrite to the end that reads", pwrite(ends[0], back, 1, 0));
	struct iovec one = {back, 1};
	say("pwritev to the end that reads", pwritev(ends[0], &one, 1, 0));
	say("preadv before the beginning", preadv(ends[0], &one, 1, -5));
	int directory = open(".", O_RDONLY);
	say("pread of a directory", pread(directory, back, 1, 0));
	say("pwrite to a directory", pwrite(directory, back, 1, 0));
	int readOnly = open("long", O_RDONLY);
	say("pwrite to what is only read", pwrite(readOnly, back, 1, 0));

	say("sync_file_range of a pipe", sync_file_range(ends[0], 0, 1, 0));
	say("sync_file_range, unknown flag", sync_file_range(file, 0, 1, 8));
	say("sync_file_range, before the beginning", sync_file_range(file, -1, 1, 2));
	say("sync_file_range, less than nothing", sync_file_range(file, 0, -1, 2));
	say("sync_file_range", sync_file_range(file, 0, 100, 7));

	off_t *offset = mmap(NULL, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int empty = open("empty", O_CREAT | O_RDWR, 0600), copy = open("copy", O_CREAT | O_RDWR, 0600);
	say("sendfile, offset can't be written", sendfile(copy, empty, offset, 1));
	say("wait4 for nobody's number", wait4(INT_MIN, NULL, 0, NULL));
	say("utimensat of nothing", syscall(SYS_utimensat, AT_FDCWD, NULL, NULL, 0));

	struct rlimit limit = {4096, RLIM_INFINITY};
	signal(SIGXFSZ, SIG_IGN);
	setrlimit(RLIMIT_FSIZE, &limit);
	say("truncate beyond the limit", truncate("empty", 8192));
	say("ftruncate beyond the limit", ftruncate(empty, 8192));
	say("ftruncate to the limit", ftruncate(empty, 4096));
	limit.rlim_cur = RLIM_INFINITY;
	setrlimit(RLIMIT_FSIZE, &limit);

	// A handler for once.
	struct sigaction action = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO | SA_RESETHAND};
	sigaction(SIGUSR1, &action, NULL);
	raise(SIGUSR1);
	printf("handler saw %d\n", caught);
	sigaction(SIGUSR1, NULL, &action);
	printf("default %d, flags kept %d\n", action.sa_handler == SIG_DFL, (action.sa_flags & SA_SIGINFO) != 0);

	// What is blocked, ignored and waited for, comes.
	sigset_t set, none;
	sigemptyset(&none);
	sigemptyset(&set);
	sigaddset(&set, SIGUSR2);
	signal(SIGUSR2, SIG_IGN);
	sigprocmask(SIG_BLOCK, &set, NULL);
	pid_t child = fork();
	if (child == 0) {
		usleep(50000);
		kill(getppid(), SIGUSR2);
		_exit(0);
	}
	say("ignored, blocked and waited for", sigwaitinfo(&set, NULL) == SIGUSR2);
	wait(NULL);
	sigprocmask(SIG_SETMASK, &none, NULL);

	struct itimerspec setting = {{0, 0}, {5, 0}};
	timer_t timer;
	struct sigevent event = {.sigev_notify = SIGEV_NONE};
	timer_create(CLOCK_MONOTONIC, &event, &timer);
	say("timer_settime of nothing", syscall(SYS_timer_settime, (int)(long)timer, 0, NULL, NULL));
	setting.it_value.tv_nsec = -1;
	say("timer_settime of odd time", timer_settime(timer, 0, &setting, NULL));

	int pair[2];
	say("raw socket without a protocol", socket(AF_INET, SOCK_RAW, 0));
	say("pair of datagrams by TCP", socketpair(AF_INET, SOCK_DGRAM, 6, pair));
	say("pair of streams", socketpair(AF_INET, SOCK_STREAM, 0, pair));
	say("pair of odd streams", socketpair(AF_INET, SOCK_STREAM, 1, pair));
	socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
	int value = -7;
	socklen_t size = sizeof value;
	say("level of nothing, unix", setsockopt(pair[0], 500, 1, &value, sizeof value));
	say("asked, level of nothing, unix", getsockopt(pair[0], 500, 1, &value, &size));
	value = 5;
	say("unknown option", setsockopt(pair[0], SOL_SOCKET, 9999, &value, sizeof value));

	// Barriers want to be announced.
	say("barrier", syscall(SYS_membarrier, 8, 0, 0));
	say("announced", syscall(SYS_membarrier, 16, 0, 0));
	say("barrier", syscall(SYS_membarrier, 8, 0, 0));
	say("odd flags", syscall(SYS_membarrier, 8, 1, 0));
	say("two at once", syscall(SYS_membarrier, 24, 0, 0));
	return 0;
}

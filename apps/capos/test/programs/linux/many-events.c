// As many events from one epoll_wait as there are and as there is room for.
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>

enum { MANY = 5000 };

int main(void) {
	struct rlimit limit;
	getrlimit(RLIMIT_NOFILE, &limit);
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
	int epoll = epoll_create1(0), made = 0;
	for (; made < MANY; made++) {
		struct epoll_event event = {.events = EPOLLIN, .data.u32 = made};
		if (epoll_ctl(epoll, EPOLL_CTL_ADD, eventfd(1, 0), &event) < 0) break;
	}
	printf("watched: %d\n", made);
	struct epoll_event *events = calloc(2 * MANY, sizeof *events);
	printf("all: %d\n", epoll_wait(epoll, events, 2 * MANY, 0));
	long sum = 0;
	for (int index = 0; index < MANY; index++) sum += events[index].data.u32;
	printf("each once: %d\n", sum == (long)MANY * (MANY - 1) / 2);
	printf("some: %d\n", epoll_wait(epoll, events, 100, 0));
	printf("none: %s\n", epoll_wait(epoll, events, 0, 0) < 0 ? strerror(errno) : "some");
	printf("too much room: %s\n", epoll_wait(epoll, events, INT32_MAX, 0) < 0 ? strerror(errno) : "some");
	printf("no room: %s\n", epoll_wait(epoll, (void *)-4096, 3, 0) < 0 ? strerror(errno) : "some");
	return 0;
}

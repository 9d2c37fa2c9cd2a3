// Mutexes that the kernel hands over (FUTEX_LOCK_PI), and robust ones of processes and threads that end.
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { LOCK_PI = 6, UNLOCK_PI = 7, TRYLOCK_PI = 8, LOCK_PI2 = 13, PRIVATE = 128 };

static void say(const char *what, long result) {
	if (result < 0) printf("%s: %s\n", what, strerror(errno));
	else printf("%s: %ld\n", what, result);
	fflush(stdout);
}

static long futex(uint32_t *word, int operation, const struct timespec *timeout) {
	return syscall(SYS_futex, word, operation, 0, timeout, NULL, 0);
}

static uint32_t word;
static volatile int order, taken[4];

static void *takes(void *argument) {
	long number = (long)argument;
	long result = futex(&word, LOCK_PI | PRIVATE, NULL);
	uint32_t mine = word;
	taken[number] = ++order;
	printf("thread %ld: %ld, its number is in the word: %d\n", number, result, (mine & 0x3fffffff) == (uint32_t)syscall(SYS_gettid));
	fflush(stdout);
	futex(&word, UNLOCK_PI | PRIVATE, NULL);
	return NULL;
}

static pthread_mutex_t *shared;

static void *endsLocked(void *argument) {
	pthread_mutex_lock(argument);
	return NULL;
}


int main(void) {
	uint32_t me = syscall(SYS_gettid);
	say("take", futex(&word, LOCK_PI | PRIVATE, NULL));
	printf("mine: %d\n", word == me);
	say("again", futex(&word, LOCK_PI | PRIVATE, NULL));
	say("try", futex(&word, TRYLOCK_PI | PRIVATE, NULL));
	say("unlock", futex(&word, UNLOCK_PI | PRIVATE, NULL));
	printf("word: %x\n", word);
	say("unlock what is not mine", futex(&word, UNLOCK_PI | PRIVATE, NULL));
	word = 0x3fffff00;
	say("owner is nobody", futex(&word, LOCK_PI | PRIVATE, NULL));
	word = 0x40000000;
	say("owner has died", futex(&word, LOCK_PI | PRIVATE, NULL));
	printf("mine: %d\n", word == (me | 0x40000000));
	word = 0;

	// Three wait, and get it by turns.
	futex(&word, LOCK_PI | PRIVATE, NULL);
	pthread_t threads[3];
	for (long number = 0; number < 3; number++) {
		pthread_create(&threads[number], NULL, takes, (void *)number);
		while (number == 0 && (word & 0x80000000) == 0) usleep(1000);
		usleep(20000);
	}
	printf("waited for: %x\n", word & 0x80000000);
	fflush(stdout);
	long handed = futex(&word, UNLOCK_PI | PRIVATE, NULL);
	for (int number = 0; number < 3; number++) pthread_join(threads[number], NULL);
	say("handed over", handed);
	printf("order %d %d %d\n", taken[0], taken[1], taken[2]);

	shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	for (int robust = 0; robust < 2; robust++)
		for (int pi = 0; pi < 2; pi++) {
			pthread_mutexattr_t attributes;
			pthread_mutexattr_init(&attributes);
			printf("protocol %d\n", pthread_mutexattr_setprotocol(&attributes, pi ? PTHREAD_PRIO_INHERIT : PTHREAD_PRIO_NONE));
			pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
			pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_ERRORCHECK);
			if (robust) pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
			printf("-- robust %d inherits %d\n", robust, pi);
			pthread_mutex_init(shared, &attributes);
			printf("lock %d\n", pthread_mutex_lock(shared));
			printf("again %d\n", pthread_mutex_lock(shared));
			fflush(stdout);
			if (fork() == 0) {
				struct timespec until;
				printf("child tries %d\n", pthread_mutex_trylock(shared));
				clock_gettime(CLOCK_REALTIME, &until);
				until.tv_nsec += 20000000;
				if (until.tv_nsec >= 1000000000) { until.tv_sec++; until.tv_nsec -= 1000000000; }
				printf("child waits for a time %d\n", pthread_mutex_timedlock(shared, &until));
				printf("child unlocks %d\n", pthread_mutex_unlock(shared));
				fflush(stdout);
				_exit(0);
			}
			wait(NULL);
			if (fork() == 0) {
				printf("child locks %d\n", pthread_mutex_lock(shared));
				printf("child unlocks %d\n", pthread_mutex_unlock(shared));
				fflush(stdout);
				_exit(0);
			}
			usleep(100000);
			int unlocked = pthread_mutex_unlock(shared);
			wait(NULL);
			printf("unlock %d\n", unlocked);
			fflush(stdout);
			if (robust) {
				// Whoever has it is killed, while another process waits.
				int ready[2];
				pipe(ready);
				pid_t owner = fork();
				if (owner == 0) {
					pthread_mutex_lock(shared);
					write(ready[1], "x", 1);
					pause();
				}
				char byte;
				read(ready[0], &byte, 1);
				pid_t waiter = fork();
				if (waiter == 0) {
					int result = pthread_mutex_lock(shared);
					printf("owner killed: %s\n", strerror(result));
					printf("consistent %d\n", pthread_mutex_consistent(shared));
					printf("unlock %d\n", pthread_mutex_unlock(shared));
					fflush(stdout);
					_exit(0);
				}
				usleep(100000);
				kill(owner, SIGKILL);
				waitpid(owner, NULL, 0);
				waitpid(waiter, NULL, 0);
				pthread_t thread;
				pthread_create(&thread, NULL, endsLocked, shared);
				pthread_join(thread, NULL);
				printf("thread ended: %s\n", strerror(pthread_mutex_lock(shared)));
				printf("not made consistent %d\n", pthread_mutex_unlock(shared));
				printf("then: %s\n", strerror(pthread_mutex_lock(shared)));
				fflush(stdout);
				close(ready[0]);
				close(ready[1]);
			}
			pthread_mutexattr_destroy(&attributes);
		}
	return 0;
}

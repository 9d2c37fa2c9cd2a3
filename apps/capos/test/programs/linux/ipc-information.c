// What System V objects there are: *_INFO, *_STAT by place, locking, and chosen ids.
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <sched.h>
#include <unistd.h>

#ifndef SHM_STAT
#define SHM_STAT 13
#define SHM_INFO 14
#endif
#ifndef MSG_STAT
#define MSG_STAT 11
#define MSG_INFO 12
#endif
#ifndef SEM_STAT
#define SEM_STAT 18
#define SEM_INFO 19
#endif

static void say(const char *what, long result) {
	if (result < 0) printf("%s: %s\n", what, strerror(errno));
	else printf("%s: %ld\n", what, result);
}

int main(void) {
	// Other programs of the machine have objects too: only what is made here is counted.
	int info[16];
	unsigned long words[16];
	struct msqid_ds queue;
	struct shmid_ds segment;
	struct semid_ds set;
	union { void *room; struct semid_ds *set; int value; } argument;

	memset(info, 0, sizeof info);
	int last = msgctl(0, MSG_INFO, (void *)info), before = info[0], messages = info[1], bytes = info[2 + 4];
	printf("limits of messages: %d %d\n", info[2], info[3]);
	int id = msgget(IPC_PRIVATE, 0600);
	struct { long type; char text[5]; } message = {3, "text"};
	msgsnd(id, &message, 5, 0);
	last = msgctl(0, MSG_INFO, (void *)info);
	printf("one more queue: %d, message: %d, bytes: %d\n", info[0] - before, info[1] - messages, info[6] - bytes);
	int found = 0;
	for (int place = 0; place <= last; place++) {
		int there = msgctl(place, MSG_STAT, &queue);
		if (there == id) found = 1 + (queue.msg_qnum == 1);
	}
	printf("found: %d\n", found);
	msgctl(id, IPC_RMID, NULL);
	last = msgctl(0, IPC_INFO, (void *)info);
	printf("limits: %d %d, a last place: %d\n", info[2], info[3], last >= 0);

	argument.room = info;
	semctl(0, 0, SEM_INFO, argument);
	int sets = info[7], semaphores = info[9];
	id = semget(IPC_PRIVATE, 3, 0600);
	last = semctl(0, 0, SEM_INFO, argument);
	printf("one more set: %d, semaphores: %d\n", info[7] - sets, info[9] - semaphores);
	found = 0;
	for (int place = 0; place <= last; place++) {
		argument.set = &set;
		if (semctl(place, 0, SEM_STAT, argument) == id) found = 1 + (int)set.sem_nsems;
	}
	printf("found: %d\n", found);
	semctl(id, 0, IPC_RMID);
	argument.room = info;
	semctl(0, 0, IPC_INFO, argument);
	printf("limits of semaphores: %d %d %d\n", info[4], info[5], info[8]);

	shmctl(0, SHM_INFO, (void *)words);
	int used = (int)words[0];
	unsigned long pages = words[1];
	id = shmget(IPC_PRIVATE, 5000, 0600);
	last = shmctl(0, SHM_INFO, (void *)words);
	printf("one more segment: %d, pages: %lu\n", (int)words[0] - used, words[1] - pages);
	found = 0;
	for (int place = 0; place <= last; place++)
		if (shmctl(place, SHM_STAT, &segment) == id) found = (int)segment.shm_segsz;
	printf("found: %d\n", found);
	say("lock", shmctl(id, SHM_LOCK, NULL));
	shmctl(id, IPC_STAT, &segment);
	printf("mode %o\n", segment.shm_perm.mode);
	say("unlock", shmctl(id, SHM_UNLOCK, NULL));
	shmctl(id, IPC_STAT, &segment);
	printf("mode %o\n", segment.shm_perm.mode);
	shmctl(id, IPC_RMID, NULL);
	say("info into nothing", shmctl(0, SHM_INFO, (void *)-1));
	shmctl(0, IPC_INFO, (void *)words);
	printf("largest is without limit: %d, smallest %lu\n", words[0] > 1ul << 60, words[1]);
	return 0;
}

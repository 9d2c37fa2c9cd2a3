// Set-ID bits go when somebody else writes to the file or cuts it off.
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void writes(mode_t mode, uid_t uid, int cuts) {
	int fd = open("program", O_CREAT | O_RDWR | O_TRUNC, 0600);
	write(fd, "some text", 9);
	fchown(fd, 1000, 1000);
	fchmod(fd, mode);
	close(fd);
	fflush(stdout);
	if (fork() == 0) {
		if (uid != 0) { setgid(uid); setuid(uid); }
		struct stat status;
		fd = open("program", O_RDWR);
		int done = cuts ? ftruncate(fd, 3) : (int)pwrite(fd, "x", 1, 0);
		fstat(fd, &status);
		printf("%o by %u, %s: %d, then %o\n", mode, uid, cuts ? "cut" : "written", done, status.st_mode & 07777);
		fflush(stdout);
		_exit(0);
	}
	wait(NULL);
	unlink("program");
}

int main(void) {
	chmod(".", 0777);
	const mode_t modes[] = {0777, 04777, 02777, 06777, 02767, 04666};
	for (int index = 0; index < 6; index++)
		for (int cuts = 0; cuts < 2; cuts++) {
			writes(modes[index], 0, cuts);
			writes(modes[index], 1000, cuts);
			writes(modes[index], 1001, cuts);
		}
	return 0;
}

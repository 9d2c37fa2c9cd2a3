// Holes of a file, found by SEEK_HOLE and SEEK_DATA.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int file;

static void seek(long offset, int whence) {
	long found = lseek(file, offset, whence);
	printf("%s from %ld: ", whence == SEEK_DATA ? "data" : "hole", offset);
	if (found < 0) printf("%s\n", strerror(errno));
	else printf("%ld, now %ld\n", found, lseek(file, 0, SEEK_CUR));
}

int main(void) {
	const long unit = 1 << 16;
	char text[100];
	memset(text, 'x', sizeof text);
	file = open("sparse", O_CREAT | O_RDWR | O_TRUNC, 0600);
	seek(0, SEEK_DATA);
	seek(0, SEEK_HOLE);
	pwrite(file, text, sizeof text, 0);
	seek(0, SEEK_DATA);
	seek(0, SEEK_HOLE);
	seek(50, SEEK_HOLE);
	seek(100, SEEK_DATA);
	// Data in units 0, 3 and 7; the last is a hole.
	pwrite(file, text, sizeof text, 3 * unit);
	pwrite(file, text, sizeof text, 7 * unit + 4096);
	ftruncate(file, 9 * unit);
	const long from[] = {0, 50, 4096, unit, 3 * unit, 3 * unit + 50, 3 * unit + 8192, 7 * unit, 7 * unit + 4096, 8 * unit, 9 * unit - 1, 9 * unit, -1};
	for (unsigned index = 0; index < sizeof from / sizeof *from; index++) {
		seek(from[index], SEEK_DATA);
		seek(from[index], SEEK_HOLE);
	}
	return 0;
}

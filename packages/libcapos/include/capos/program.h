/* The program itself: its process id, its environment, its ways to end. `main` is the usual one:

     int main(int argc, char **argv, char **environment);                                                             */
#ifndef CAPOS_PROGRAM_H
#define CAPOS_PROGRAM_H

#include <capos/system.h>

/** The id the kernel gave this process. It names nothing and grants nothing; it is for messages to people. */
uint64_t capos_process_id(void);

/** The value of an environment variable, or a null pointer. */
const char *capos_environment(const char *name);

/** Prints to the console what failed and why (capos/error.h) and ends the process with status 1. */
_Noreturn void capos_fail(const char *what, int error);

#endif

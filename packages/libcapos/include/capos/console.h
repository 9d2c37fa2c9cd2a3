/* Text to and from a Console. Output goes to the capability "stdout", or else "console"; errors to "stderr", or else there too. */
#ifndef CAPOS_CONSOLE_H
#define CAPOS_CONSOLE_H

#include <capos/cap.h>
#include <capos/format.h>
#include <capos/program.h>

/** Writes all of `length` bytes to a Console. Answers 0 or an error. */
int capos_console_write_all(capos_cap console, const void *bytes, size_t length);

/**
 * Reads at most `capacity` bytes from a Console, waiting for input. Answers how many, 0 at the end of input, or an error.
 */
int capos_console_read_some(capos_cap console, void *buffer, uint32_t capacity);

/** Prints formatted text (capos/format.h). Answers the bytes printed, or an error. */
int capos_print(const char *format, ...) __attribute__((format(printf, 1, 2)));

/** capos_print to where errors go. */
int capos_print_error(const char *format, ...) __attribute__((format(printf, 1, 2)));

/** The console of the program's output and input; CAPOS_NULL_CAP when it was given none. */
capos_cap capos_standard_output(void);
capos_cap capos_standard_error(void);
capos_cap capos_standard_input(void);

#endif

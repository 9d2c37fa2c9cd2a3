/* CapException as an error value of the calling thread. Private to the library. */
#ifndef CAPOS_LIBRARY_EXCEPTION_H
#define CAPOS_LIBRARY_EXCEPTION_H

#include <stdint.h>

/* Notes the encoded CapException for capos_last_exception and answers its error value. */
int capos_exception_note(const void *message, uint32_t length);

#endif

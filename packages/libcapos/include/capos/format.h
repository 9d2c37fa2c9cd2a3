/* printf-style formatting into a buffer or a sink, as ISO C11 7.21.6.1 defines it.

   Supported: flags - + space # 0, width and precision (also *), lengths hh h l ll z j t, conversions
   d i u x X o c s p %, and f F e E g G of a double, exact and rounded to nearest even. No locale, no %n, no %a.      */
#ifndef CAPOS_FORMAT_H
#define CAPOS_FORMAT_H

#include <stdarg.h>
#include <stddef.h>

/** Takes formatted bytes, a piece at a time. */
typedef void capos_sink(void *context, const char *bytes, size_t length);

/** Formats into `sink`. Answers the bytes it was given, or −1 for a format with an unknown conversion. */
int capos_format_to(capos_sink *sink, void *context, const char *format, va_list arguments);

/** snprintf: at most `capacity` bytes with the NUL; answers the bytes that the whole text has. */
int capos_format(char *buffer, size_t capacity, const char *format, ...) __attribute__((format(printf, 3, 4)));

/** capos_format with an argument list. */
int capos_vformat(char *buffer, size_t capacity, const char *format, va_list arguments);

#endif

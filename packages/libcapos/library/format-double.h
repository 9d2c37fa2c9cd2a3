/* A double as decimal text. Private to the library. */
#ifndef CAPOS_LIBRARY_FORMAT_DOUBLE_H
#define CAPOS_LIBRARY_FORMAT_DOUBLE_H

#include <stdbool.h>

/* The largest double has 309 digits before the point; the exact fraction of the smallest has 1074 after it. */
#define CAPOS_DECIMAL_TEXT 1400

/* Text of a double without its sign: `text`, then `zeros` zeros beyond the last digit that is not one, then `tail`. */
struct capos_decimal {
  bool negative;
  bool finite;
  int length;
  int zeros;
  int tail_length;
  char tail[8]; /* exponent */
  char text[CAPOS_DECIMAL_TEXT];
};

/* Formats `value` as conversion f, e or g (capitals: capital letters) with `precision` (−1: 6). */
void capos_decimal_format(struct capos_decimal *decimal, double value, char conversion, int precision, bool alternate);

#endif

// Exact decimal text of a double: the binary value is expanded into all of its decimal digits, then rounded once.
//
//   digits   d0 d1 d2 … d(n−1)      value = 0.d0d1d2… × 10^point
//
// A double has at most 767 significant decimal digits, so exactness costs a small array and no cleverness; rounding is to
// nearest, ties to even, as IEEE 754 §5.12 asks of conversions.
#include "format-double.h"
#include <capos/string.h>
#include <stdint.h>

#define LIMB 1000000000u /* nine digits in a word */
#define LIMBS 156        /* 36 for 309 digits before the point, ⌈1074 ÷ 9⌉ for what is behind it */

struct digits {
  int count;
  int point; // the decimal point lies after this many digits
  char values[LIMBS * 9];
};

// Writes the limbs (most significant first) as digits without leading zeros. `integer_limbs` of them are before the point.
static void limbs_to_digits(const uint32_t *limbs, int count, int integer_limbs, struct digits *digits) {
  digits->count = 0;
  digits->point = integer_limbs * 9;
  for (int index = 0; index < count; index++) {
    uint32_t limb = limbs[index];
    for (uint32_t unit = LIMB / 10; unit > 0; unit /= 10) {
      char digit = (char)(limb / unit % 10);
      if (digits->count == 0 && digit == 0) digits->point--;
      else digits->values[digits->count++] = digit;
    }
  }
  while (digits->count > 0 && digits->values[digits->count - 1] == 0) digits->count--;
  if (digits->count == 0) digits->point = 1;
}

// Expands mantissa × 2^exponent.
static void expand(uint64_t mantissa, int exponent, struct digits *digits) {
  uint32_t limbs[LIMBS] = {0};
  // Integer part in limbs[0 … INTEGER), fraction behind it.
  enum { INTEGER = 36 };
  limbs[INTEGER - 1] = (uint32_t)(mantissa % LIMB);
  limbs[INTEGER - 2] = (uint32_t)(mantissa / LIMB % LIMB);
  limbs[INTEGER - 3] = (uint32_t)(mantissa / LIMB / LIMB);
  while (exponent > 0) {
    int shift = exponent < 29 ? exponent : 29; // a limb shifted by 29 and a carry still fit 64 bits
    exponent -= shift;
    uint64_t carry = 0;
    for (int index = INTEGER - 1; index >= 0; index--) {
      uint64_t value = ((uint64_t)limbs[index] << shift) + carry;
      limbs[index] = (uint32_t)(value % LIMB);
      carry = value / LIMB;
    }
  }
  int used = INTEGER;
  while (exponent < 0) {
    int shift = -exponent < 9 ? -exponent : 9; // 2^9 divides 10^9: each step adds at most one limb
    exponent += shift;
    uint32_t remainder = 0;
    for (int index = 0; index < used; index++) {
      uint64_t value = (uint64_t)remainder * LIMB + limbs[index];
      limbs[index] = (uint32_t)(value >> shift);
      remainder = (uint32_t)(value & ((1u << shift) - 1));
    }
    if (remainder != 0) limbs[used++] = (uint32_t)((uint64_t)remainder * LIMB >> shift);
  }
  limbs_to_digits(limbs, used, INTEGER, digits);
}

// Keeps `keep` digits (possibly none), rounding to nearest, ties to even.
static void round_to(struct digits *digits, int keep) {
  if (keep >= digits->count) return;
  if (keep < 0) {
    digits->count = 0;
    return;
  }
  int next = digits->values[keep];
  bool tie = next == 5 && keep + 1 == digits->count;
  bool odd = keep > 0 && digits->values[keep - 1] % 2 != 0;
  bool up = tie ? odd : next >= 5;
  digits->count = keep;
  if (up) {
    int index = keep - 1;
    while (index >= 0 && digits->values[index] == 9) index--;
    if (index < 0) {
      digits->values[0] = 1;
      digits->count = 1;
      digits->point++;
    } else {
      digits->values[index]++;
      digits->count = index + 1;
    }
  }
  while (digits->count > 0 && digits->values[digits->count - 1] == 0) digits->count--;
}

static char digit_at(const struct digits *digits, int index) {
  return (char)('0' + (index >= 0 && index < digits->count ? digits->values[index] : 0));
}

// Positional: `fraction` digits after the point.
static void fixed_text(struct capos_decimal *decimal, const struct digits *digits, int fraction, bool show_point) {
  if (digits->point <= 0) decimal->text[decimal->length++] = '0';
  for (int index = 0; index < digits->point; index++) decimal->text[decimal->length++] = digit_at(digits, index);
  if (fraction > 0 || show_point) decimal->text[decimal->length++] = '.';
  int stored = digits->count - digits->point;
  if (stored < 0) stored = 0;
  if (stored > fraction) stored = fraction;
  for (int index = 0; index < stored; index++) {
    decimal->text[decimal->length++] = digit_at(digits, digits->point + index);
  }
  decimal->zeros = fraction - stored;
}

static void exponent_text(struct capos_decimal *decimal, const struct digits *digits, int fraction, bool show_point,
                          char letter) {
  decimal->text[decimal->length++] = digit_at(digits, 0);
  if (fraction > 0 || show_point) decimal->text[decimal->length++] = '.';
  int stored = digits->count - 1;
  if (stored < 0) stored = 0;
  if (stored > fraction) stored = fraction;
  for (int index = 1; index <= stored; index++) decimal->text[decimal->length++] = digit_at(digits, index);
  decimal->zeros = fraction - stored;
  int exponent = digits->count == 0 ? 0 : digits->point - 1;
  char *tail = decimal->tail;
  int at = 0;
  tail[at++] = letter;
  tail[at++] = exponent < 0 ? '-' : '+';
  if (exponent < 0) exponent = -exponent;
  if (exponent >= 100) tail[at++] = (char)('0' + exponent / 100);
  tail[at++] = (char)('0' + exponent / 10 % 10);
  tail[at++] = (char)('0' + exponent % 10);
  decimal->tail_length = at;
}

void capos_decimal_format(struct capos_decimal *decimal, double value, char conversion, int precision, bool alternate) {
  uint64_t bits;
  memcpy(&bits, &value, sizeof bits);
  bool upper = conversion >= 'A' && conversion <= 'Z';
  char kind = (char)(conversion | 0x20);
  int biased = (int)(bits >> 52 & 0x7ff);
  uint64_t fraction = bits & ((UINT64_C(1) << 52) - 1);
  decimal->negative = bits >> 63 != 0;
  decimal->finite = biased != 0x7ff;
  decimal->length = decimal->zeros = decimal->tail_length = 0;
  if (!decimal->finite) {
    const char *name = fraction == 0 ? (upper ? "INF" : "inf") : (upper ? "NAN" : "nan");
    memcpy(decimal->text, name, 3);
    decimal->length = 3;
    return;
  }
  if (precision < 0) precision = 6;
  struct digits digits;
  if (biased == 0) expand(fraction, -1074, &digits);
  else expand(fraction | UINT64_C(1) << 52, biased - 1075, &digits);
  char letter = upper ? 'E' : 'e';
  if (kind == 'f') {
    round_to(&digits, digits.point + precision);
    fixed_text(decimal, &digits, precision, alternate);
  } else if (kind == 'e') {
    round_to(&digits, precision + 1);
    exponent_text(decimal, &digits, precision, alternate, letter);
  } else {
    // 7.21.6.1: style e if the exponent is below −4 or not below the precision; trailing zeros go unless #.
    if (precision == 0) precision = 1;
    round_to(&digits, precision);
    int exponent = digits.count == 0 ? 0 : digits.point - 1;
    bool scientific = exponent < -4 || exponent >= precision;
    int shown = scientific ? precision - 1 : precision - 1 - exponent;
    if (!alternate) {
      int present = scientific ? digits.count - 1 : digits.count - digits.point;
      if (present < 0) present = 0;
      if (shown > present) shown = present;
    }
    if (scientific) exponent_text(decimal, &digits, shown, alternate, letter);
    else fixed_text(decimal, &digits, shown, alternate);
  }
}

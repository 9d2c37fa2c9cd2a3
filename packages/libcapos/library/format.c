// printf-style formatting: one directive at a time, every conversion ends in one padded field.
#include <capos/format.h>
#include <capos/string.h>
#include <stdbool.h>
#include <stdint.h>
#include "format-double.h"

struct output {
  capos_sink *sink;
  void *context;
  int length;
};

struct directive {
  bool left, plus, space, alternate, zero;
  int width;
  int precision; // −1: none
  enum { INT, CHAR, SHORT, LONG, LONG_LONG } size;
};

static void put(struct output *output, const char *bytes, size_t length) {
  if (length == 0) return;
  output->sink(output->context, bytes, length);
  output->length += (int)length;
}

static void repeat(struct output *output, char byte, int count) {
  for (; count > 0; count--) put(output, &byte, 1);
}

// A field: spaces, prefix (sign, 0x), zeros, body, spaces.
static void put_field(struct output *output, const struct directive *directive, const char *prefix, int zeros,
                      const char *body, size_t length) {
  int used = (int)strlen(prefix) + zeros + (int)length;
  int padding = directive->width > used ? directive->width - used : 0;
  if (!directive->left && !directive->zero) repeat(output, ' ', padding);
  put(output, prefix, strlen(prefix));
  if (!directive->left && directive->zero) repeat(output, '0', padding);
  repeat(output, '0', zeros);
  put(output, body, length);
  if (directive->left) repeat(output, ' ', padding);
}

static void put_integer(struct output *output, struct directive *directive, uint64_t magnitude, const char *prefix,
                        unsigned base, bool upper) {
  char digits[24]; // 64 bits in octal
  size_t at = sizeof digits;
  const char *alphabet = upper ? "0123456789ABCDEF" : "0123456789abcdef";
  for (; magnitude != 0; magnitude /= base) digits[--at] = alphabet[magnitude % base];
  int length = (int)(sizeof digits - at);
  int zeros = directive->precision < 0 ? (length == 0 ? 1 : 0) : directive->precision - length;
  if (zeros < 0) zeros = 0;
  if (base == 8 && directive->alternate && zeros == 0) zeros = 1;
  if (directive->precision >= 0) directive->zero = false; // 7.21.6.1: with a precision the 0 flag is ignored
  put_field(output, directive, prefix, zeros, digits + at, (size_t)length);
}

static int64_t signed_argument(const struct directive *directive, va_list *arguments) {
  switch (directive->size) {
    case CHAR: return (signed char)va_arg(*arguments, int);
    case SHORT: return (short)va_arg(*arguments, int);
    case LONG: return va_arg(*arguments, long);
    case LONG_LONG: return va_arg(*arguments, long long);
    default: return va_arg(*arguments, int);
  }
}

static uint64_t unsigned_argument(const struct directive *directive, va_list *arguments) {
  switch (directive->size) {
    case CHAR: return (unsigned char)va_arg(*arguments, unsigned);
    case SHORT: return (unsigned short)va_arg(*arguments, unsigned);
    case LONG: return va_arg(*arguments, unsigned long);
    case LONG_LONG: return va_arg(*arguments, unsigned long long);
    default: return va_arg(*arguments, unsigned);
  }
}

static const char *sign_prefix(const struct directive *directive, bool negative) {
  return negative ? "-" : directive->plus ? "+" : directive->space ? " " : "";
}

static const char *parse_number(const char *at, int *number, va_list *arguments) {
  if (*at == '*') {
    *number = va_arg(*arguments, int);
    return at + 1;
  }
  *number = 0;
  for (; *at >= '0' && *at <= '9'; at++) {
    if (*number < 1000000) *number = *number * 10 + (*at - '0');
  }
  return at;
}

static const char *parse_directive(const char *at, struct directive *directive, va_list *arguments) {
  *directive = (struct directive){.precision = -1};
  for (;; at++) {
    if (*at == '-') directive->left = true;
    else if (*at == '+') directive->plus = true;
    else if (*at == ' ') directive->space = true;
    else if (*at == '#') directive->alternate = true;
    else if (*at == '0') directive->zero = true;
    else break;
  }
  at = parse_number(at, &directive->width, arguments);
  if (directive->width < 0) {
    directive->left = true;
    directive->width = -directive->width;
  }
  if (*at == '.') at = parse_number(at + 1, &directive->precision, arguments);
  if (at[0] == 'h') {
    directive->size = at[1] == 'h' ? CHAR : SHORT;
    at += at[1] == 'h' ? 2 : 1;
  } else if (at[0] == 'l') {
    directive->size = at[1] == 'l' ? LONG_LONG : LONG;
    at += at[1] == 'l' ? 2 : 1;
  } else if (*at == 'z' || *at == 'j' || *at == 't') {
    directive->size = LONG;
    at++;
  }
  return at;
}

static void put_double(struct output *output, struct directive *directive, double value, char conversion) {
  struct capos_decimal decimal;
  capos_decimal_format(&decimal, value, conversion, directive->precision, directive->alternate);
  if (!decimal.finite) directive->zero = false;
  const char *prefix = sign_prefix(directive, decimal.negative);
  // head │ zeros │ tail: a long run of zeros is not stored.
  int used = (int)strlen(prefix) + decimal.length + decimal.zeros + decimal.tail_length;
  int padding = directive->width > used ? directive->width - used : 0;
  if (!directive->left && !directive->zero) repeat(output, ' ', padding);
  put(output, prefix, strlen(prefix));
  if (!directive->left && directive->zero) repeat(output, '0', padding);
  put(output, decimal.text, (size_t)decimal.length);
  repeat(output, '0', decimal.zeros);
  put(output, decimal.tail, (size_t)decimal.tail_length);
  if (directive->left) repeat(output, ' ', padding);
}

static bool put_directive(struct output *output, struct directive *directive, char conversion, va_list *arguments) {
  switch (conversion) {
    case 'd':
    case 'i': {
      int64_t value = signed_argument(directive, arguments);
      uint64_t magnitude = value < 0 ? -(uint64_t)value : (uint64_t)value;
      put_integer(output, directive, magnitude, sign_prefix(directive, value < 0), 10, false);
      return true;
    }
    case 'u':
      put_integer(output, directive, unsigned_argument(directive, arguments), "", 10, false);
      return true;
    case 'o':
      put_integer(output, directive, unsigned_argument(directive, arguments), "", 8, false);
      return true;
    case 'x':
    case 'X': {
      uint64_t value = unsigned_argument(directive, arguments);
      const char *prefix = directive->alternate && value != 0 ? (conversion == 'x' ? "0x" : "0X") : "";
      put_integer(output, directive, value, prefix, 16, conversion == 'X');
      return true;
    }
    case 'p':
      put_integer(output, directive, (uint64_t)va_arg(*arguments, void *), "0x", 16, false);
      return true;
    case 'c': {
      char byte = (char)va_arg(*arguments, int);
      directive->zero = false;
      put_field(output, directive, "", 0, &byte, 1);
      return true;
    }
    case 's': {
      const char *string = va_arg(*arguments, const char *);
      if (string == NULL) string = "(null)";
      directive->zero = false;
      size_t length = strnlen(string, directive->precision < 0 ? SIZE_MAX : (size_t)directive->precision);
      put_field(output, directive, "", 0, string, length);
      return true;
    }
    case 'f':
    case 'F':
    case 'e':
    case 'E':
    case 'g':
    case 'G':
      put_double(output, directive, va_arg(*arguments, double), conversion);
      return true;
    case '%':
      put(output, "%", 1);
      return true;
    default:
      return false;
  }
}

int capos_format_to(capos_sink *sink, void *context, const char *format, va_list arguments) {
  struct output output = {sink, context, 0};
  va_list remaining;
  va_copy(remaining, arguments);
  bool known = true;
  while (*format != 0 && known) {
    const char *percent = strchr(format, '%');
    if (percent == NULL) percent = format + strlen(format);
    put(&output, format, (size_t)(percent - format));
    if (*percent == 0) break;
    struct directive directive;
    format = parse_directive(percent + 1, &directive, &remaining);
    known = put_directive(&output, &directive, *format, &remaining);
    if (known) format++;
  }
  va_end(remaining);
  return known ? output.length : -1;
}

struct buffer {
  char *bytes;
  size_t capacity, length;
};

static void buffer_sink(void *context, const char *bytes, size_t length) {
  struct buffer *buffer = context;
  for (; length > 0 && buffer->length + 1 < buffer->capacity; length--) buffer->bytes[buffer->length++] = *bytes++;
}

int capos_vformat(char *bytes, size_t capacity, const char *format, va_list arguments) {
  struct buffer buffer = {bytes, capacity, 0};
  int length = capos_format_to(buffer_sink, &buffer, format, arguments);
  if (capacity > 0) bytes[buffer.length] = 0;
  return length;
}

int capos_format(char *bytes, size_t capacity, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  int length = capos_vformat(bytes, capacity, format, arguments);
  va_end(arguments);
  return length;
}

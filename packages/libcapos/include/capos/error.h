/* Error values. Every function of libcapos that can fail answers a negative number; who is to blame is in its range.

     −1 … −63     transport: the kernel refused the operation, it never reached an object (capos/ring-layout.h)
     −64 … −127   exception: the object answered with a CapException, whose reason capos_last_exception holds
     −128 …       this library: a message could not be read, a name is not in the CapSet                          */
#ifndef CAPOS_ERROR_H
#define CAPOS_ERROR_H

#include <capos/ring-layout.h>

/** What a call that reached its object ended in, and so what its caller should do; negated like every error. */
enum {
  CAPOS_EXCEPTION_FAILED = 64,           /**< report it */
  CAPOS_EXCEPTION_OVERLOADED = 65,       /**< back off, then retry */
  CAPOS_EXCEPTION_DISCONNECTED = 66,     /**< re-establish the capability */
  CAPOS_EXCEPTION_UNIMPLEMENTED = 67,    /**< use another method */
  CAPOS_EXCEPTION_INVALID_ARGUMENT = 68, /**< the parameters are wrong */
};

/** What this library found wrong by itself; negated like every error. */
enum {
  CAPOS_ERROR_BAD_MESSAGE = 128, /**< a message that does not decode as what it should be */
  CAPOS_ERROR_NO_SUCH_CAP = 129, /**< the CapSet or the answer has no such capability, or it has another interface */
  CAPOS_ERROR_NO_HEAP = 130,     /**< memory for the heap was refused */
  CAPOS_ERROR_BUSY = 131,        /**< more submissions or completions than the ring can hold; consume some first */
};

/** The most bytes of an exception's reason that are kept. */
#define CAPOS_REASON_SIZE 160

/** The exception that the calling thread's last failed call ended in. */
struct capos_exception {
  int kind;                       /**< CAPOS_EXCEPTION_FAILED …, 0 when there was none yet */
  char reason[CAPOS_REASON_SIZE]; /**< for people; NUL-terminated, cut to fit */
};

/** The exception of the calling thread's last call that answered −CAPOS_EXCEPTION_…; valid until the next such call. */
const struct capos_exception *capos_last_exception(void);

/** What an error value says, in a few words that do not depend on the call. Takes the negative or the positive number. */
const char *capos_error_text(int error);

#endif

// Writes a C program that decodes and encodes again whatever message of whatever struct it is handed.
import type { SchemaModel, SchemaStruct } from '@capos/abi/generator';

const snake = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();

/** Structs that exist in C: all but the empty parameters and results. */
export function structsInC(model: SchemaModel): SchemaStruct[] {
  return [...model.structs.values()].filter(({ isGroup, fields }) => !isGroup && fields.length > 0);
}

/**
 * The program. It calls method 0 of "peer" for the next case: a word with the struct's number and then the message; an empty
 * answer ends it. It calls method 1 with the message encoded again, or method 2 when it did not decode.
 */
export function roundTripSource(model: SchemaModel, structs: readonly SchemaStruct[]): string {
  const headers = model.files.map(({ path }) => `#include <capos/schema/${path.replace('.capnp', '')}.h>`);
  const cases = structs.map(
    ({ name }, number) => `    case ${number}: {
      struct capos_${snake(name)} value;
      error = capos_${snake(name)}_decode(&value, &message);
      return error < 0 ? error : capos_${snake(name)}_encode(&value, reply);
    }`,
  );
  return `// Generated for a test.
${headers.join('\n')}
#include <capos/program.h>

static uint64_t input[65536], output[65536], nothing[8];

static int round_trip(const struct capos_message *answer, struct capos_request *reply) {
  struct capos_message message = *answer;
  int error;
  message.bytes = (const char *)answer->bytes + 8;
  message.length -= 8;
  switch (*(const uint64_t *)answer->bytes) {
${cases.join('\n')}
  }
  return -1;
}

int main(void) {
  capos_cap peer = capos_find("peer", 0);
  for (;;) {
    struct capos_request empty = capos_request_of(nothing, sizeof nothing, 0);
    struct capos_request reply = capos_request_of(output, sizeof output, 0);
    struct capos_message answer;
    if (capos_call(peer, 0, &empty, input, sizeof input, 0, &answer) < 0) return 1;
    if (answer.length == 0) return 0;
    int error = round_trip(&answer, &reply);
    if (capos_call(peer, error < 0 ? 2 : 1, error < 0 ? &empty : &reply, nothing, sizeof nothing, 0, &answer) < 0) return 1;
  }
}
`;
}

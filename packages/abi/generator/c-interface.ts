// Generates one interface for C: its numbers, a function per method for callers, and a table of handlers for servers.

import { type CNaming, cComment, fieldName, macroStem, snake, stem } from './c-names.ts';
import type { SchemaInterface, SchemaMethod, SchemaStruct } from './schema-model.ts';

function side(naming: CNaming, id: bigint): SchemaStruct {
  return naming.model.structs.get(id)!;
}

const isEmpty = (struct: SchemaStruct): boolean => struct.fields.length === 0;

function macros(naming: CNaming, value: SchemaInterface): string {
  const name = macroStem(naming, value.name);
  const methods = value.methods.map(({ name: method, ordinal }) => {
    return `#define ${name}_METHOD_${snake(method).toUpperCase()} ${ordinal}u\n`;
  });
  return `${cComment(value.docs)}#define ${name}_INTERFACE_ID UINT64_C(0x${value.id.toString(16)})\n${methods.join('')}\n`;
}

function call(naming: CNaming, value: SchemaInterface, method: SchemaMethod): string {
  const name = `${stem(naming, value.name)}_${snake(method.name)}`;
  const params = side(naming, method.params);
  const results = side(naming, method.results);
  const [paramsStem, resultsStem] = [stem(naming, params.name), stem(naming, results.name)];
  const parameters = ['capos_cap target'];
  if (!isEmpty(params)) parameters.push(`const struct ${paramsStem} *params`);
  if (!isEmpty(results)) parameters.push(`struct ${resultsStem} *results`);
  const size = isEmpty(params) ? '8' : `8 + ${paramsStem}_size(params)`;
  const encode = isEmpty(params)
    ? 'capos_encode_nothing(&exchange.request)'
    : `${paramsStem}_encode(params, &exchange.request)`;
  const decode = isEmpty(results)
    ? ''
    : `  if (error == 0) error = ${resultsStem}_decode(results, &exchange.answer);\n`;
  return `${cComment(method.docs)}static inline int ${name}(${parameters.join(', ')}) {
  struct capos_exchange exchange;
${isEmpty(results) ? '' : `  *results = (struct ${resultsStem}){0};\n`}  int error = capos_exchange_begin(&exchange, ${size});
  if (error == 0) error = ${encode};
  if (error == 0) error = capos_exchange_call(&exchange, target, ${method.ordinal});
${decode}  return capos_exchange_end(&exchange, error);
}

`;
}

function server(naming: CNaming, value: SchemaInterface): string {
  const name = stem(naming, value.name);
  const handlers = value.methods.map((method) => {
    const params = side(naming, method.params);
    const results = side(naming, method.results);
    const parameters = ['void *context', 'const struct capos_received *call'];
    if (!isEmpty(params)) parameters.push(`const struct ${stem(naming, params.name)} *params`);
    if (!isEmpty(results)) parameters.push(`struct ${stem(naming, results.name)} *results`);
    return `${cComment(method.docs, '  ')}  int (*${fieldName(method.name)})(${parameters.join(', ')});\n`;
  });
  const cases = value.methods.map((method) => {
    const params = side(naming, method.params);
    const results = side(naming, method.results);
    const handler = `server->${fieldName(method.name)}`;
    const declarations = [
      isEmpty(params) ? '' : `      struct ${stem(naming, params.name)} params;\n`,
      isEmpty(results) ? '' : `      struct ${stem(naming, results.name)} results = {0};\n`,
      `      if (${handler} == NULL) break;\n`,
      isEmpty(params)
        ? ''
        : `      if (${stem(naming, params.name)}_decode(&params, &call->message) < 0) return capos_raise(CAPOS_EXCEPTION_INVALID_ARGUMENT, "the parameters can't be read");\n`,
    ].join('');
    const passed = [
      'context',
      'call',
      ...(isEmpty(params) ? [] : ['&params']),
      ...(isEmpty(results) ? [] : ['&results']),
    ];
    const encode = isEmpty(results)
      ? 'capos_encode_nothing(reply)'
      : `${stem(naming, results.name)}_encode(&results, reply)`;
    return `    case ${method.ordinal}: {
${declarations}      int error = ${handler}(${passed.join(', ')});
      return error < 0 ? error : ${encode};
    }
`;
  });
  return `/**
 * Handlers of a ${value.name} server. Each answers 0 with its results set, or an error: capos_raise makes one with a reason.
 * Capabilities in \`params\` belong to the handler; those in \`results\` are sent. A null handler is an unimplemented method.
 */
struct ${name}_server {
${handlers.join('')}};

/** Handles one received call through \`server\` and encodes its answer: a \`capos_handler\` for capos_serve. */
static inline int ${name}_handle(const struct ${name}_server *server, void *context, const struct capos_received *call,
                                 struct capos_request *reply) {
  switch (call->method) {
${cases.join('')}  }
  capos_message_release_caps(&call->message);
  return capos_raise(CAPOS_EXCEPTION_UNIMPLEMENTED, "${value.name} has no such method here");
}

`;
}

/** Everything about one interface. */
export function cInterface(naming: CNaming, value: SchemaInterface): string {
  const calls = value.methods.map((method) => call(naming, value, method)).join('');
  return macros(naming, value) + calls + (value.methods.length === 0 ? '' : server(naming, value));
}

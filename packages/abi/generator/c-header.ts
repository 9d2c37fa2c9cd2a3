// Generates the C header of a schema file: enums, structs, interfaces. libcapos has the primitives they call.

import { cInterface } from './c-interface.ts';
import { type CNaming, inDependencyOrder, snake } from './c-names.ts';
import { cEnum, cStruct } from './c-struct.ts';
import { baseName } from './generate-codecs.ts';
import type { SchemaField, SchemaFile, SchemaStruct } from './schema-model.ts';

/** Schema files whose nodes a file's structs use. */
function importedFiles(naming: CNaming, file: SchemaFile): string[] {
  const paths = new Set<string>();
  const note = (id: bigint): void => {
    const owner = naming.model.fileOf.get(id);
    if (owner !== undefined && owner.id !== file.id) paths.add(owner.path);
  };
  const visit = (fields: readonly SchemaField[]): void => {
    for (const field of fields) {
      if (field.kind === 'group') visit(field.struct.fields);
      else {
        const type = field.type.kind === 'list' ? field.type.element : field.type;
        if (type.kind === 'struct' || type.kind === 'enum') note(type.id);
      }
    }
  };
  for (const { fields } of file.structs) visit(fields);
  return [...paths].sort();
}

/** Structs that are only the parameters or results of a method, and empty: C has no use for them. */
function isNothing(naming: CNaming, struct: SchemaStruct): boolean {
  if (struct.fields.length > 0) return false;
  return [...naming.model.interfaces.values()].some(({ methods }) =>
    methods.some(({ params, results }) => params === struct.id || results === struct.id),
  );
}

/** The text of the header of `file`. */
export function cHeader(naming: CNaming, file: SchemaFile): string {
  const name = baseName(file.path);
  const guard = `CAPOS_SCHEMA_${snake(naming.prefix)}_${snake(name)}_H`.toUpperCase().replace(/\W/g, '_');
  const includes = importedFiles(naming, file).map((path) => `#include <capos/schema/${baseName(path)}.h>\n`);
  const docs = file.docs === '' ? '' : `\n   ${file.docs.trim().replaceAll('\n', '\n   ').replaceAll('*/', '* /')}`;
  return `/* Generated from ${name}.capnp. Do not edit.${docs} */
#ifndef ${guard}
#define ${guard}

#include <capos/call.h>
#include <capos/endpoint.h>
#include <capos/message.h>
${includes.join('')}
${file.enums.map((value) => cEnum(naming, value)).join('')}${inDependencyOrder(naming, file.structs)
  .filter((struct) => !isNothing(naming, struct))
  .map((struct) => cStruct(naming, struct))
  .join('')}${file.interfaces.map((value) => cInterface(naming, value)).join('')}#endif
`;
}

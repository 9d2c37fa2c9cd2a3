// Generates the C header of a schema file: enums, structs, interfaces. libcapos has the primitives they call.

import { type CNaming, inDependencyOrder, snake } from './c-names.ts';
import { cInterface } from './c-interface.ts';
import { cEnum, cStruct } from './c-struct.ts';
import type { SchemaField, SchemaFile } from './schema-model.ts';

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

/** The base name of a schema's header: `…/process.capnp` → `process`. */
export function headerName(path: string): string {
  return path.replace(/^.*\//, '').replace(/\.capnp$/, '');
}

/** The text of the header of `file`. */
export function cHeader(naming: CNaming, file: SchemaFile): string {
  const name = headerName(file.path);
  const guard = `CAPOS_SCHEMA_${snake(naming.prefix)}_${snake(name)}_H`.toUpperCase().replace(/\W/g, '_');
  const includes = importedFiles(naming, file).map((path) => `#include <capos/schema/${headerName(path)}.h>\n`);
  const docs = file.docs === '' ? '' : `\n   ${file.docs.trim().replaceAll('\n', '\n   ').replaceAll('*/', '* /')}`;
  return `/* Generated from ${name}.capnp. Do not edit.${docs} */
#ifndef ${guard}
#define ${guard}

#include <capos/call.h>
#include <capos/endpoint.h>
#include <capos/message.h>
${includes.join('')}
${file.enums.map((value) => cEnum(naming, value)).join('')}${inDependencyOrder(naming, file.structs)
    .filter((struct) => !struct.isGroup)
    .map((struct) => cStruct(naming, struct))
    .join('')}${file.interfaces.map((value) => cInterface(naming, value)).join('')}#endif
`;
}

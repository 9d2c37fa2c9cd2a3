// What things are called in generated TypeScript, and what is asked of other generated files and of the run-time.

import type { SchemaModel, SchemaStruct, SchemaType } from './schema-model.ts';

const RESERVED = new Set(
  'break case catch class const continue debugger default delete do else enum export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof var void while with yield await'.split(
    ' ',
  ),
);

export const camel = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);
export const pascal = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** The constant that holds a struct's codec: `TimerNowParams` → `timerNowParams`; a reserved word gets `Codec` behind. */
export function codecName(struct: string): string {
  const name = camel(struct);
  return RESERVED.has(name) ? `${name}Codec` : name;
}

/** A string as generated code spells it. */
export function quote(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/** A doc comment in front of a declaration; nothing for no docs. */
export function docComment(docs: string, indent = ''): string {
  if (docs === '') return '';
  const lines = docs.replaceAll('*/', '* /').split('\n');
  if (lines.length === 1) return `${indent}/** ${lines[0]!.trim()} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}`.trimEnd()).join('\n')}\n${indent} */\n`;
}

/** Everything the writers and readers of one file need to agree on. */
export interface FileContext {
  readonly model: SchemaModel;
  /** Structs, enums and interfaces of other files: id → names used from there. */
  readonly foreign: Map<bigint, Set<string>>;
  readonly fileId: bigint;
  /** Functions for lists, by their name, made on demand. */
  readonly listFunctions: Map<string, string>;
  /** Names used from the run-time modules. */
  readonly runtime: Set<string>;
  /** Constants made on demand, by name. */
  readonly constants: Map<string, string>;
}

/** Notes that the run-time's `name` is used, and answers it. */
export function use(context: FileContext, name: string): string {
  context.runtime.add(name);
  return name;
}

/** Notes that a node's generated `name` is used, importing it when it is another file's, and answers it. */
export function refer(context: FileContext, id: bigint, name: string): string {
  const file = context.model.fileOf.get(id);
  if (file !== undefined && file.id !== context.fileId) {
    const names = context.foreign.get(file.id) ?? new Set<string>();
    context.foreign.set(file.id, names.add(name));
  }
  return name;
}

/** A name for a list type, used in its functions' names: `TextList`, `FileStatList`, `Uint8ListList`. */
export function listName(context: FileContext, element: SchemaType): string {
  const { model } = context;
  switch (element.kind) {
    case 'list':
      return `${listName(context, element.element)}List`;
    case 'struct':
      return `${model.structs.get(element.id)!.name}List`;
    case 'enum':
      return `${model.enums.get(element.id)!.name}List`;
    default:
      return `${pascal(element.kind)}List`;
  }
}

/** Whether a field of struct type may lead back to a struct that holds it, so that null can't be a default value. */
export function isRecursive(model: SchemaModel, owner: SchemaStruct, target: bigint): boolean {
  const seen = new Set<bigint>();
  const reaches = (id: bigint): boolean => {
    if (seen.has(id)) return false;
    seen.add(id);
    const struct = model.structs.get(id)!;
    return struct.fields.some((field) =>
      field.kind === 'group'
        ? field.struct.id === owner.id || reaches(field.struct.id)
        : field.type.kind === 'struct' && (field.type.id === owner.id || reaches(field.type.id)),
    );
  };
  return target === owner.id || reaches(target);
}

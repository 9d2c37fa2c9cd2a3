// Puts a generated TypeScript file together: types, functions, one codec per struct, one descriptor per interface; and the
// index that gathers the files of one run.

import type {
  SchemaField,
  SchemaFile,
  SchemaInterface,
  SchemaModel,
  SchemaStruct,
  SchemaType,
} from './schema-model.ts';
import { codecName, docComment, type FileContext, quote, refer, use } from './typescript-names.ts';
import { readStructFunctions } from './typescript-reader.ts';
import { declareEnum, declareStruct } from './typescript-types.ts';
import { writeStructFunctions } from './typescript-writer.ts';

export interface TypeScriptOptions {
  /** Module that generated files import the run-time from: `@capos/abi/codec`. */
  readonly runtime: string;
  /** Module that holds what was generated for another schema file, relative to the generated file. */
  readonly moduleOf: (file: SchemaFile) => string;
}

function codec(context: FileContext, struct: SchemaStruct): string {
  const { name } = struct;
  for (const used of ['MAX_DEPTH', 'beginMessage', 'beginWrite']) use(context, used);
  return `export const ${codecName(name)}: Codec<${name}> = {
  name: ${quote(name)},
  dataWords: ${struct.dataWords},
  pointers: ${struct.pointers},
  encode(value: ${name}, bytes: Uint8Array, offset: number = 0, limit: number = bytes.length - offset): number {
    const end = beginWrite(bytes, offset, limit);
    return put${name}(value, bytes, offset, offset + 8, end, MAX_DEPTH - 1) - offset;
  },
  decode(bytes: Uint8Array, offset: number = 0, length: number = bytes.length - offset, into?: ${name}): ${name} {
    beginMessage(bytes, offset, length);
    const value = length === 0 ? undefined : follow${name}(bytes, offset, offset, offset + length, MAX_DEPTH, into);
    return value ?? read${name}(bytes, 0, 0, 0, 0, 0, MAX_DEPTH, into);
  },
  measure(value: ${name}): number {
    return 8 + 8 * wordsOf${name}(value, MAX_DEPTH - 1);
  },
};

`;
}

/** The codec of a struct without fields that only a method names: there are dozens, and they share their functions. */
function emptyCodec(context: FileContext, struct: SchemaStruct): string {
  use(context, 'emptyCodec');
  return `export const ${codecName(struct.name)}: Codec<${struct.name}> = /* @__PURE__ */ emptyCodec(${quote(struct.name)});\n\n`;
}

/** Whether a capability can be anywhere in a message of this struct. */
function carriesCapabilities(model: SchemaModel, id: bigint, seen: Set<bigint> = new Set()): boolean {
  if (seen.has(id)) return false;
  seen.add(id);
  const isCarrier = (type: SchemaType): boolean => {
    if (type.kind === 'list') return isCarrier(type.element);
    return type.kind === 'capability' || (type.kind === 'struct' && carriesCapabilities(model, type.id, seen));
  };
  const inFields = (fields: readonly SchemaField[]): boolean =>
    fields.some((field) => (field.kind === 'group' ? inFields(field.struct.fields) : isCarrier(field.type)));
  return inFields(model.structs.get(id)?.fields ?? []);
}

function descriptor(context: FileContext, value: SchemaInterface): string {
  const { structs } = context.model;
  const codecOf = (id: bigint): string => refer(context, id, codecName(structs.get(id)!.name));
  const typeOf = (id: bigint): string => refer(context, id, structs.get(id)!.name);
  const types = value.methods.map(
    (method) => `    readonly ${method.name}: MethodDescriptor<${typeOf(method.params)}, ${typeOf(method.results)}>;\n`,
  );
  const values = value.methods.map(
    (method) =>
      `${docComment(method.docs, '    ')}    ${method.name}: { ordinal: ${method.ordinal}, name: ${quote(method.name)}, params: ${codecOf(method.params)}, results: ${codecOf(method.results)}${carriesCapabilities(context.model, method.results) ? ', returnsCapabilities: true' : ''} },\n`,
  );
  return `${docComment(value.docs)}export const ${value.name}: {
  readonly id: ${hex(value.id)};
  readonly name: ${quote(value.name)};
  readonly methods: {
${types.join('')}  };
} = {
  id: ${hex(value.id)},
  name: ${quote(value.name)},
  methods: {
${values.join('')}  },
} as const satisfies InterfaceDescriptor;

`;
}

function hex(id: bigint): string {
  return `0x${id.toString(16).padStart(16, '0')}n`;
}

/** Generates the codecs of one schema file. */
export function generateTypeScript(model: SchemaModel, file: SchemaFile, options: TypeScriptOptions): string {
  const context: FileContext = {
    model,
    foreign: new Map(),
    fileId: file.id,
    listFunctions: new Map(),
    runtime: new Set(),
    constants: new Map(),
  };
  let body = '';
  for (const value of file.enums) {
    context.runtime.add('outOfRange');
    body += declareEnum(value);
  }
  for (const struct of file.structs) body += declareStruct(context, struct);
  for (const struct of file.structs) {
    if (struct.fields.length === 0 && struct.isMethodSide) {
      body += emptyCodec(context, struct);
      continue;
    }
    body += writeStructFunctions(context, struct) + readStructFunctions(context, struct) + codec(context, struct);
  }
  for (const value of file.interfaces) body += descriptor(context, value);
  for (const text of context.listFunctions.values()) body += text;
  const constants = [...context.constants.values()].join('');

  const imports: string[] = [];
  const types = [
    ...(file.structs.length > 0 ? ['type Codec'] : []),
    ...(file.interfaces.length > 0 ? ['type InterfaceDescriptor', 'type MethodDescriptor'] : []),
  ];
  const names = [...types, ...[...context.runtime].sort()];
  if (names.length > 0)
    imports.push(`import {\n${names.map((name) => `  ${name},\n`).join('')}} from '${options.runtime}';\n`);
  for (const [id, used] of context.foreign) {
    const other = model.files.find((candidate) => candidate.id === id)!;
    const typeNames = new Set([...other.structs, ...other.enums].map((declared) => declared.name));
    const list = [...used].sort().map((name) => (typeNames.has(name) ? `type ${name}` : name));
    imports.push(`import { ${list.join(', ')} } from '${options.moduleOf(other)}';\n`);
  }
  const docs =
    file.docs === ''
      ? ''
      : `//\n${file.docs
          .split('\n')
          .map((line) => `// ${line}\n`)
          .join('')}`;
  return tidy(
    `// Generated from ${file.path} by the generator of @capos/abi. Change the schema, not this file.\n${docs}\n${imports.join('')}\n${constants}${constants === '' ? '' : '\n'}${body}`,
  );
}

/** The types of a struct's groups, and of the groups in those. */
function groupNames(struct: SchemaStruct): string[] {
  return struct.fields.flatMap((field) =>
    field.kind === 'group' ? [`type ${field.struct.name}`, ...groupNames(field.struct)] : [],
  );
}

/** Re-exports what users of the generated files need, by name, and maps interface ids to descriptors. */
export function generateIndex(model: SchemaModel, options: TypeScriptOptions): string {
  const files = model.files.filter((file) => file.requested).sort((left, right) => (left.path < right.path ? -1 : 1));
  let text = `// Generated by the generator of @capos/abi. Change the schemas, not this file.\n\n`;
  const descriptors: string[] = [];
  for (const file of files) {
    const names = [
      ...file.enums.flatMap((value) => [`type ${value.name}`, `namesOf${value.name}`]),
      ...file.structs.flatMap((struct) => [...groupNames(struct), `type ${struct.name}`, codecName(struct.name)]),
      ...file.interfaces.map((value) => value.name),
    ];
    if (file.interfaces.length > 0) {
      text += `import { ${file.interfaces.map((value) => value.name).join(', ')} } from '${options.moduleOf(file)}';\n`;
    }
    descriptors.push(...file.interfaces.map((value) => value.name));
    if (names.length > 0) {
      text += `export {\n${names
        .sort()
        .map((name) => `  ${name},\n`)
        .join('')}} from '${options.moduleOf(file)}';\n`;
    }
  }
  return `${text}import type { InterfaceDescriptor } from '${options.runtime}';

/** Every interface of the schemas by its id, for tools and traces. */
export const interfaces: ReadonlyMap<bigint, InterfaceDescriptor> = new Map<bigint, InterfaceDescriptor>([
${descriptors.map((name) => `  [${name}.id, ${name}],\n`).join('')}]);
`;
}

/** Indents by nesting, so that generated code reads as code; the emitters above don't keep track. */
function tidy(text: string): string {
  let depth = 0;
  let inComment = false;
  const lines = text.split('\n').map((line) => {
    const trimmed = line.trim();
    if (trimmed === '' || trimmed.startsWith('//')) return trimmed;
    if (inComment || trimmed.startsWith('/*')) {
      inComment = !trimmed.endsWith('*/');
      return `${'  '.repeat(depth)}${trimmed.startsWith('*') ? ' ' : ''}${trimmed}`;
    }
    const code = trimmed.replace(/'(?:[^'\\]|\\.)*'/g, "''");
    const closing = /^[})\]]+/.exec(code)?.[0].length ?? 0;
    const opened = (code.match(/[{([]/g) ?? []).length;
    const closed = (code.match(/[})\]]/g) ?? []).length;
    const indent = depth - closing;
    depth += opened - closed;
    return '  '.repeat(Math.max(0, indent)) + trimmed;
  });
  return `${lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd()}\n`;
}

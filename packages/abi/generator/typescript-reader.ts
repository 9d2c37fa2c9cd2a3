// Generates the reading half of a codec. For every struct S:
//
//   readS(bytes, at, data, pointers, …)  the fields of a body found at `at`; past its sections a field has its default
//   followS(bytes, at, …)                the struct behind a pointer; undefined for a null pointer or `at` −1
//
// Each byte is loaded once: booleans that share one take it from a local. (The one exception is a list with a default in
// the schema, whose pointer is looked at twice; either look is checked.) Given `into`, that object is filled.

import type { SchemaField, SchemaStruct, SchemaType, SlotField } from './schema-model.ts';
import { bitsOf, defaultBits, defaultLiteral, isPointer } from './typescript-fields.ts';
import { type FileContext, isRecursive, listName, pascal, quote, refer, use } from './typescript-names.ts';
import { isCarried, typeOf } from './typescript-types.ts';

function readScalar(context: FileContext, field: SlotField): string {
  const { type } = field;
  const bits = bitsOf(type);
  const { low, high } = defaultBits(field.default);
  if (type.kind === 'bool') {
    return `((b${field.offset >>> 3} >> ${field.offset & 7}) & 1) ${low === 0 ? '!==' : '==='} 0`;
  }
  const byte = (field.offset * bits) / 8;
  const at = byte === 0 ? 'at' : `at + ${byte}`;
  const there = `data >= ${byte + bits / 8}`;
  const xor = (text: string): string => (low === 0 ? text : `(${text} ^ ${low})`);
  switch (type.kind) {
    case 'uint8':
      return xor(`(${there} ? bytes[${at}]! : 0)`);
    case 'int8':
      return `(${xor(`(${there} ? bytes[${at}]! : 0)`)} << 24) >> 24`;
    case 'uint16':
      return xor(`(${there} ? ${use(context, 'getUint16')}(bytes, ${at}) : 0)`);
    case 'int16':
      return `(${xor(`(${there} ? ${use(context, 'getUint16')}(bytes, ${at}) : 0)`)} << 16) >> 16`;
    case 'uint32':
      return `${xor(`(${there} ? ${use(context, 'getInt32')}(bytes, ${at}) : 0)`)} >>> 0`;
    case 'int32':
      return xor(`(${there} ? ${use(context, 'getInt32')}(bytes, ${at}) : 0)`);
    case 'enum': {
      const names = refer(context, type.id, `namesOf${context.model.enums.get(type.id)!.name}`);
      return `${use(context, 'nameOf')}(${names}, ${xor(`(${there} ? ${use(context, 'getUint16')}(bytes, ${at}) : 0)`)})`;
    }
    case 'float32':
      return `${there} ? ${use(context, 'getFloat32')}(bytes, ${at}, ${low}) : ${floatLiteral(field)}`;
    default: {
      const otherwise = type.kind === 'float64' ? floatLiteral(field) : defaultLiteral(context, field);
      return `${there} ? ${use(context, `get${pascal(type.kind)}`)}(bytes, ${at}, ${low}, ${high}) : ${otherwise}`;
    }
  }
}

function floatLiteral(field: SlotField): string {
  const { low, high } = defaultBits(field.default);
  const view = new DataView(new ArrayBuffer(8));
  view.setInt32(0, low, true);
  view.setInt32(4, high, true);
  const value = field.type.kind === 'float32' ? view.getFloat32(0, true) : view.getFloat64(0, true);
  return Object.is(value, -0)
    ? '-0'
    : String(value)
        .replace('Infinity', 'Number.POSITIVE_INFINITY')
        .replace('-Number.POS', 'Number.NEG')
        .replace('NaN', 'Number.NaN');
}

function constantName(owner: SchemaStruct, field: SlotField): string {
  return `DEFAULT_OF_${owner.name}_${field.name}`;
}

function readPointer(context: FileContext, owner: SchemaStruct, field: SlotField, into: string): string {
  const { type, offset } = field;
  const at = offset === 0 ? 'base' : `base + ${offset * 8}`;
  const there = `pointers > ${offset}`;
  if (field.default?.kind === 'data' || field.default?.kind === 'message') {
    const bytes = field.default.kind === 'data' ? field.default.data : field.default.message;
    context.constants.set(
      constantName(owner, field),
      `const ${constantName(owner, field)}: Uint8Array = Uint8Array.of(${[...bytes].join(', ')});\n`,
    );
  }
  const constant = constantName(owner, field);
  const given = `isGiven(bytes, base, pointers, ${offset})`;
  switch (type.kind) {
    case 'text': {
      const otherwise = defaultLiteral(context, field);
      return `${there} ? ${use(context, 'readText')}(bytes, ${at}, start, end, depth, ${otherwise}) : ${otherwise}`;
    }
    case 'data': {
      const otherwise = field.default === undefined ? 'undefined' : constant;
      const copy = field.default === undefined ? 'new Uint8Array(0)' : `${constant}.slice()`;
      return `${there} ? ${use(context, 'readData')}(bytes, ${at}, start, end, depth, ${otherwise}) : ${copy}`;
    }
    case 'capability':
      return `${there} ? ${use(context, 'readCapability')}(bytes, ${at}) : -1`;
    case 'struct': {
      const struct = context.model.structs.get(type.id)!;
      const follow = refer(context, type.id, `follow${struct.name}`);
      const followed = `${follow}(bytes, ${there} ? ${at} : -1, start, end, depth, ${into})`;
      if (field.default !== undefined) {
        return `${followed} ?? ${follow}(${constant}, 0, 0, ${constant}.length, depth, ${into})!`;
      }
      if (isRecursive(context.model, owner, type.id)) return followed;
      const read = refer(context, type.id, `read${struct.name}`);
      return `${followed} ?? ${read}(bytes, 0, 0, 0, 0, 0, depth, ${into})`;
    }
    case 'list': {
      const read = readList(context, type.element);
      const empty = type.element.kind === 'void' ? '0' : '[]';
      if (field.default !== undefined) {
        use(context, 'isGiven');
        return `${given} ? ${read}(bytes, ${at}, start, end, depth) : ${read}(${constant}, 0, 0, ${constant}.length, depth)`;
      }
      return `${there} ? ${read}(bytes, ${at}, start, end, depth) : ${empty}`;
    }
    default:
      return 'undefined';
  }
}

/** The name of the function that reads a list. */
function readList(context: FileContext, element: SchemaType): string {
  if (element.kind !== 'struct' && element.kind !== 'list' && element.kind !== 'enum') {
    return use(context, `read${pascal(element.kind)}List`);
  }
  const name = `read${listName(context, element)}`;
  if (!context.listFunctions.has(name)) {
    context.listFunctions.set(name, '');
    context.listFunctions.set(name, listReader(context, element, name));
  }
  return name;
}

function listReader(
  context: FileContext,
  element: SchemaType & { kind: 'struct' | 'list' | 'enum' },
  name: string,
): string {
  const type = typeOf(context, element);
  const code = element.kind === 'struct' ? 7 : element.kind === 'enum' ? 3 : 6;
  let item: string;
  if (element.kind === 'struct') {
    const read = refer(context, element.id, `read${context.model.structs.get(element.id)!.name}`);
    item = `${read}(bytes, first + index * step, data, pointers, start, end, depth - 1, undefined)`;
  } else if (element.kind === 'list') {
    item = `${readList(context, element.element)}(bytes, first + index * step, start, end, depth - 1)`;
  } else {
    const names = refer(context, element.id, `namesOf${context.model.enums.get(element.id)!.name}`);
    item = `${use(context, 'nameOf')}(${names}, ${use(context, 'getUint16')}(bytes, first + index * step))`;
  }
  const locals = element.kind === 'struct' ? 'at: first, count, step, data, pointers' : 'at: first, count, step';
  return `function ${name}(bytes: Uint8Array, at: number, start: number, end: number, depth: number): (${type})[] {
  if (!${use(context, 'followList')}(bytes, at, start, end, depth, ${code})) return [];
  const { ${locals} } = ${use(context, 'found')};
  const list = new Array<${type}>(count);
  for (let index = 0; index < count; index++) list[index] = ${item};
  return list;
}

`;
}

function readField(context: FileContext, owner: SchemaStruct, field: SchemaField, into: string): string {
  if (field.kind === 'group') {
    return `read${field.struct.name}(bytes, at, data, pointers, start, end, depth, ${into})`;
  }
  return isPointer(field.type) ? readPointer(context, owner, field, into) : readScalar(context, field);
}

function readFunction(context: FileContext, struct: SchemaStruct): string {
  const plain = struct.fields.filter((field) => field.discriminant === undefined && isCarried(field));
  const members = struct.fields.filter((field) => field.discriminant !== undefined);
  const boolBytes = new Set<number>();
  for (const field of struct.fields) {
    if (field.kind === 'slot' && field.type.kind === 'bool') boolBytes.add(field.offset >>> 3);
  }
  let text = `${struct.isGroup ? '' : 'export '}function read${struct.name}(bytes: Uint8Array, at: number, data: number, pointers: number, start: number, end: number, depth: number, into: ${struct.name} | undefined): ${struct.name} {\n`;
  if (struct.fields.some((field) => field.kind === 'slot' && isPointer(field.type)))
    text += '  const base = at + data;\n';
  for (const byte of boolBytes) text += `  const b${byte} = data > ${byte} ? bytes[at + ${byte}]! : 0;\n`;
  const local = (field: SchemaField): string => `${field.name}_`;
  for (const field of plain) {
    text += `  const ${local(field)} = ${readField(context, struct, field, `into?.${field.name}`)};\n`;
  }
  const literal = plain.map((field) => `${field.name}: ${local(field)}`);
  const assign = plain.map((field) => `  into.${field.name} = ${local(field)};\n`).join('');
  if (members.length === 0) {
    return `${text}  if (into === undefined) return { ${literal.join(', ')} };\n${assign}  return into;\n}\n\n`;
  }
  const at = struct.discriminantAt!;
  text += `  const which = data >= ${at + 2} ? ${use(context, 'getUint16')}(bytes, at + ${at}) : 0;\n  switch (which) {\n`;
  for (const field of [...members].sort((left, right) => left.discriminant! - right.discriminant!)) {
    const name = quote(field.name);
    text += `    case ${field.discriminant}: {\n`;
    if (!isCarried(field)) {
      text += `      if (into === undefined || into.which !== ${name}) return { ${[...literal, `which: ${name}`].join(', ')} };\n`;
    } else {
      const inner = `into !== undefined && into.which === ${name} ? into.${field.name} : undefined`;
      const needsInto = field.kind === 'group' || field.type.kind === 'struct';
      text += `      const value = ${readField(context, struct, field, needsInto ? inner : 'undefined')};\n`;
      text += `      if (into === undefined || into.which !== ${name}) return { ${[...literal, `which: ${name}`, `${field.name}: value`].join(', ')} };\n`;
      text += `      into.${field.name} = value;\n`;
    }
    text += `${assign}      return into;\n    }\n`;
  }
  return `${text}    default:\n      throw ${use(context, 'unknownMember')}(${quote(struct.name)}, which);\n  }\n}\n\n`;
}

/** The reading functions of a struct, and of the groups in it. */
export function readStructFunctions(context: FileContext, struct: SchemaStruct): string {
  let text = '';
  for (const field of struct.fields) if (field.kind === 'group') text += readStructFunctions(context, field.struct);
  text += readFunction(context, struct);
  if (struct.isGroup) return text;
  return `${text}export function follow${struct.name}(bytes: Uint8Array, at: number, start: number, end: number, depth: number, into: ${struct.name} | undefined): ${struct.name} | undefined {
  if (at < 0 || !${use(context, 'followStruct')}(bytes, at, start, end, depth)) return undefined;
  return read${struct.name}(bytes, ${use(context, 'found')}.at, found.data, found.pointers, start, end, depth - 1, into);
}

`;
}

// The text of docs/reference/interfaces.md: every interface, struct and enum of a schema, for people.

import type { SchemaSources } from './code-generator-request.ts';
import { readSchema } from './generate-codecs.ts';
import type {
  SchemaDefault,
  SchemaEnum,
  SchemaField,
  SchemaFile,
  SchemaInterface,
  SchemaModel,
  SchemaStruct,
  SchemaType,
} from './schema-model.ts';

const CAPNP_NAMES: Readonly<Record<string, string>> = {
  void: 'Void',
  bool: 'Bool',
  int8: 'Int8',
  int16: 'Int16',
  int32: 'Int32',
  int64: 'Int64',
  uint8: 'UInt8',
  uint16: 'UInt16',
  uint32: 'UInt32',
  uint64: 'UInt64',
  float32: 'Float32',
  float64: 'Float64',
  text: 'Text',
  data: 'Data',
};

const anchor = (name: string): string => `[${name}](#${name.toLowerCase()})`;
/** Text for a table cell. */
const cell = (text: string): string => text.replaceAll('|', '\\|').replace(/\s+/g, ' ').trim();
const hex = (id: bigint): string => `\`0x${id.toString(16).padStart(16, '0')}\``;

function typeName(model: SchemaModel, type: SchemaType): string {
  switch (type.kind) {
    case 'list':
      return `List(${typeName(model, type.element)})`;
    case 'struct':
      return anchor(model.structs.get(type.id)!.name);
    case 'enum':
      return anchor(model.enums.get(type.id)!.name);
    case 'capability': {
      const target = type.interfaceId === undefined ? undefined : model.interfaces.get(type.interfaceId);
      return target === undefined ? 'Capability' : anchor(target.name);
    }
    default:
      return CAPNP_NAMES[type.kind]!;
  }
}

function defaultText(type: SchemaType, value: SchemaDefault | undefined): string {
  if (value === undefined) return '';
  if (value.kind === 'text') return ` = "${value.text}"`;
  if (value.kind !== 'bits') return ' = (see the schema)';
  if (type.kind === 'bool') return ' = true';
  const bits = (BigInt(value.high >>> 0) << 32n) | BigInt(value.low >>> 0);
  if (type.kind.startsWith('float')) return ' = (see the schema)';
  return ` = ${type.kind.startsWith('int') ? BigInt.asIntN(64, bits) : bits}`;
}

function fieldText(model: SchemaModel, field: SchemaField): string {
  if (field.kind === 'group')
    return `${field.name} (${field.struct.fields.map((inner) => fieldText(model, inner)).join(', ')})`;
  return `${field.name}: ${typeName(model, field.type)}${defaultText(field.type, field.default)}`;
}

/** The fields of params or results; a struct of its own by its name. */
function side(model: SchemaModel, id: bigint): string {
  const struct = model.structs.get(id)!;
  if (!struct.isMethodSide) return anchor(struct.name);
  return struct.fields.map((field) => fieldText(model, field)).join(', ') || '–';
}

function interfaceSection(model: SchemaModel, file: SchemaFile, value: SchemaInterface): string {
  const rows = value.methods.map(
    ({ ordinal, name, params, results, docs }) =>
      `| ${ordinal} | ${name} | ${cell(side(model, params))} | ${cell(side(model, results))} | ${cell(docs)} |\n`,
  );
  const table =
    rows.length === 0
      ? 'No methods.\n'
      : `| ordinal | method | params | results | |\n|---:|---|---|---|---|\n${rows.join('')}`;
  return `## ${value.name}\n\nInterface ${hex(value.id)}, \`${file.path}\`.${value.docs === '' ? '' : ` ${value.docs.replace(/\s+/g, ' ')}`}\n\n${table}\n`;
}

function structSection(model: SchemaModel, file: SchemaFile, struct: SchemaStruct): string {
  const rows = struct.fields.map((field) => {
    const type =
      field.kind === 'group'
        ? `group (${field.struct.fields.map((inner) => fieldText(model, inner)).join(', ')})`
        : `${typeName(model, field.type)}${defaultText(field.type, field.default)}`;
    return `| ${field.name} | ${cell(type)} | ${field.discriminant === undefined ? '' : 'one of'} | ${cell(field.docs)} |\n`;
  });
  return `## ${struct.name}\n\nStruct, \`${file.path}\`.${struct.docs === '' ? '' : ` ${struct.docs.replace(/\s+/g, ' ')}`}\n\n| field | type | union | |\n|---|---|---|---|\n${rows.join('')}\n`;
}

function enumSection(file: SchemaFile, value: SchemaEnum): string {
  const rows = value.enumerants.map(({ name, docs }, number) => `| ${number} | ${name} | ${cell(docs)} |\n`);
  return `## ${value.name}\n\nEnum, \`${file.path}\`.${value.docs === '' ? '' : ` ${value.docs.replace(/\s+/g, ' ')}`}\n\n| number | name | |\n|---:|---|---|\n${rows.join('')}\n`;
}

/** Writes the reference page of a schema. @throws GeneratorError */
export function interfacesReference(sources: SchemaSources): string {
  const model = readSchema(sources);
  const files = model.files.filter((file) => file.requested).sort((left, right) => (left.path < right.path ? -1 : 1));
  const contents = files.flatMap((file) =>
    file.interfaces.map(
      (value) =>
        `| ${anchor(value.name)} | \`${file.path}\` | ${cell((value.docs || file.docs).split(/(?<=\.)\s/)[0] ?? '')} |\n`,
    ),
  );
  let text = `<!-- Generated from packages/abi/schema by its generate script. Do not edit. -->
# Interfaces

What a capability can be called for. A CALL names the capability and the method's ordinal; params and results are Cap'n Proto
messages of one unframed segment, and a field of an interface type is an ordinal among the capabilities transferred beside the
message. A call fails with a transport error when it never reached its object, else with a ${anchor('CapException')}. Capabilities
copied with a call that failed stay where they were; one that was moved is gone once the callee has received the call.

| interface | schema | |
|---|---|---|
${contents.join('')}
`;
  for (const file of files) {
    for (const value of file.interfaces) text += interfaceSection(model, file, value);
    for (const struct of file.structs) {
      if (struct.isMethodSide) continue;
      text += structSection(model, file, struct);
    }
    for (const value of file.enums) text += enumSection(file, value);
  }
  return `${text.trimEnd()}\n`;
}

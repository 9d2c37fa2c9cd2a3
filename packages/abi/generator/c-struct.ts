// Generates one struct for C: its type, and the functions that write and read it. For every struct S:
//
//   S_fill(value, words)     puts the data section together, answers how many pointers are needed
//   S_point(writer, …)       writes what the pointers lead to
//   S_put(writer, at, …)     sizes, places and writes the whole
//   S_size(value)            bytes that suffice for it
//   S_read(reader, view, …)  reads it from where a pointer led
//
// The primitives are in libcapos (capos/message.h). Written messages are canonical, byte for byte those of the TypeScript codecs.

import {
  type CNaming,
  cComment,
  cType,
  fieldName,
  isNumber,
  isPointer,
  listStem,
  macroStem,
  NUMBER_TYPES,
  snake,
  stem,
} from './c-names.ts';
import type { SchemaEnum, SchemaField, SchemaStruct, SlotField } from './schema-model.ts';

const isVoid = (field: SchemaField): boolean => field.kind === 'slot' && field.type.kind === 'void';

/** Members of a struct, declared: plain ones, then the union. */
function members(naming: CNaming, struct: SchemaStruct, indent: string): string {
  let text = '';
  const declare = (field: SchemaField, depth: string): string => {
    if (isVoid(field)) return '';
    if (field.kind === 'group') {
      return `${cComment(field.docs, depth)}${depth}struct {\n${members(naming, field.struct, `${depth}  `)}${depth}} ${fieldName(field.name)};\n`;
    }
    return `${cComment(field.docs, depth)}${depth}${cType(naming, struct, field)} ${fieldName(field.name)};\n`;
  };
  for (const field of struct.fields) if (field.discriminant === undefined) text += declare(field, indent);
  if (struct.discriminantAt !== undefined) {
    text += `${indent}uint16_t which; /**< ${macroStem(naming, struct.name)}_… */\n`;
    const union = struct.fields
      .filter((field) => field.discriminant !== undefined)
      .map((field) => declare(field, `${indent}  `))
      .join('');
    if (union !== '') text += `${indent}union {\n${union}${indent}};\n`;
  }
  return text;
}

/** Numbers of the unions of a struct and of its groups. */
function discriminants(naming: CNaming, struct: SchemaStruct): string {
  let text = '';
  for (const field of struct.fields) if (field.kind === 'group') text += discriminants(naming, field.struct);
  if (struct.discriminantAt === undefined) return text;
  const union = struct.fields.filter((field) => field.discriminant !== undefined);
  const lines = union.map(
    (field) => `  ${macroStem(naming, struct.name)}_${snake(field.name).toUpperCase()} = ${field.discriminant},\n`,
  );
  return `${text}/** Values of \`which\` of ${struct.name}. */\nenum {\n${lines.join('')}};\n\n`;
}

/** An enum: its numbers. Fields are uint16_t, because a message may hold a number that this schema does not know. */
export function cEnum(naming: CNaming, value: SchemaEnum): string {
  const lines = value.enumerants.map(
    ({ name }, number) => `  ${macroStem(naming, value.name)}_${snake(name).toUpperCase()} = ${number},\n`,
  );
  return `${cComment(value.docs)}enum ${stem(naming, value.name)} {\n${lines.join('')}};\n\n`;
}

type Visit = (owner: SchemaStruct, field: SlotField, value: string) => string;

/** Statements for every slot that a value has: plain ones, then a switch over the union. Groups are inlined. */
function forEachSlot(
  naming: CNaming,
  struct: SchemaStruct,
  value: string,
  indent: string,
  visit: Visit,
  discriminant?: (owner: SchemaStruct, value: string) => string,
): string {
  const one = (field: SchemaField, depth: string): string => {
    if (isVoid(field)) return '';
    const inner = `${value}${value.endsWith('>') ? '' : '.'}${fieldName(field.name)}`;
    if (field.kind === 'group') return forEachSlot(naming, field.struct, inner, depth, visit, discriminant);
    const statement = visit(struct, field, inner);
    return statement === '' ? '' : `${depth}${statement}\n`;
  };
  let text = '';
  for (const field of struct.fields) if (field.discriminant === undefined) text += one(field, indent);
  if (struct.discriminantAt === undefined) return text;
  const which = `${value}${value.endsWith('>') ? '' : '.'}which`;
  if (discriminant !== undefined) text += `${indent}${discriminant(struct, which)}\n`;
  const cases = struct.fields
    .filter((field) => field.discriminant !== undefined)
    .map((field) => [field.discriminant, one(field, `${indent}    `)] as const)
    .filter(([, statements]) => statements !== '')
    .map(([number, statements]) => `${indent}  case ${number}:\n${statements}${indent}    break;\n`);
  return cases.length === 0 ? text : `${text}${indent}switch (${which}) {\n${cases.join('')}${indent}}\n`;
}

function defaultBits(field: SlotField): bigint {
  const value = field.default;
  return value?.kind === 'bits' ? (BigInt(value.high >>> 0) << 32n) | BigInt(value.low >>> 0) : 0n;
}

/** ` ^ 0x1u` for a default other than zero. */
function xor(bits: bigint): string {
  return bits === 0n ? '' : ` ^ UINT64_C(0x${bits.toString(16)})`;
}

function bitsOf(field: SlotField): number {
  if (field.type.kind === 'bool') return 1;
  return isNumber(field.type) ? NUMBER_TYPES[field.type.kind].bits : 16;
}

/** Puts a scalar into its word. */
function fillScalar(field: SlotField, value: string): string {
  const bits = bitsOf(field);
  const position = field.offset * bits;
  const kind = field.type.kind;
  let raw = `(uint64_t)${value}`;
  if (kind === 'float32') raw = `(uint64_t)capos_bits_of_float(${value})`;
  else if (kind === 'float64') raw = `capos_bits_of_double(${value})`;
  else if (bits > 1 && bits < 64) raw = `(uint64_t)(uint${bits}_t)${value}`;
  const flipped = defaultBits(field) === 0n ? raw : `(${raw}${xor(defaultBits(field))})`;
  const shift = position % 64;
  return `words[${Math.floor(position / 64)}] |= ${flipped}${shift === 0 ? '' : ` << ${shift}`};`;
}

/** The condition under which a pointer is not null; empty when it never is. */
function isPresent(field: SlotField, value: string): string {
  switch (field.type.kind) {
    case 'text':
    case 'data':
      return `${value}.length != 0`;
    case 'list':
      return `${value}.count != 0`;
    case 'capability':
      return `${value}.cap != CAPOS_NULL_CAP`;
    default:
      return '';
  }
}

function readScalar(field: SlotField, value: string): string {
  const bits = bitsOf(field);
  const position = field.offset * bits;
  if (field.type.kind === 'bool') {
    return `${value} = (capos_get_bit(&view, ${position})${defaultBits(field) === 0n ? '' : ' ^ 1'}) != 0;`;
  }
  const raw = `capos_get_u${bits}(&view, ${position / 8})${xor(defaultBits(field))}`;
  if (field.type.kind === 'float32') return `${value} = capos_float_of_bits((uint32_t)(${raw}));`;
  if (field.type.kind === 'float64') return `${value} = capos_double_of_bits(${raw});`;
  const type = isNumber(field.type) ? NUMBER_TYPES[field.type.kind].c : 'uint16_t';
  return `${value} = (${type})(${raw});`;
}

function writePointer(naming: CNaming, owner: SchemaStruct, field: SlotField, value: string): string {
  const at = `at + ${field.offset * 8}`;
  const { type } = field;
  switch (type.kind) {
    case 'struct':
      return `${stem(naming, naming.model.structs.get(type.id)!.name)}_put(writer, ${at}, &${value});`;
    case 'list':
      return `${listStem(naming, owner, field, type.element)}_put(writer, ${at}, &${value});`;
    default: {
      // Within a union the slot may belong to another member, so the condition is that of this field alone.
      return `if (${isPresent(field, value)}) capos_write_${type.kind}(writer, ${at}, ${value});`;
    }
  }
}

function readPointer(naming: CNaming, owner: SchemaStruct, field: SlotField, value: string): string {
  const { type } = field;
  switch (type.kind) {
    case 'struct': {
      const name = stem(naming, naming.model.structs.get(type.id)!.name);
      return `${name}_read(reader, capos_read_struct(reader, &view, ${field.offset}), &${value});`;
    }
    case 'list':
      return `${listStem(naming, owner, field, type.element)}_read(reader, &view, ${field.offset}, &${value});`;
    case 'capability': {
      const id = type.interfaceId === undefined ? '0' : `UINT64_C(0x${type.interfaceId.toString(16)})`;
      return `${value} = capos_read_capability(reader, &view, ${field.offset}, ${id});`;
    }
    default:
      return `${value} = capos_read_${type.kind}(reader, &view, ${field.offset});`;
  }
}

function sizeBelow(naming: CNaming, owner: SchemaStruct, field: SlotField, value: string): string {
  const { type } = field;
  switch (type.kind) {
    case 'text':
      return `size += ((uint64_t)${value}.length + 8) & ~UINT64_C(7);`;
    case 'data':
      return `size += ((uint64_t)${value}.length + 7) & ~UINT64_C(7);`;
    case 'struct':
      return `size += ${stem(naming, naming.model.structs.get(type.id)!.name)}_size(&${value});`;
    case 'list':
      return `size += ${listStem(naming, owner, field, type.element)}_size(&${value});`;
    default:
      return '';
  }
}

/** Whether lists of this struct occur anywhere. */
function isListElement(naming: CNaming, struct: SchemaStruct): boolean {
  const holds = (fields: readonly SchemaField[]): boolean =>
    fields.some((field) =>
      field.kind === 'group'
        ? holds(field.struct.fields)
        : field.type.kind === 'list' && field.type.element.kind === 'struct' && field.type.element.id === struct.id,
    );
  return [...naming.model.structs.values()].some(({ fields }) => holds(fields));
}

function listFunctions(naming: CNaming, struct: SchemaStruct): string {
  const name = stem(naming, struct.name);
  const words = Math.max(struct.dataWords, 1);
  return `/**
 * A list of ${struct.name}. To send one, set \`items\` and \`count\`; one that was received has \`count\` elements that
 * ${name}_list_get reads one at a time, and can be sent on as it is.
 */
struct ${name}_list {
  const struct ${name} *items;
  uint32_t count;
  struct capos_list_view view;
};

static inline int ${name}_list_get(const struct ${name}_list *list, uint32_t index, struct ${name} *item);

static inline void ${name}_list_put(struct capos_writer *writer, uint32_t at, const struct ${name}_list *list) {
  if (list->count == 0) return;
  struct ${name} item;
  uint32_t data_words = 0, pointers = 0;
  for (uint32_t index = 0; index < list->count; index++) {
    uint64_t words[${words}] = {0};
    if (${name}_list_get(list, index, &item) < 0) writer->failed = true;
    uint32_t needed = ${name}_fill(&item, words);
    uint32_t used = capos_used_words(words, ${struct.dataWords});
    if (used > data_words) data_words = used;
    if (needed > pointers) pointers = needed;
  }
  uint32_t body = capos_write_struct_list(writer, at, list->count, data_words, pointers);
  for (uint32_t index = 0; index < list->count && !writer->failed; index++, body += (data_words + pointers) * 8) {
    uint64_t words[${words}] = {0};
    ${name}_list_get(list, index, &item);
    ${name}_fill(&item, words);
    capos_write_words(writer, body, words, data_words);
    ${name}_point(writer, body + data_words * 8, &item);
  }
}

static inline uint64_t ${name}_list_size(const struct ${name}_list *list) {
  uint64_t size = 8;
  struct ${name} item;
  for (uint32_t index = 0; index < list->count; index++) {
    if (${name}_list_get(list, index, &item) == 0) size += ${name}_size(&item);
  }
  return size;
}

static inline void ${name}_list_read(struct capos_reader *reader, const struct capos_struct_view *view, uint32_t slot,
                                     struct ${name}_list *list) {
  *list = (struct ${name}_list){.items = NULL};
  list->view = capos_read_list(reader, view, slot, CAPOS_ELEMENT_STRUCT);
  list->count = list->view.count;
}

/** Element \`index\` of a list, received or not. Answers 0 or −CAPOS_ERROR_BAD_MESSAGE. */
static inline int ${name}_list_get(const struct ${name}_list *list, uint32_t index, struct ${name} *item) {
  struct capos_reader reader;
  struct capos_struct_view view;
  if (list->items != NULL && index < list->count) {
    *item = list->items[index];
    return 0;
  }
  *item = (struct ${name}){0};
  if (!capos_list_element(&list->view, index, &reader, &view)) return -CAPOS_ERROR_BAD_MESSAGE;
  ${name}_read(&reader, view, item);
  return capos_reader_end(&reader);
}

`;
}

/** Everything about one struct. */
export function cStruct(naming: CNaming, struct: SchemaStruct): string {
  const name = stem(naming, struct.name);
  const words = Math.max(struct.dataWords, 1);
  const fill = forEachSlot(
    naming,
    struct,
    'value->',
    '  ',
    (_, field, value) => {
      if (!isPointer(field.type)) return fillScalar(field, value);
      const present = isPresent(field, value);
      const needed = field.offset + 1;
      return `if (pointers < ${needed}${present === '' ? '' : ` && ${present}`}) pointers = ${needed};`;
    },
    (owner, which) => {
      const at = owner.discriminantAt!;
      return `words[${at >> 3}] |= (uint64_t)${which}${at % 8 === 0 ? '' : ` << ${(at % 8) * 8}`};`;
    },
  );
  // Preorder by slot, as the TypeScript codecs write: fields of a struct need not lie in the order of its text.
  const inSlotOrder: { offset: number; text: string }[] = [];
  const point = (owner: SchemaStruct, value: string, guard: string): void => {
    for (const field of owner.fields) {
      if (isVoid(field)) continue;
      const own = field.discriminant === undefined ? guard : `${guard}if (${value}which == ${field.discriminant}) `;
      const inner = `${value}${fieldName(field.name)}`;
      if (field.kind === 'group') point(field.struct, `${inner}.`, own);
      else if (isPointer(field.type)) {
        inSlotOrder.push({ offset: field.offset, text: `  ${own}${writePointer(naming, owner, field, inner)}\n` });
      }
    }
  };
  point(struct, 'value->', '');
  inSlotOrder.sort((left, right) => left.offset - right.offset);
  const read = forEachSlot(
    naming,
    struct,
    'value->',
    '  ',
    (owner, field, value) =>
      isPointer(field.type) ? readPointer(naming, owner, field, value) : readScalar(field, value),
    (owner, which) => {
      const known = owner.fields.filter(({ discriminant }) => discriminant !== undefined).length;
      return `${which} = capos_read_which(reader, &view, ${owner.discriminantAt}, ${known});`;
    },
  );
  const below = forEachSlot(naming, struct, 'value->', '  ', (owner, field, value) =>
    isPointer(field.type) ? sizeBelow(naming, owner, field, value) : '',
  );
  const unused = (text: string, names: readonly string[]): string =>
    names
      .filter((parameter) => !new RegExp(`\\b${parameter}\\b`).test(text))
      .map((parameter) => `  (void)${parameter};\n`)
      .join('');
  const body = members(naming, struct, '  ');
  const points = inSlotOrder.map(({ text }) => text).join('');
  const fixed = (struct.dataWords + struct.pointers) * 8;
  return `${discriminants(naming, struct)}${cComment(struct.docs)}struct ${name} {
${body === '' ? '  uint8_t nothing; /**< C has no empty struct */\n' : body}};

static inline uint32_t ${name}_fill(const struct ${name} *value, uint64_t *words) {
  uint32_t pointers = 0;
${fill}${unused(fill, ['value', 'words'])}  return pointers;
}

static inline void ${name}_point(struct capos_writer *writer, uint32_t at, const struct ${name} *value) {
${points}${unused(points, ['writer', 'at', 'value'])}}

static inline void ${name}_put(struct capos_writer *writer, uint32_t at, const struct ${name} *value) {
  uint64_t words[${words}] = {0};
  uint32_t pointers = ${name}_fill(value, words);
  ${name}_point(writer, capos_write_struct(writer, at, words, ${struct.dataWords}, pointers), value);
}

/** Bytes that suffice for what a pointer to this value leads to. */
static inline uint64_t ${name}_size(const struct ${name} *value) {
  uint64_t size = ${fixed};
${below}${unused(below, ['value'])}  return size;
}

static inline void ${name}_read(struct capos_reader *reader, struct capos_struct_view view, struct ${name} *value) {
  *value = (struct ${name}){0};
${read}${unused(read, ['reader', 'view'])}}

/** Writes \`value\` as the message of \`request\`, with its capabilities. Answers 0 or −CAPOS_ERROR_TOO_LARGE. */
static inline int ${name}_encode(const struct ${name} *value, struct capos_request *request) {
  struct capos_writer writer;
  capos_writer_begin(&writer, request);
  ${name}_put(&writer, 0, value);
  return capos_writer_end(&writer, request);
}

/**
 * Reads \`message\` and takes over its capabilities. Texts and data point into the message.
 * Answers 0, −CAPOS_ERROR_BAD_MESSAGE, or −CAPOS_ERROR_NO_SUCH_CAP when a capability has another interface.
 */
static inline int ${name}_decode(struct ${name} *value, const struct capos_message *message) {
  struct capos_reader reader;
  ${name}_read(&reader, capos_reader_begin(&reader, message), value);
  return capos_reader_end(&reader);
}

${isListElement(naming, struct) ? listFunctions(naming, struct) : ''}`;
}

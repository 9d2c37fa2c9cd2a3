// Random schemas, in Cap'n Proto's own notation, and random values of any schema: for testing the generator itself.
import fc from 'fast-check';
import type { SchemaField, SchemaModel, SchemaStruct, SchemaType } from '../../generator/index.ts';

const SCALARS = [
  'Bool',
  'Int8',
  'Int16',
  'Int32',
  'Int64',
  'UInt8',
  'UInt16',
  'UInt32',
  'UInt64',
  'Float32',
  'Float64',
];

interface Member {
  readonly type: string;
  readonly defaultValue: string;
  /** 0 plain, 1 in the unnamed union, 2 in a group, 3 in a group inside the union, 4 in a named union. */
  readonly place: number;
}

const scalar: fc.Arbitrary<string> = fc.constantFrom(...SCALARS, 'Colour', 'Text', 'Data', 'Void');
const type: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: scalar },
  { weight: 2, arbitrary: scalar.map((inner) => `List(${inner})`) },
  { weight: 1, arbitrary: scalar.map((inner) => `List(List(${inner}))`) },
  // S0 is a leaf; every struct refers to those before it, so that none contains itself.
  { weight: 2, arbitrary: fc.constantFrom('EARLIER', 'List(EARLIER)') },
);

function defaultFor(name: string, seed: number): string {
  if (seed % 3 !== 0) return '';
  if (name === 'Bool') return ' = true';
  if (/^Int/.test(name)) return ` = ${-1 - (seed % 100)}`;
  if (/^UInt/.test(name)) return ` = ${1 + (seed % 200)}`;
  if (/^Float/.test(name)) return ` = ${(seed % 64) / 8}`;
  if (name === 'Colour') return ' = blue';
  if (name === 'Text') return ` = "d${seed % 10}"`;
  if (name === 'Data') return ' = 0x"01 ff"';
  if (name === 'List(UInt16)') return ' = [1, 2, 65535]';
  return '';
}

const members: fc.Arbitrary<readonly Member[]> = fc.array(
  fc
    .record({ type, seed: fc.nat(), place: fc.constantFrom(0, 0, 0, 1, 1, 2, 3, 4) })
    .map(({ type: name, seed, place }) => ({
      type: name,
      defaultValue: defaultFor(name, seed),
      place,
    })),
  { minLength: 1, maxLength: 14 },
);

function printStruct(index: number, list: readonly Member[], order: readonly number[]): string {
  const earlier = `S${Math.max(0, index - 1)}`;
  const field = (member: Member, at: number): string => {
    const name = index === 0 ? member.type.replaceAll('EARLIER', 'Leaf') : member.type.replaceAll('EARLIER', earlier);
    return `f${at} @${order[at]} :${name}${member.defaultValue};`;
  };
  const at = (place: number): string[] =>
    list.flatMap((member, number) => (member.place === place ? [field(member, number)] : []));
  const [plain, union, group, unionGroup, named] = [0, 1, 2, 3, 4].map(at) as [
    string[],
    string[],
    string[],
    string[],
    string[],
  ];
  // A union has two members at least.
  const fill = (fields: string[], extra: number): string[] =>
    fields.length >= 2
      ? fields
      : [
          ...fields,
          ...Array.from({ length: 2 - fields.length }, (_, n) => `x${extra + n} @${list.length + extra + n} :Void;`),
        ];
  const inGroup = (fields: string[]): string[] => (fields.length === 0 ? [] : [`inner :group { ${fields.join(' ')} }`]);
  let body = plain.join('\n  ');
  let extras = 0;
  const unnamed = [...union, ...inGroup(unionGroup)];
  if (unnamed.length > 0) {
    const filled = fill(unnamed, extras);
    extras += filled.length - unnamed.length;
    body += `\n  union { ${filled.join(' ')} }`;
  }
  if (group.length > 0) body += `\n  together :group { ${group.join(' ')} }`;
  if (named.length > 0) body += `\n  choice :union { ${fill(named, extras).join(' ')} }`;
  return `struct S${index} {\n  ${body}\n}\n`;
}

/** A schema file of one to five structs, the later ones holding the earlier. */
export const randomSchemas: fc.Arbitrary<string> = fc
  .array(
    members.chain((list) =>
      fc
        .shuffledSubarray(
          list.map((_, number) => number),
          { minLength: list.length, maxLength: list.length },
        )
        .map((order) => ({ list, order })),
    ),
    { minLength: 1, maxLength: 5 },
  )
  .map((structs) => {
    const head = '@0xe5f1c2d3b4a59687;\nenum Colour { red @0; green @1; blue @2; }\nstruct Leaf { value @0 :UInt8; }\n';
    return head + structs.map(({ list, order }, index) => printStruct(index, list, order)).join('');
  });

function valuesOfType(model: SchemaModel, schemaType: SchemaType): fc.Arbitrary<unknown> {
  const bits = Number(/\d+$/.exec(schemaType.kind)?.[0] ?? 0);
  switch (schemaType.kind) {
    case 'bool':
      return fc.boolean();
    case 'int64':
      return fc.oneof(fc.constant(0n), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }));
    case 'uint64':
      return fc.oneof(fc.constant(0n), fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }));
    case 'float32':
      return fc.oneof(fc.constantFrom(0, -0), fc.float());
    case 'float64':
      return fc.oneof(fc.constantFrom(0, -0), fc.double());
    case 'text':
      return fc.oneof(fc.constant(''), fc.string({ unit: 'binary', maxLength: 10 }));
    case 'data':
      return fc.oneof(fc.constant(new Uint8Array(0)), fc.uint8Array({ maxLength: 20 }));
    case 'enum':
      return fc.constantFrom(...model.enums.get(schemaType.id)!.enumerants.map(({ name }) => name));
    case 'struct':
      return valuesOfStruct(model, model.structs.get(schemaType.id)!);
    case 'list':
      return schemaType.element.kind === 'void'
        ? fc.nat({ max: 50 })
        : fc.array(valuesOfType(model, schemaType.element), { maxLength: 4 });
    case 'void':
    case 'capability':
      return fc.constant(-1);
    default:
      return schemaType.kind.startsWith('u')
        ? fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 2 ** bits - 1 }))
        : fc.oneof(fc.constant(0), fc.integer({ min: -(2 ** (bits - 1)), max: 2 ** (bits - 1) - 1 }));
  }
}

/** Values of a struct of any schema. */
export function valuesOfStruct(model: SchemaModel, struct: SchemaStruct): fc.Arbitrary<Record<string, unknown>> {
  const isVoid = (field: SchemaField): boolean => field.kind === 'slot' && field.type.kind === 'void';
  const valuesOfField = (field: SchemaField): fc.Arbitrary<unknown> =>
    field.kind === 'group' ? valuesOfStruct(model, field.struct) : valuesOfType(model, field.type);
  const plain = Object.fromEntries(
    struct.fields
      .filter((field) => field.discriminant === undefined && !isVoid(field))
      .map((field) => [field.name, valuesOfField(field)]),
  );
  const choices = struct.fields.filter((field) => field.discriminant !== undefined);
  const record = (fields: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Record<string, unknown>> =>
    fc.record(fields, { noNullPrototype: true });
  if (choices.length === 0) return record(plain);
  return fc.oneof(
    ...choices.map((field) =>
      record({
        ...plain,
        which: fc.constant(field.name),
        ...(isVoid(field) ? {} : { [field.name]: valuesOfField(field) }),
      }),
    ),
  );
}

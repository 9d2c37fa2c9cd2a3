// Random values of every struct of a schema, in the shape that the TypeScript codecs take.
import type { SchemaField, SchemaModel, SchemaStruct, SchemaType } from '@capos/abi/generator';
import * as fc from 'fast-check';

// Texts without unpaired surrogates: both sides then mean the same bytes.
const anyText = fc.string({ unit: 'grapheme', maxLength: 20 });

function ofType(model: SchemaModel, type: SchemaType): fc.Arbitrary<unknown> {
  switch (type.kind) {
    case 'bool':
      return fc.boolean();
    case 'int8':
      return fc.integer({ min: -128, max: 127 });
    case 'int16':
      return fc.integer({ min: -32768, max: 32767 });
    case 'int32':
      return fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
    case 'int64':
      return fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    case 'uint8':
      return fc.integer({ min: 0, max: 255 });
    case 'uint16':
      return fc.integer({ min: 0, max: 65535 });
    case 'uint32':
      return fc.integer({ min: 0, max: 2 ** 32 - 1 });
    case 'uint64':
      return fc.oneof(fc.constant(0n), fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }));
    case 'float32':
      return fc.float({ noNaN: true });
    case 'float64':
      return fc.double({ noNaN: true });
    case 'text':
      return anyText;
    case 'data':
      return fc.uint8Array({ maxLength: 40 });
    case 'enum':
      return fc.constantFrom(...model.enums.get(type.id)!.enumerants.map(({ name }) => name));
    case 'struct':
      return ofStruct(model, model.structs.get(type.id)!);
    case 'list':
      return fc.array(ofType(model, type.element), { maxLength: 4 });
    default:
      return fc.constant(-1); // capabilities are numbered afterwards, in the order they are written in
  }
}

function ofField(model: SchemaModel, field: SchemaField): fc.Arbitrary<unknown> {
  return field.kind === 'group' ? ofStruct(model, field.struct) : ofType(model, field.type);
}

const isVoid = (field: SchemaField): boolean => field.kind === 'slot' && field.type.kind === 'void';

/** Random values of `struct`. */
export function ofStruct(model: SchemaModel, struct: SchemaStruct): fc.Arbitrary<Record<string, unknown>> {
  const plain: Record<string, fc.Arbitrary<unknown>> = {};
  for (const field of struct.fields) {
    if (field.discriminant === undefined && !isVoid(field)) plain[field.name] = ofField(model, field);
  }
  const members = struct.fields.filter(({ discriminant }) => discriminant !== undefined);
  if (members.length === 0) return fc.record(plain);
  const union = fc.oneof(
    ...members.map((field) =>
      fc.record({ which: fc.constant(field.name), ...(isVoid(field) ? {} : { [field.name]: ofField(model, field) }) }),
    ),
  );
  return fc.tuple(fc.record(plain), union).map(([left, right]) => ({ ...left, ...right }));
}

/** Gives the capability fields of a value, in the order of their pointers, the ordinals 0, 1, …; answers how many there are. */
export function numberCapabilities(model: SchemaModel, struct: SchemaStruct, value: Record<string, unknown>): number {
  const slots: { offset: number; visit: (next: number) => number }[] = [];
  const collect = (owner: SchemaStruct, inner: Record<string, unknown>): void => {
    for (const field of owner.fields) {
      if (field.discriminant !== undefined && inner.which !== field.name) continue;
      if (field.kind === 'group') collect(field.struct, inner[field.name] as Record<string, unknown>);
      else if (field.type.kind === 'capability') {
        slots.push({
          offset: field.offset,
          visit: (next) => {
            inner[field.name] = next;
            return next + 1;
          },
        });
      } else if (field.type.kind === 'struct') {
        const nested = model.structs.get(field.type.id)!;
        // Nested structs number theirs after the capabilities before them; none of this schema's has any.
        slots.push({
          offset: field.offset,
          visit: (next) => next + numberCapabilities(model, nested, inner[field.name] as Record<string, unknown>),
        });
      }
    }
  };
  collect(struct, value);
  return slots.sort((left, right) => left.offset - right.offset).reduce((next, { visit }) => visit(next), 0);
}

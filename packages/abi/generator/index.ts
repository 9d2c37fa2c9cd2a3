// Generators over Cap'n Proto schema, for Node: TypeScript codecs, C headers, reference pages. They need the `capnp` program.

export { compileSchema, GeneratorError, hasCapnp, type SchemaSources } from './code-generator-request.ts';
export { type GenerateCOptions, generateCHeaders } from './generate-c.ts';
export { baseName, type GenerateCodecsOptions, generateCodecs, readSchema } from './generate-codecs.ts';
export type {
  GroupField,
  NumberKind,
  SchemaDefault,
  SchemaEnum,
  SchemaField,
  SchemaFile,
  SchemaInterface,
  SchemaMethod,
  SchemaModel,
  SchemaStruct,
  SchemaType,
  SlotField,
} from './schema-model.ts';

// From schema files to TypeScript codecs, for this package's schema and for any application's own.

import { compileSchema, GeneratorError, type SchemaSources } from './code-generator-request.ts';
import { readSchemaModel, type SchemaFile, type SchemaModel } from './schema-model.ts';
import { generateIndex, generateTypeScript } from './typescript-file.ts';

/** How to generate TypeScript codecs. */
export interface GenerateCodecsOptions extends SchemaSources {
  /** Module that the generated files import the codecs' run-time from. By default `@capos/abi/codec`. */
  readonly runtime?: string;
  /**
   * Module that holds the codecs of a schema file that is imported but not among `files`. By default the codecs that
   * `@capos/abi` exports for its own schema, by the file's base name.
   */
  readonly importedModule?: (path: string) => string;
}

/** A generated file's name for a schema file's path: `sub/file.capnp` → `file`. */
export function baseName(path: string): string {
  return path.replace(/^.*\//, '').replace(/\.capnp$/, '');
}

/** Reads schema files into the model that every generator works from. @throws GeneratorError */
export function readSchema(sources: SchemaSources): SchemaModel {
  return readSchemaModel(compileSchema(sources));
}

/**
 * Generates one file per schema file, and `index.ts` with everything re-exported and the `interfaces` map.
 * @returns the files' texts by their names
 * @throws GeneratorError when the schema does not compile or uses what the codecs do not carry
 */
export function generateCodecs(options: GenerateCodecsOptions): Map<string, string> {
  const model = readSchema(options);
  const settings = {
    runtime: options.runtime ?? '@capos/abi/codec',
    moduleOf: (file: SchemaFile): string =>
      file.requested
        ? `./${baseName(file.path)}.ts`
        : (options.importedModule?.(file.path) ?? `@capos/abi/codecs/${baseName(file.path)}`),
  };
  const output = new Map<string, string>();
  for (const file of model.files) {
    if (!file.requested) continue;
    const name = `${baseName(file.path)}.ts`;
    if (name === 'index.ts' || output.has(name)) {
      throw new GeneratorError(
        `${file.path} would be written as ${name}, which is taken: give the schema file another name`,
      );
    }
    output.set(name, generateTypeScript(model, file, settings));
  }
  output.set('index.ts', generateIndex(model, settings));
  return output;
}

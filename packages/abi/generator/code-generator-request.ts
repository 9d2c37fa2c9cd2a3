// Runs the `capnp` program over schema files and answers its CodeGeneratorRequest, the parsed form every generator reads.

import { spawnSync } from 'node:child_process';

/** Where the schema files are and which of them code is wanted for. */
export interface SchemaSources {
  /** Paths of the files to generate for, relative to `directory`. */
  readonly files: readonly string[];
  /** Directory in which `capnp` runs; the files' names in the output are relative to it. */
  readonly directory: string;
  /** Where imports that begin with a slash are looked for, in this order. */
  readonly importPaths?: readonly string[];
}

/** Thrown when `capnp` is missing, refuses a schema, or a schema uses what the codecs do not carry. */
export class GeneratorError extends Error {
  override readonly name = 'GeneratorError';
}

/** Whether the `capnp` program can be run here. */
export function hasCapnp(): boolean {
  return spawnSync('capnp', ['--version']).status === 0;
}

/** Compiles schema files with the `capnp` program. @throws GeneratorError with the compiler's own words. */
export function compileSchema(sources: SchemaSources): Uint8Array {
  const paths = (sources.importPaths ?? []).map((path) => `-I${path}`);
  const run = spawnSync('capnp', ['compile', '-o-', ...paths, ...sources.files], {
    cwd: sources.directory,
    maxBuffer: 1 << 28,
  });
  if (run.error !== undefined) {
    throw new GeneratorError(
      `the schema compiler "capnp" could not be started (${run.error.message}): install Debian's capnproto or Homebrew's capnp`,
    );
  }
  if (run.status !== 0) throw new GeneratorError(`capnp refused the schema:\n${run.stderr.toString()}`);
  return new Uint8Array(run.stdout);
}

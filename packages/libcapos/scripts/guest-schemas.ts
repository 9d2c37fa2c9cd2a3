// Schemas of guest programs, here and in the apps: C headers for the programs, TypeScript codecs for who talks to them.
//
// Needs the capnp program; what is committed serves machines without it.
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generateCHeaders, generateCodecs } from '@capos/abi/generator';
import { packagePath } from '../src/host-node/flags.ts';

interface GuestSchema {
  readonly directory: string;
  readonly headers: string;
  readonly codecs: string;
  /** Begins every C name. */
  readonly prefix: string;
}

function guestSchemas(): GuestSchema[] {
  const apps = packagePath('../../apps');
  return [
    {
      directory: packagePath('programs/schema'),
      headers: packagePath('programs/generated'),
      codecs: packagePath('test/generated'),
      prefix: 'example',
    },
    ...(existsSync(apps) ? readdirSync(apps) : [])
      .filter((app) => existsSync(join(apps, app, 'guest/schema')))
      .map((app) => ({
        directory: join(apps, app, 'guest/schema'),
        headers: join(apps, app, 'guest/generated'),
        codecs: join(apps, app, 'src/generated/schema'),
        prefix: app,
      })),
  ];
}

/** Every generated file's text by its absolute path. */
export function guestSchemaOutputs(): Map<string, string> {
  const outputs = new Map<string, string>();
  for (const { directory, headers, codecs, prefix } of guestSchemas()) {
    const files = readdirSync(directory).filter((name) => name.endsWith('.capnp'));
    const sources = { directory, files, importPaths: [packagePath('../abi/schema')] };
    for (const [name, text] of generateCHeaders({ ...sources, prefix })) outputs.set(join(headers, name), text);
    for (const [name, text] of generateCodecs(sources)) outputs.set(join(codecs, name), text);
  }
  return outputs;
}

/** Writes them. */
export function writeGuestSchemaOutputs(): void {
  for (const [path, text] of guestSchemaOutputs()) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

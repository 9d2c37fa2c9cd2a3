import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasCapnp } from '../../generator/index.ts';
import { generatedDirectories, generatedFiles } from '../../generator/outputs.ts';

const capnp = hasCapnp();

describe.skipIf(!capnp)(`generated files${capnp ? '' : ' (skipped: the capnp program is not installed)'}`, () => {
  it.each(
    generatedDirectories.map((entry) => ({
      ...entry,
      name: `${basename(dirname(dirname(entry.directory)))}/…/${basename(entry.directory)}`,
    })),
  )('in $name are what the schema gives now', async ({ directory, generate }) => {
    const files = await generate();
    expect(readdirSync(directory).sort()).toEqual([...files.keys()].sort());
    for (const [name, text] of files) {
      expect(readFileSync(`${directory}/${name}`, 'utf8') === text, `${name} is stale: run \`pnpm generate\``).toBe(
        true,
      );
    }
  });

  it.each(generatedFiles.map((entry) => ({ ...entry, name: basename(entry.path) })))(
    '$name is what the schema gives now',
    ({ path, generate }) => {
      expect(readFileSync(path, 'utf8') === generate(), `${path} is stale: run \`pnpm generate\``).toBe(true);
    },
  );
});

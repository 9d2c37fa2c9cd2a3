// Who may import whom. `turbo boundaries` refuses what crosses a layer; this states the table itself, package by package.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageImports, ROOT, sources } from './support/sources.ts';

const MAY_IMPORT: Record<string, readonly string[]> = {
  'x86-machine': [],
  'ipc-ring': [],
  abi: [],
  kernel: ['x86-machine', 'ipc-ring', 'abi'],
  runtime: ['ipc-ring', 'abi'],
  store: ['runtime', 'abi'],
  network: ['runtime', 'abi'],
  'capos-posix': ['runtime', 'abi'],
  libcapos: ['abi', 'ipc-ring'],
  image: ['abi'],
  init: ['runtime', 'abi', 'image'],
  shell: ['runtime', 'abi', 'image'],
  services: ['runtime', 'abi'],
  constructor: ['runtime', 'abi'],
};

describe.each(readdirSync(join(ROOT, 'packages')))('%s', (name) => {
  test('is in the table of import directions', () => expect(MAY_IMPORT).toHaveProperty(name));

  test('imports only what the table grants', () => {
    const allowed = [...(MAY_IMPORT[name] ?? []), name].map((other) => `@capos/${other}`);
    const strangers = sources(join(ROOT, 'packages', name, 'src')).flatMap((file) =>
      packageImports(file)
        .filter((imported) => !allowed.includes(imported))
        .map((imported) => `${file} imports ${imported}`),
    );
    expect(strangers).toEqual([]);
  });

  test('is imported by no package through an app', () => {
    const manifest = JSON.parse(readFileSync(join(ROOT, 'packages', name, 'package.json'), 'utf8'));
    const declared = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(declared.filter((dependency) => dependency.startsWith('@capos/app-') || dependency === 'capos')).toEqual([]);
  });
});

test("only the kernel's arch folder imports the machine", () => {
  const outside = sources(join(ROOT, 'packages/kernel/src')).filter(
    (file) => !file.includes('/src/arch/') && packageImports(file).includes('@capos/x86-machine'),
  );
  expect(outside).toEqual([]);
});

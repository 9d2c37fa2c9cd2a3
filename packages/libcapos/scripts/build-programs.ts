// Builds guest programs through capos-cc itself, and writes each as a module.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { compilerArguments } from '../src/host-node/capos-cc.ts';
import type { Compiler } from '../src/host-node/compiler.ts';
import { runTool } from './build-library.ts';
import type { ProgramSource } from './program-list.ts';

/** Flags of every prebuilt program: small, and nothing in it but what runs. */
export const PROGRAM_FLAGS: readonly string[] = ['-std=c11', '-Os', '-Wall', '-Wextra', '-s'];

/** Compiles `program` to the file `target`; `warnings` as for `buildLibrary`. */
export function buildProgram(
  compiler: Compiler,
  program: ProgramSource,
  target: string,
  warnings: readonly string[] = ['-Werror'],
): void {
  mkdirSync(dirname(target), { recursive: true });
  const kind = program.flags.includes('--static-pie') ? 'static-pie' : 'static';
  const flags = program.flags.filter((flag) => flag !== '--static-pie');
  // The source's bare name, run from its folder: no path of this machine gets near the image.
  const forwarded = [...PROGRAM_FLAGS, ...warnings, ...flags, basename(program.source), '-o', target];
  runTool(compiler.command, compilerArguments(kind, forwarded), dirname(program.source));
}

/** `exit-code` → `exitCode`. */
export function exportName(name: string): string {
  return name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** The module that holds `bytes` as the program's image. */
export function moduleText(program: ProgramSource, bytes: Uint8Array): string {
  const base64 = Buffer.from(bytes).toString('base64');
  const tagline = /^\/\/ (.*)$/m.exec(readFileSync(program.source, 'utf8'))?.[1] ?? program.name;
  return [
    `// Generated from prebuilt/${program.name}.elf. Do not edit.`,
    `import { type NativeProgram, nativeProgram } from '${program.importPath}';`,
    '',
    `/** ${tagline} */`,
    `export const ${exportName(program.name)}: NativeProgram = /* @__PURE__ */ nativeProgram(`,
    `  '${program.name}',`,
    `  ${bytes.length},`,
    `  '${base64}',`,
    ');',
    '',
  ].join('\n');
}

/** Builds `program` into its prebuilt folder and writes its module. */
export function generateProgram(compiler: Compiler, program: ProgramSource): void {
  const target = join(program.prebuilt, `${program.name}.elf`);
  buildProgram(compiler, program, target);
  mkdirSync(program.modules, { recursive: true });
  writeFileSync(join(program.modules, `${program.name}.ts`), moduleText(program, readFileSync(target)));
}

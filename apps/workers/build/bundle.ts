// Bundles the page and the modules of its Workers, each a script of its own.
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

/** Writes everything into `folder`. */
export async function bundlePage(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await build({
    entryPoints: ['page', 'clock', 'client'].map((name) => join(import.meta.dirname, `../src/host-web/${name}.ts`)),
    outdir: folder,
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2023',
    minify: true,
    logLevel: 'warning',
  });
  await copyFile(join(import.meta.dirname, 'index.html'), join(folder, 'index.html'));
}

// Bundles the page: one script, one style sheet, one HTML file that any static web server can serve.
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

/** Writes the page into `folder` and answers the size of its script in bytes. */
export async function bundlePage(folder: string): Promise<number> {
  await mkdir(folder, { recursive: true });
  const result = await build({
    entryPoints: [join(import.meta.dirname, '../src/main.ts')],
    outdir: folder,
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2023',
    minify: true,
    sourcemap: true,
    metafile: true,
    logLevel: 'warning',
  });
  await copyFile(join(import.meta.dirname, 'index.html'), join(folder, 'index.html'));
  const script = Object.entries(result.metafile.outputs).find(([name]) => name.endsWith('.js'));
  return script?.[1].bytes ?? 0;
}

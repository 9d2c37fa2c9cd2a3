// Bundles the pages: a script and an HTML file each, one style sheet, that any static web server can serve.
import { existsSync } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

/** The static busybox of the host (Debian: busybox-static), whose nc the two systems run. */
export const BUSYBOX = '/bin/busybox';

/** Writes the pages into `folder` and answers the size in bytes of the first one's scripts, the page's own and its Worker's. */
export async function bundlePage(folder: string): Promise<number> {
  await mkdir(folder, { recursive: true });
  const result = await build({
    entryPoints: ['main', 'system-worker', 'two-systems', 'networked-worker'].map((name) =>
      join(import.meta.dirname, `../src/${name}.ts`),
    ),
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
  for (const page of ['index.html', 'two-systems.html'])
    await copyFile(join(import.meta.dirname, page), join(folder, page));
  if (existsSync(BUSYBOX)) await copyFile(BUSYBOX, join(folder, 'busybox'));
  return Object.entries(result.metafile.outputs)
    .filter(([name]) => /(main|system-worker)\.js$/.test(name))
    .reduce((sum, [, { bytes }]) => sum + bytes, 0);
}

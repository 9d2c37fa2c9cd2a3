// Go programs of guest/, built as static binaries.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Builds guest/NAME.go into `folder`; null where there is no go. @throws Error when it does not build */
export function buildGo(name: string, folder: string): string | null {
  const file = join(folder, name);
  const env = { ...process.env, CGO_ENABLED: '0', GOCACHE: join(folder, 'go-cache') };
  const { error, status, stderr } = spawnSync(
    'go',
    ['build', '-o', file, join(import.meta.dirname, `guest/${name}.go`)],
    { env },
  );
  if (error) return null;
  if (status !== 0) throw new Error(`go build ${name}: ${stderr}`);
  return file;
}

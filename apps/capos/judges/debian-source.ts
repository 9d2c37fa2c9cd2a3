// Debian's source packages, through apt and the mirrors that this machine is set up with.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Unavailable } from './judge.ts';
import type { JudgeCache } from './judge-cache.ts';

const SOURCES_FOLDER = '/etc/apt/sources.list.d';
const SOURCES_FILE = '/etc/apt/sources.list';

export interface DebianSource {
  readonly folder: string;
  readonly version: string;
}

/** Runs a program of the host; its complaint becomes the reason why the suite can't be had. */
export function hostTool(program: string, args: readonly string[], folder?: string): string {
  try {
    return execFileSync(program, [...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 64 * 2 ** 20,
      ...(folder === undefined ? {} : { cwd: folder }),
    });
  } catch (error) {
    const { code, stderr, message } = error as { code?: string; stderr?: string; message: string };
    if (code === 'ENOENT') throw new Unavailable(`${program} is not installed`);
    throw new Unavailable(`${program} ${args[0] ?? ''} failed: ${(stderr?.trim() || message).split('\n').at(-1)}`);
  }
}

/** The mirrors apt knows for binary packages, asked for sources: the same lines with another type. */
function sourceLists(): string {
  const parts: string[] = [];
  const files = existsSync(SOURCES_FOLDER) ? readdirSync(SOURCES_FOLDER).map((name) => join(SOURCES_FOLDER, name)) : [];
  for (const file of [SOURCES_FILE, ...files]) {
    if (!existsSync(file) || !/debian|sources\.list$/.test(file)) continue;
    const text = readFileSync(file, 'utf8');
    if (file.endsWith('.sources')) parts.push(text.replace(/^Types:.*$/gm, 'Types: deb-src'));
    // One-line style, as a stanza of the newer one.
    for (const [, uri, suite, components] of text.matchAll(/^deb (?:\[[^\]]*\] )?(\S*debian\S*) (\S+) (.+)$/gm))
      parts.push(`Types: deb-src\nURIs: ${uri}\nSuites: ${suite}\nComponents: ${components}\n`);
  }
  if (parts.length === 0) throw new Unavailable('apt has no Debian mirror set up here');
  return parts.join('\n');
}

/** The unpacked and patched source of a Debian package. */
export async function debianSource(cache: JudgeCache, name: string): Promise<DebianSource> {
  const folder = await cache.once(`source-${name}`, (made) => {
    const lists = join(cache.folder, 'apt-lists');
    mkdirSync(join(lists, 'partial'), { recursive: true });
    const sources = join(cache.folder, 'judges.sources');
    writeFileSync(sources, sourceLists());
    const apt = [`Dir::Etc::sourcelist=${sources}`, 'Dir::Etc::sourceparts=-', `Dir::State::lists=${lists}`];
    const options = apt.flatMap((option) => ['-o', option]);
    hostTool('apt-get', [...options, '-qq', 'update']);
    hostTool('apt-get', [...options, '-qq', 'source', '--download-only', name], made);
    const description = readdirSync(made).find((file) => file.endsWith('.dsc'));
    if (description === undefined) throw new Unavailable(`Debian has no source package ${name}`);
    hostTool('dpkg-source', ['--no-check', '-x', description, 'source'], made);
  });
  const description = readdirSync(folder).find((file) => file.endsWith('.dsc'))!;
  const version = /^Version: (.+)$/m.exec(readFileSync(join(folder, description), 'utf8'))![1]!;
  return { folder: join(folder, 'source'), version };
}

// A root folder of unpacked Debian packages: what dynamic programs need to be at home, nothing installed on the host.
import { globSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hostTool } from './debian-source.ts';
import type { JudgeCache } from './judge-cache.ts';

/** What every root has. */
const BASE = ['libc6', 'libc-bin', 'bash', 'dash', 'coreutils', 'diffutils', 'findutils', 'grep', 'sed', 'mawk'];

const DEPENDS = [
  'depends',
  '--recurse',
  '--no-recommends',
  '--no-suggests',
  '--no-conflicts',
  '--no-breaks',
  '--no-replaces',
  '--no-enhances',
];

/** The packages and all they depend on; of alternatives, all that exist. */
function withDependencies(names: readonly string[]): string[] {
  return [...new Set(hostTool('apt-cache', [...DEPENDS, ...names]).match(/^\w\S*$/gm))];
}

const USERS =
  'root:x:0:0:root:/root:/bin/bash\nbin:x:2:2:bin:/bin:/bin/false\nnobody:x:65534:65534:nobody:/:/bin/false\n';

/** The root with `extra` packages beside the base ones. */
export function debianRoot(cache: JudgeCache, name: string, extra: readonly string[] = []): Promise<string> {
  return cache.once(`debian-${name}`, (root) => {
    for (const folder of ['bin', 'sbin', 'lib', 'lib64']) {
      mkdirSync(join(root, 'usr', folder), { recursive: true });
      symlinkSync(`usr/${folder}`, join(root, folder));
    }
    for (const folder of ['etc', 'tmp', 'root', 'dev', 'proc', 'judged', 'var', 'downloaded'])
      mkdirSync(join(root, folder));
    hostTool('apt-get', ['-qq', 'download', ...withDependencies([...BASE, ...extra])], join(root, 'downloaded'));
    for (const archive of globSync('downloaded/*.deb', { cwd: root }))
      hostTool('sh', ['-c', 'dpkg-deb --fsys-tarfile "$0" | tar -x --keep-directory-symlink', archive], root);
    writeFileSync(join(root, 'etc/passwd'), USERS);
    writeFileSync(join(root, 'etc/group'), 'root:x:0:\nbin:x:2:\nnogroup:x:65534:\n');
    writeFileSync(join(root, 'etc/nsswitch.conf'), 'passwd: files\ngroup: files\nhosts: files\n');
    writeFileSync(join(root, 'etc/hosts'), '127.0.0.1 localhost\n');
    hostTool(
      'sh',
      ['-c', 'rm -rf downloaded; [ -e usr/bin/sh ] || ln -s dash usr/bin/sh; ln -sf mawk usr/bin/awk'],
      root,
    );
  });
}

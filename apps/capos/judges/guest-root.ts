// The root a judged program sees: a static busybox as /bin, the users file that suites look names up in, an empty /tmp.
import { copyFileSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Mount } from '../src/mount-option.ts';
import { hostTool } from './debian-source.ts';
import { Unavailable } from './judge.ts';
import type { JudgeCache } from './judge-cache.ts';

const BUSYBOX = ['/bin/busybox', '/usr/bin/busybox'];

/** A statically linked busybox of the host (Debian: busybox-static). */
export function staticBusybox(): string {
  const path = BUSYBOX.find((candidate) => existsSync(candidate));
  if (path === undefined) throw new Unavailable('there is no busybox; Debian calls the static one busybox-static');
  return path;
}

export async function guestRoot(cache: JudgeCache): Promise<string> {
  const busybox = staticBusybox();
  return cache.once('guest-root', (folder) => {
    for (const name of ['bin', 'etc', 'tmp', 'root', 'usr', 'dev', 'proc', 'judged', 'goroot/src'])
      mkdirSync(join(folder, name), { recursive: true });
    copyFileSync(busybox, join(folder, 'bin/busybox'));
    for (const applet of hostTool(busybox, ['--list']).trim().split('\n'))
      if (applet !== 'busybox') symlinkSync('busybox', join(folder, 'bin', applet));
    symlinkSync('../bin', join(folder, 'usr/bin'));
    writeFileSync(
      join(folder, 'etc/passwd'),
      'root:x:0:0:root:/root:/bin/sh\nbin:x:2:2:bin:/bin:/bin/false\nnobody:x:65534:65534:nobody:/:/bin/false\n',
    );
    writeFileSync(join(folder, 'etc/group'), 'root:x:0:\nbin:x:2:\nnogroup:x:65534:\n');
    writeFileSync(join(folder, 'etc/nsswitch.conf'), 'passwd: files\ngroup: files\nhosts: files\n');
    writeFileSync(join(folder, 'etc/hosts'), '127.0.0.1 localhost\n');
  });
}

/** The root, read-only, with a run's own folder at /tmp. */
export function rootWithScratch(root: string, scratch: string): Mount[] {
  return [
    { guest: '/', host: root, readOnly: true },
    { guest: '/tmp', host: scratch, readOnly: false },
  ];
}

// Programs as Debian ships them, doing real work: what they print inside is what they print on Linux, byte for byte, and they
// end with 0. Nothing of them is compiled for this.
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { debianRoot } from '../debian-root.ts';
import { hostTool } from '../debian-source.ts';
import { rootWithScratch, staticBusybox } from '../guest-root.ts';
import type { Judge, JudgeUnit } from '../judge.ts';
import { sameOutput } from '../same-output.ts';

const TIMEOUT_SECONDS = 300;

const PACKAGES = [
  'tcc',
  'libc6-dev',
  'lua5.4',
  'duktape',
  'tcl8.6',
  'python3',
  'perl',
  'sqlite3',
  'zsh-static',
  'sash',
  'gawk',
  'ripgrep',
  'jq',
  'git',
  'xz-utils',
  'bzip2',
  'tar',
  'bc',
  'ed',
];

/** What each does, as a script of the shell named; `words` is a file of 20,000 made-up lines beside it. */
const WORKLOADS: readonly { readonly name: string; readonly shell: string; readonly script: string }[] = [
  {
    name: 'tcc compiles and runs',
    shell: 'dash',
    script: `cat > sieve.c <<'C'
#include <stdio.h>
int main(void) { static char c[100000]; int n = 0; for (int i = 2; i < 100000; i++) if (!c[i]) { n++; for (long j = (long)i * i; j < 100000; j += i) c[j] = 1; } printf("%d primes, %.6f\\n", n, n / 3.0); return 0; }
C
tcc -o sieve sieve.c && ./sieve && tcc -run sieve.c`,
  },
  {
    name: 'lua sorts and formats',
    shell: 'dash',
    script: `lua5.4 -e 'local t = {} for line in io.lines("words") do t[#t + 1] = line end table.sort(t) for i = 1, #t, 997 do print(i, t[i], #t[i] / 7, string.format("%q", t[i])) end'`,
  },
  {
    name: 'duktape runs JavaScript',
    shell: 'dash',
    script: `cat > work.js <<'J'
var seen = {}; for (var i = 0; i < 20000; i++) { var k = (i * 7919) % 1009; seen[k] = (seen[k] || 0) + Math.sqrt(i); }
print(JSON.stringify(Object.keys(seen).slice(0, 50).map(function (k) { return [k, seen[k].toFixed(9)]; })));
J
duk work.js`,
  },
  {
    name: 'tcl makes big numbers',
    shell: 'dash',
    script: `echo 'set f 1; for {set i 1} {$i < 300} {incr i} {set f [expr {$f * $i}]}; puts $f; puts [format %.12f [expr {atan2(1, 3)}]]' | tclsh8.6`,
  },
  {
    name: 'python hashes, sorts, and starts a process',
    shell: 'dash',
    script: `python3 -c '
import hashlib, json, re, subprocess, threading
lines = open("words").read().split("\\n")
print(hashlib.sha256("".join(sorted(lines)).encode()).hexdigest())
print(json.dumps({w: len(re.findall("[aeiou]", w)) for w in lines[:40]}, sort_keys=True))
total = []
threads = [threading.Thread(target=lambda n=n: total.append(sum(range(n * 1000)))) for n in range(8)]
[t.start() for t in threads]; [t.join() for t in threads]
print(sorted(total), subprocess.run(["wc", "-l", "words"], capture_output=True, text=True).stdout)
'`,
  },
  {
    name: 'perl counts and pipes',
    shell: 'dash',
    script: `perl -ne 'chomp; $n{substr($_, 0, 2)}++; END { printf "%s %d %.4f\\n", $_, $n{$_}, log($n{$_}) for sort keys %n; open my $p, "-|", "sort -r words | head -3"; print while <$p> }' words`,
  },
  {
    name: 'sqlite keeps a database in a write-ahead log',
    shell: 'dash',
    script: `sqlite3 data.db <<'S'
PRAGMA journal_mode=WAL;
CREATE TABLE w(id INTEGER PRIMARY KEY, word TEXT, size INT);
CREATE TABLE raw(line TEXT);
.import words raw
INSERT INTO w(word, size) SELECT line, length(line) FROM raw;
CREATE INDEX bysize ON w(size, word);
SELECT size, count(*), min(word), max(word) FROM w GROUP BY size;
BEGIN; DELETE FROM w WHERE id % 3 = 0; ROLLBACK;
UPDATE w SET size = size * 2 WHERE id % 5 = 0;
SELECT sum(size), avg(size) FROM w;
PRAGMA integrity_check;
S`,
  },
  {
    name: 'dash loops and pipes',
    shell: 'dash',
    script: `i=0; while [ $i -lt 200 ]; do i=$((i + 1)); echo "$i $((i * i))"; done | while read a b; do [ $((b % 7)) -eq 0 ] && echo $a; done | tr '\\n' ' '; (exit 3); echo $?; trap 'echo bye' EXIT; kill -0 $$ && echo alive`,
  },
  {
    name: 'busybox applets in a pipeline',
    shell: 'busybox',
    script: `busybox sort words | busybox uniq -c | busybox sort -rn | busybox head -5; busybox sha512sum words; busybox tar cz words | busybox tar tz; busybox awk '{ n += length($0) } END { print n }' words; busybox sed -n '/ab/{s//[&]/gp}' words | busybox tail -3`,
  },
  {
    name: 'bash arrays, substitutions and jobs',
    shell: 'bash',
    script: `declare -A count; while read -r line; do ((count[\${line:0:1}]++)); done < words; for k in $(printf '%s\\n' "\${!count[@]}" | sort); do echo "$k \${count[$k]}"; done; for i in 1 2 3; do (sleep 0.0$i; echo job $i) & done; wait; diff <(head -5 words) <(sed 5q words) && echo same; printf '%(%Y)T\\n' 0; echo "\${BASH_VERSINFO[0]}"`,
  },
  {
    name: 'zsh, static, forks and globs',
    shell: 'zsh-static',
    script: `setopt extendedglob; touch a{1..5}.t; print -l *.t(On); typeset -A h; h=(one 1 two 2); print \${(ok)h} \${(ov)h}; for x in {1..5}; do print $(print -n $x | wc -c); done; print \${(l:8::0:)42}`,
  },
  {
    name: 'sash does with its own commands',
    shell: 'sash',
    script: `-mkdir made\n-cp words made/copy\n-ls made\n-cmp words made/copy\n-mv made/copy made/moved\n-ls made\n-rm made/moved\n-rmdir made\n-echo done`,
  },
  {
    name: 'coreutils over a tree',
    shell: 'dash',
    script: `mkdir -p tree/a/b tree/c; split -l 4000 words tree/a/part; cp -a tree/a tree/c/; ln -s ../a tree/c/link; chmod 640 tree/a/partaa; touch -d '2020-02-02 UTC' tree/a/*; ls -lR --time-style=+%s tree | awk '{ print $1, $5, $NF }'; du -a --apparent-size tree/a | sort -k2; sort -R --random-source=words words | md5sum; seq 1000 | factor | tail -3; comm -12 words words | wc; shuf -i 1-10 --random-source=words | paste -s -d,; stat -c '%n %s %a %F' tree/a/*; sha1sum tree/a/*; date -u -d @86400 +%FT%T`,
  },
  {
    name: 'gawk computes',
    shell: 'dash',
    script: `gawk '{ split($0, c, ""); for (i in c) n[c[i]]++ } END { PROCINFO["sorted_in"] = "@ind_str_asc"; for (k in n) printf "%s %d %.10g\\n", k, n[k], sin(n[k]) }' words`,
  },
  {
    name: 'find, grep and sed over files',
    shell: 'dash',
    script: `mkdir d; split -l 500 words d/; find d -type f -size +3k | sort; grep -rc 'ee' d | sort | head; grep -E '^(.)(.).*\\2\\1$' words | head -20; sed -E 's/(.)(.)/\\2\\1/g; y/aeiou/AEIOU/' words | tail -5; find d -name 'a[a-c]' -exec wc -c {} + | sort`,
  },
  { name: 'a Go program with goroutines', shell: 'dash', script: '/judged/go-program' },
  {
    name: 'ripgrep (Rust) searches with threads',
    shell: 'dash',
    script: `mkdir d; split -l 1000 words d/; rg --sort path -c 'oo|ee' d; rg -j4 --no-heading 'q[^u]' d | sort | head -20; rg --json abc d | wc -l > /dev/null; rg -o --no-filename '[aeiou]{3,}' d | sort | uniq -c | sort -rn | head -5`,
  },
  {
    name: 'jq transforms',
    shell: 'dash',
    script: `jq -R -s 'split("\\n") | map(select(length > 0)) | group_by(.[0:1]) | map({key: .[0][0:1], value: (map(length) | add / length)}) | from_entries' words; jq -n '[range(1000)] | map(. * 1.5) | add, (limit(3; .[]))'`,
  },
  {
    name: 'git makes history',
    shell: 'dash',
    script: `export HOME=/tmp GIT_AUTHOR_DATE='2020-01-01T00:00:00Z' GIT_COMMITTER_DATE='2020-01-01T00:00:00Z' GIT_AUTHOR_NAME=A GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=A GIT_COMMITTER_EMAIL=a@b
git init -q -b main r && cd r && cp ../words . && git add . && git commit -q -m one && sed -i 5,50d words && git commit -qam two && git log --stat --format='%H %s' && git checkout -q -b side HEAD~1 && echo more >> words && git commit -qam three && git merge -q -m merged main && git log --graph --oneline --all && git fsck && git gc -q && git diff --stat HEAD~1 && git archive HEAD | tar t && git blame words | tail -2`,
  },
  {
    name: 'tar, xz, bzip2 and gzip there and back',
    shell: 'dash',
    script: `tar -c --owner=0 --group=0 --mtime=@0 words | tee all.tar | sha256sum; xz -k -T1 all.tar && xz -dc all.tar.xz | cmp - all.tar && stat -c %s all.tar.xz; bzip2 -k all.tar && sha256sum all.tar.bz2; gzip -nk all.tar && gzip -dc all.tar.gz | sha256sum; tar -xvf all.tar -O | tail -1`,
  },
  { name: 'bc computes pi', shell: 'dash', script: `echo 'scale=150; 4*a(1); sqrt(2); 2^200' | bc -l` },
  {
    name: 'ed edits',
    shell: 'dash',
    script: `ed -s words <<'E'
1,5p
/ab/s//XX/
.p
$a
the end
.
w out
q
E
tail -2 out; wc out`,
  },
];

const GO_PROGRAM = `package main

import (
	"crypto/sha256"
	"fmt"
	"os"
	"sort"
	"strings"
	"sync"
)

func main() {
	text, err := os.ReadFile("words")
	if err != nil { panic(err) }
	lines := strings.Split(string(text), "\\n")
	var wait sync.WaitGroup
	sums := make(chan string, len(lines)/100+1)
	for start := 0; start < len(lines); start += 100 {
		wait.Add(1)
		go func(start int) {
			defer wait.Done()
			end := start + 100
			if end > len(lines) { end = len(lines) }
			sums <- fmt.Sprintf("%x", sha256.Sum256([]byte(strings.Join(lines[start:end], "|"))))
		}(start)
	}
	wait.Wait()
	close(sums)
	var all []string
	for sum := range sums { all = append(all, sum) }
	sort.Strings(all)
	fmt.Println(len(all), all[0], all[len(all)-1])
}
`;

/** Lines that look like words, the same every time. */
function words(): string {
  let state = 42;
  const draw = (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const letters = 'etaoinshrdlucmfwypvbgkqjxz';
  const line = (): string => Array.from({ length: 3 + draw(9) }, () => letters[Math.min(draw(26), draw(26))]).join('');
  return `${Array.from({ length: 20_000 }, line).join('\n')}\n`;
}

export const guestWorkloads: Judge = {
  name: 'workloads',
  title: 'Guest workloads',
  async load(cache) {
    const root = await debianRoot(cache, 'workloads', PACKAGES);
    const own = await cache.once('workload-files', (folder) => {
      writeFileSync(join(folder, 'words'), words());
      copyFileSync(staticBusybox(), join(folder, 'busybox'));
      writeFileSync(join(folder, 'program.go'), GO_PROGRAM);
      hostTool('go', ['version']);
      const environment = { ...process.env, CGO_ENABLED: '0', GOFLAGS: '', GOCACHE: join(cache.folder, 'go-build') };
      execFileSync('go', ['build', '-o', 'go-program', 'program.go'], {
        cwd: folder,
        env: environment,
        stdio: 'ignore',
      });
    });
    const units = WORKLOADS.map(({ name, shell, script }): JudgeUnit => {
      const program = shell === 'busybox' ? join(own, 'busybox') : findIn(root, shell);
      return {
        name,
        run(scratch) {
          mkdirSync(join(scratch, 'home'));
          copyFileSync(join(own, 'words'), join(scratch, 'words'));
          writeFileSync(join(scratch, 'script'), `${script}\n`);
          return {
            program,
            path: shell === 'busybox' ? '/judged/busybox' : `/usr/bin/${shell}`,
            arguments: shell === 'busybox' ? ['sh', 'script'] : shell === 'sash' ? ['-f', 'script'] : ['script'],
            environment: ['PATH=/judged:/usr/bin:/bin', 'HOME=/tmp/home', 'TMPDIR=/tmp', 'LC_ALL=C', 'TZ=UTC'],
            workingDirectory: '/tmp',
            mounts: [...rootWithScratch(root, scratch), { guest: '/judged', host: own, readOnly: true }],
            timeoutSeconds: TIMEOUT_SECONDS,
            memoryMiB: 1024,
          };
        },
        verdicts: sameOutput(name),
      };
    });
    const release = /^VERSION="?([^"\n]+)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? '';
    return { version: `Debian ${release}`, units };
  },
};

function findIn(root: string, name: string): string {
  const folders = ['usr/bin', 'bin'].map((folder) => join(root, folder, name));
  return folders.find((path) => existsSync(path)) ?? folders[0]!;
}

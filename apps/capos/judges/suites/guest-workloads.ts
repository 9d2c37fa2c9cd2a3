// The 22 guest workloads: programs of musl, glibc, Go and Rust at real work. What they print inside is what they print on Linux,
// byte for byte, and they end with 0.
//
// As their publishers ship them where Debian or npm has a binary; built from its source where there is only that. Where neither
// has it, or a compiler is missing, the workload is told as not run.
import { debianRoot } from '../debian-root.ts';
import { type Judge, type JudgeUnit, Unavailable } from '../judge.ts';
import { debianRelease, type Script, scriptUnit, TOOLS, words } from './script-unit.ts';
import { type Builder, biome, busyboxWithMusl, esbuild, goProgram, quickjs, rustProgram } from './workload-programs.ts';
import { GO_GOROUTINES, GO_HELLO, GO_HTTP, RUST_HELLO, RUST_THREADS } from './workload-sources.ts';

const PACKAGES = [
  'tcc',
  'libc6-dev',
  'lua5.4',
  'python3',
  'sqlite3',
  'redis-server',
  'redis-tools',
  'dash',
  'busybox-static',
  'bash-static',
  'zsh-static',
  'sash',
];

/** `tools`: makes the folder mounted at TOOLS; without it the interpreter is of the root. */
type Workload = Script & { readonly tools?: Builder };

const DASH = ['/usr/bin/dash'];

const WORKLOADS: readonly Workload[] = [
  {
    name: 'tcc',
    interpreter: DASH,
    script: `cat > sieve.c <<'C'
#include <stdio.h>
int main(void) { static char c[100000]; int n = 0; for (int i = 2; i < 100000; i++) if (!c[i]) { n++; for (long j = (long)i * i; j < 100000; j += i) c[j] = 1; } printf("%d primes, %.6f\\n", n, n / 3.0); return 0; }
C
tcc -o sieve sieve.c && ./sieve && tcc -run sieve.c`,
  },
  {
    name: 'redis-cli',
    interpreter: DASH,
    network: 'loopback',
    script: `redis-server --port 7379 --save '' --dir /tmp --logfile /dev/null &
until redis-cli -p 7379 ping; do sleep 0.1; done 2>/dev/null | grep PONG
awk '{ printf "SET w:%d %s\\r\\n", NR, $0 }' words | redis-cli -p 7379 --pipe
echo 'get w:7
incr n
lpush l a b c
lrange l 0 -1
hset h one 1 two 2
hgetall h
type h
nonsense
get missing' | redis-cli -p 7379
redis-cli -p 7379 --csv mget w:1 w:2 missing
redis-cli -p 7379 --scan --pattern 'w:1999?' | sort
redis-cli -p 7379 -r 3 incr n
redis-cli -p 7379 dbsize
redis-cli -p 7379 shutdown nosave
wait`,
  },
  {
    name: 'lua',
    interpreter: DASH,
    script: `lua5.4 -e 'local t = {} for line in io.lines("words") do t[#t + 1] = line end table.sort(t) for i = 1, #t, 997 do print(i, t[i], #t[i] / 7, string.format("%q", t[i])) end'`,
  },
  {
    name: 'Go hello',
    interpreter: DASH,
    tools: goProgram('go-hello', GO_HELLO),
    script: `${TOOLS}/program one 'two three'`,
  },
  {
    name: 'Rust hello',
    interpreter: DASH,
    tools: rustProgram('rust-hello', RUST_HELLO),
    script: `${TOOLS}/program one 'two three'`,
  },
  {
    name: 'quickjs',
    interpreter: DASH,
    tools: quickjs,
    script: `cat > work.js <<'J'
const seen = new Map();
for (let i = 0; i < 20000; i++) { const k = (i * 7919) % 1009; seen.set(k, (seen.get(k) ?? 0) + Math.sqrt(i)); }
console.log(JSON.stringify([...seen].slice(0, 50).map(([k, v]) => [k, v.toFixed(9)])));
console.log((2n ** 400n % 1000000007n).toString(), [..."λµ🙂"].length, "aXbX".replaceAll("X", "-"), /(?<y>\\d{4})/.exec("in 1999").groups.y);
function* fib() { let [a, b] = [0, 1]; for (;;) { yield a; [a, b] = [b, a + b]; } }
for (const n of fib()) { if (n > 1000) break; console.log(n); }
const text = std.loadFile("words").split("\\n");
console.log(text.length, [...text].sort()[500], new Date(0).toISOString(), 0.1 + 0.2, 1e21, -1.5e-7);
os.setTimeout(() => console.log("later"), 5);
Promise.resolve(1).then((n) => console.log("then", n));
J
${TOOLS}/qjs --std work.js
cat > parent.js <<'J'
import * as os from "os";
const worker = new os.Worker("./child.js");
worker.onmessage = ({ data }) => { console.log("sum", data); worker.onmessage = null; };
worker.postMessage(Array.from({ length: 1000 }, (_, i) => i));
J
cat > child.js <<'J'
import * as os from "os";
const parent = os.Worker.parent;
parent.onmessage = ({ data }) => { parent.postMessage(data.reduce((a, b) => a + b)); parent.onmessage = null; };
J
${TOOLS}/qjs --module parent.js`,
  },
  {
    name: 'Rust threads',
    interpreter: DASH,
    tools: rustProgram('rust-threads', RUST_THREADS),
    script: `${TOOLS}/program`,
  },
  {
    name: 'CPython',
    interpreter: DASH,
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
    name: 'Go net/http',
    interpreter: DASH,
    network: 'loopback',
    tools: goProgram('go-http', GO_HTTP),
    script: `${TOOLS}/program`,
  },
  {
    name: 'Go goroutines',
    interpreter: DASH,
    tools: goProgram('go-goroutines', GO_GOROUTINES),
    script: `${TOOLS}/program`,
  },
  {
    name: 'esbuild',
    interpreter: DASH,
    tools: esbuild,
    script: `cat > a.ts <<'J'
import { sum, type Pair } from './b.ts';
const pairs: Pair[] = [[1, 2], [3, 4]];
export const total = pairs.map((pair) => sum(...pair)).reduce((a, b) => a + b);
console.log(\`total \${total}\`);
J
cat > b.ts <<'J'
export type Pair = [number, number];
export const unused = 'left out';
export const sum = (a: number, b: number): number => a + b;
J
${TOOLS}/bin/esbuild a.ts --bundle --minify --sourcemap --target=es2020 --outfile=out/a.js --metafile=out/meta.json --log-level=warning
${TOOLS}/bin/esbuild a.ts --bundle --format=cjs
cat out/a.js out/a.js.map out/meta.json; ${TOOLS}/bin/esbuild --loader=ts < b.ts; echo 'let x = ;' | ${TOOLS}/bin/esbuild 2>&1; echo $?`,
  },
  {
    name: 'biome',
    interpreter: DASH,
    tools: biome,
    settle: (output) => output.replace(/\d+(\.\d+)? ?(µs|ms|s)\b/g, 'T').replace(/\d+(\.\d+)? ?\xc2\xb5s\b/g, 'T'),
    script: `cat > a.ts <<'J'
var   x = [1,2,
3]; export   function f( a:number,b?:string ){ if(a==1){ return b } else { debugger; return x.map(y=>{ return y+1 }) } }
J
cat > biome.json <<'J'
{ "formatter": { "lineWidth": 60, "indentStyle": "space" }, "linter": { "rules": { "recommended": true } } }
J
${TOOLS}/biome --version
${TOOLS}/biome format --stdin-file-path=a.ts < a.ts
${TOOLS}/biome check --colors=off a.ts biome.json 2>&1; echo $?
${TOOLS}/biome check --write --unsafe a.ts 2>&1; cat a.ts`,
  },
  {
    name: 'sqlite',
    interpreter: DASH,
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
    name: 'redis',
    interpreter: DASH,
    script: `serve() { redis-server --port 0 --unixsocket /tmp/r.sock --dir /tmp --save '' --appendonly yes --enable-debug-command yes --logfile /dev/null & server=$!; until [ "$(cli ping 2>/dev/null)" = PONG ]; do sleep 0.1; done; }
cli() { redis-cli -s /tmp/r.sock "$@"; }
serve
cli eval 'for i = 1, 5000 do redis.call("zadd", "z", i * 7919 % 1009, "m" .. i) redis.call("sadd", "s" .. i % 7, i) end return redis.call("zcard", "z")' 0
cli zrange z 0 9 withscores; cli zrangebyscore z 100 103 limit 0 5; cli sinter s1 s1 | sort -n | head -5
printf 'multi\\nset a 1\\nincr a\\nhset h f v\\nexec\\n' | cli
cli pfadd p a b c d a; cli pfcount p; cli setrange t 5 abc; cli bitcount t; cli xadd x 1-1 k v; cli xrange x - +
cli sort s3 limit 0 5 desc; cli object encoding z; cli geoadd g 13.361389 38.115556 Palermo 15.087269 37.502669 Catania; cli geodist g Palermo Catania km
cli debug digest; cli bgsave; until cli info persistence | grep rdb_bgsave_in_progress:0; do sleep 0.1; done | tail -1
cli info persistence | grep rdb_last_bgsave_status; cli shutdown; wait $server; echo $?
redis-check-rdb dump.rdb | grep -E 'keys read|looks good|expires'
serve
cli debug digest; cli dbsize; cli flushall; cli shutdown; wait $server; echo $?`,
  },
  {
    name: 'dash',
    interpreter: DASH,
    script: `i=0; while [ $i -lt 200 ]; do i=$((i + 1)); echo "$i $((i * i))"; done | while read a b; do [ $((b % 7)) -eq 0 ] && echo $a; done | tr '\\n' ' '; (exit 3); echo $?; trap 'echo bye' EXIT; kill -0 $$ && echo alive`,
  },
  {
    name: 'busybox (glibc)',
    interpreter: ['/usr/bin/busybox', 'sh'],
    script: `busybox sort words | busybox uniq -c | busybox sort -rn | busybox head -5; busybox sha512sum words; busybox tar cz words | busybox tar tz; busybox awk '{ n += length($0) } END { print n }' words; busybox sed -n '/ab/{s//[&]/gp}' words | busybox tail -3`,
  },
  {
    name: 'sash',
    interpreter: ['/usr/bin/sash', '-f'],
    script: `-mkdir made\n-cp words made/copy\n-ls made\n-cmp words made/copy\n-mv made/copy made/moved\n-ls made\n-rm made/moved\n-rmdir made\n-echo done`,
  },
  {
    name: 'bash',
    interpreter: ['/usr/bin/bash-static'],
    script: `declare -A count; while read -r line; do ((count[\${line:0:1}]++)); done < words; for k in $(printf '%s\\n' "\${!count[@]}" | sort); do echo "$k \${count[$k]}"; done; for i in 1 2 3; do (sleep 0.0$i; echo job $i > job.$i) & done; wait; cat job.*; diff <(head -5 words) <(sed 5q words) && echo same; printf '%(%Y)T\\n' 0; echo "\${BASH_VERSINFO[0]}"`,
  },
  {
    name: 'zsh',
    interpreter: ['/usr/bin/zsh-static'],
    script: `setopt extendedglob; touch a{1..5}.t; print -l *.t(On); typeset -A h; h=(one 1 two 2); print \${(ok)h} \${(ov)h}; for x in {1..5}; do print $(print -n $x | wc -c); done; print \${(l:8::0:)42}`,
  },
  {
    name: 'busybox (musl, all applets)',
    interpreter: [`${TOOLS}/busybox`, 'sh'],
    tools: busyboxWithMusl,
    script: `alias b=${TOOLS}/busybox
b --list | b wc -l
b sort words | b uniq -c | b sort -rn | b head -5; b md5sum words; b sha3sum words; b cksum words
b gzip -k words; b zcat words.gz | b cmp - words && b echo same; b bzip2 -k words; b bunzip2 -c words.bz2 | b sha1sum
b tar c words | b xxd | b head -2 | b cut -c1-40; b tar cJ words 2>/dev/null || b echo 'no xz'
b find . -name 'words*' | b sort; b stat -c '%n %s' words*; b awk 'BEGIN { printf "%.10g %s\\n", exp(1), substr("hello", 2, 3) }'
b seq 10 | b paste -s -d + | b bc; b dc -e '2 100 ^ p'; b factor 1234567890; b printf '%5.2f|%-6s|%x\\n' 3.14159 ab 255
b sed -n '1~4000p' words; b tac words | b head -2; b rev words | b tail -1; b grep -c 'q' words; b od -c words | b head -2; b base64 words | b tail -1
b cal 9 1752; b date -u -d @1000000000; b expr 6 '*' 7; b diff words words && b echo alike; b sh -c 'for i in 1 2 3; do (b() { :; }; echo $i) & wait; done'
b nl words | b tail -1; b fold -w 20 words | b wc; b strings /proc/self/exe | b wc -l >/dev/null; b ls -l words | b awk '{ print $1, $5 }'; b dd if=words bs=1k count=3 2>/dev/null | b wc -c`,
  },
  {
    name: 'coreutils',
    interpreter: DASH,
    script: `mkdir -p tree/a/b tree/c; split -l 4000 words tree/a/part; cp -a tree/a tree/c/; ln -s ../a tree/c/link; chmod 640 tree/a/partaa; touch -d '2020-02-02 UTC' tree/a/*; ls -lR --time-style=+%s tree | awk '{ print $1, $5, $NF }'; du -a --apparent-size tree/a | sort -k2; sort -R --random-source=words words | md5sum; seq 1000 | factor | tail -3; comm -12 words words | wc; shuf -i 1-10 --random-source=words | paste -s -d,; stat -c '%n %s %a %F' tree/a/*; sha1sum tree/a/*; date -u -d @86400 +%FT%T`,
  },
];

/** In neither of the registries. */
const NOT_PUBLISHED = new Map([['micropython', 'neither Debian 12 nor npm has it for Linux']]);

export const guestWorkloads: Judge = {
  name: 'workloads',
  title: 'Guest workloads',
  async load(cache) {
    const root = await debianRoot(cache, 'workloads-22', PACKAGES);
    const own = await words(cache);
    const units: JudgeUnit[] = [];
    const missing = [...NOT_PUBLISHED].map(([name, reason]) => `${name}: ${reason}`);
    for (const workload of WORKLOADS) {
      try {
        units.push(scriptUnit(workload, root, (await workload.tools?.(cache)) ?? own));
      } catch (error) {
        if (!(error instanceof Unavailable)) throw error;
        missing.push(`${workload.name}: ${error.message}`);
      }
    }
    return { version: debianRelease(), units, missing };
  },
};

// More of Debian's programs at real work, beside the 22 workloads: the same bytes as on Linux, and a clean end.
//
// Each runs as programs do, and once more with code translated almost at once, so that much more of it is.
import { debianRoot } from '../debian-root.ts';
import type { Judge } from '../judge.ts';
import { LANGUAGE_PACKAGES, LANGUAGE_SCRIPTS } from './language-scripts.ts';
import { debianRelease, type Script, scriptUnit, words } from './script-unit.ts';

const PACKAGES = [
  'duktape',
  'tcl8.6',
  'perl',
  'gawk',
  'ripgrep',
  'jq',
  'git',
  'xz-utils',
  'bzip2',
  'tar',
  'bc',
  'ed',
  'dash',
  ...LANGUAGE_PACKAGES,
];

/** How often a block is entered before it is translated in the second run of each. */
const SOON = 20;

/** All are scripts of dash. */
const SCRIPTS: readonly Omit<Script, 'interpreter'>[] = [
  {
    name: 'duktape runs JavaScript',
    script: `cat > work.js <<'J'
var seen = {}; for (var i = 0; i < 20000; i++) { var k = (i * 7919) % 1009; seen[k] = (seen[k] || 0) + Math.sqrt(i); }
print(JSON.stringify(Object.keys(seen).slice(0, 50).map(function (k) { return [k, seen[k].toFixed(9)]; })));
J
duk work.js`,
  },
  {
    name: 'tcl makes big numbers',
    script: `echo 'set f 1; for {set i 1} {$i < 300} {incr i} {set f [expr {$f * $i}]}; puts $f; puts [format %.12f [expr {atan2(1, 3)}]]' | tclsh8.6`,
  },
  {
    name: 'perl counts and pipes',
    script: `perl -ne 'chomp; $n{substr($_, 0, 2)}++; END { printf "%s %d %.4f\\n", $_, $n{$_}, log($n{$_}) for sort keys %n; open my $p, "-|", "sort -r words | head -3"; print while <$p> }' words`,
  },
  {
    name: 'gawk computes',
    script: `gawk '{ split($0, c, ""); for (i in c) n[c[i]]++ } END { PROCINFO["sorted_in"] = "@ind_str_asc"; for (k in n) printf "%s %d %.10g\\n", k, n[k], sin(n[k]) }' words`,
  },
  {
    name: 'find, grep and sed over files',
    script: `mkdir d; split -l 500 words d/; find d -type f -size +3k | sort; grep -rc 'ee' d | sort | head; grep -E '^(.)(.).*\\2\\1$' words | head -20; sed -E 's/(.)(.)/\\2\\1/g; y/aeiou/AEIOU/' words | tail -5; find d -name 'a[a-c]' -exec wc -c {} + | sort`,
  },
  {
    name: 'ripgrep (Rust) searches with threads',
    script: `mkdir d; split -l 1000 words d/; rg --sort path -c 'oo|ee' d; rg -j4 --no-heading 'q[^u]' d | sort | head -20; rg --json abc d | wc -l > /dev/null; rg -o --no-filename '[aeiou]{3,}' d | sort | uniq -c | sort -rn | head -5`,
  },
  {
    name: 'jq transforms',
    script: `jq -R -s 'split("\\n") | map(select(length > 0)) | group_by(.[0:1]) | map({key: .[0][0:1], value: (map(length) | add / length)}) | from_entries' words; jq -n '[range(1000)] | map(. * 1.5) | add, (limit(3; .[]))'`,
  },
  {
    name: 'git makes history',
    script: `export HOME=/tmp GIT_AUTHOR_DATE='2020-01-01T00:00:00Z' GIT_COMMITTER_DATE='2020-01-01T00:00:00Z' GIT_AUTHOR_NAME=A GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=A GIT_COMMITTER_EMAIL=a@b
git init -q -b main r && cd r && cp ../words . && git add . && git commit -q -m one && sed -i 5,50d words && git commit -qam two && git log --stat --format='%H %s' && git checkout -q -b side HEAD~1 && echo more >> words && git commit -qam three && git merge -q -m merged main && git log --graph --oneline --all && git fsck && git gc -q && git diff --stat HEAD~1 && git archive HEAD | tar t && git blame words | tail -2`,
  },
  {
    name: 'tar, xz, bzip2 and gzip there and back',
    script: `tar -c --owner=0 --group=0 --mtime=@0 words | tee all.tar | sha256sum; xz -k -T1 all.tar && xz -dc all.tar.xz | cmp - all.tar && stat -c %s all.tar.xz; bzip2 -k all.tar && sha256sum all.tar.bz2; gzip -nk all.tar && gzip -dc all.tar.gz | sha256sum; tar -xvf all.tar -O | tail -1`,
  },
  { name: 'bc computes pi', script: `echo 'scale=150; 4*a(1); sqrt(2); 2^200' | bc -l` },
  {
    name: 'ed edits',
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

export const debianPrograms: Judge = {
  name: 'programs',
  title: "Debian's programs",
  async load(cache) {
    const root = await debianRoot(cache, 'programs', PACKAGES);
    const own = await words(cache);
    const units = [...SCRIPTS, ...LANGUAGE_SCRIPTS].flatMap((script) => {
      const { name } = script;
      const usual = { ...script, interpreter: ['/usr/bin/dash'] };
      const soon = { ...usual, name: `${name}, translated soon`, translateAfter: SOON };
      return [usual, soon].map((one) => scriptUnit(one, root, own));
    });
    return { version: debianRelease(), units };
  },
};

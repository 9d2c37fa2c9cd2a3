// Work for the languages and tools that Debian has: interpreters, compilers, and those that make machine code as they run (LuaJIT, SBCL,
// PyPy, Guile, Gforth, PHP, Java, Erlang), which are the hardest that a translator of machine code can be given. Scripts of dash.
//
// All say the same each time: dates, seeds and keys are fixed, or not told.
import type { Script } from './script-unit.ts';

/** What random numbers are made from. */
const SEED = 1;

export const LANGUAGE_PACKAGES: readonly string[] = [
  'python3',
  'gcc',
  'g++',
  'libc6-dev',
  'sqlite3',
  'openssl',
  'zstd',
  'lz4',
  'brotli',
  'ghostscript',
  'imagemagick',
  'ruby',
  'php-cli',
  'luajit',
  'pypy3',
  'sbcl',
  'gforth',
  'guile-3.0',
  'ocaml-nox',
  'openjdk-17-jre-headless',
  'erlang-base',
  'pari-gp',
  'groff',
  'nasm',
  'gdb',
];

export const LANGUAGE_SCRIPTS: readonly Omit<Script, 'interpreter'>[] = [
  {
    name: 'python computes',
    script: `cat > w.py <<'P'
import random, json, hashlib, decimal, fractions, math, re, zlib, bz2, lzma, struct, itertools, collections, heapq, statistics
random.seed(${SEED})
words=open('words').read().split()
d=collections.Counter(w[:2] for w in words)
print(sorted(d.items(), key=lambda x:(-x[1],x[0]))[:10])
print(hashlib.sha512(''.join(words).encode()).hexdigest(), hashlib.md5(b'x'*100000).hexdigest(), hashlib.blake2b(b'q'*9999).hexdigest()[:32], hashlib.sha3_256(b'1'*5000).hexdigest())
b=' '.join(words).encode()
for c in (zlib.compress(b,9), bz2.compress(b), lzma.compress(b, preset=2)): print(len(c), hashlib.sha1(c).hexdigest())
xs=[random.gauss(0,1) for _ in range(20000)]
print(repr(statistics.fmean(xs)), repr(statistics.pstdev(xs)), repr(math.fsum(map(math.exp, xs))), repr(sum(math.sin(x)*math.atan2(x,2) for x in xs)))
decimal.getcontext().prec=200
print(decimal.Decimal(2).sqrt(), decimal.Decimal(1).exp())
print(sum((fractions.Fraction(1,i) for i in range(1,300)), fractions.Fraction(0)))
print(pow(3, 10**5, 10**50+7), math.factorial(600)%(10**61+1), 7**2000 // 3**1500)
h=[]; [heapq.heappush(h, random.randrange(10**9)) for _ in range(20000)]; print([heapq.heappop(h) for _ in range(10)])
print(json.dumps(json.loads(json.dumps({w:i/3 for i,w in enumerate(words[:3000])})), sort_keys=True)[-200:])
print(len(re.findall(r'(\\w)(\\w)\\2\\1', ' '.join(words))), re.sub(r'([aeiou]+)', lambda m:m[1].upper(), words[17]))
print(struct.pack('<dfqih', math.pi, 1/3, -5, 7, -2).hex(), float.hex(0.1*3), '%.17g %a'%(1/3,'é') )
m=[[random.random() for _ in range(40)] for _ in range(40)]
def mul(a,b): return [[sum(x*y for x,y in zip(r,c)) for c in zip(*b)] for r in a]
p=mul(m,mul(m,m)); print(repr(p[3][7]), repr(sum(map(sum,p))))
P
python3 w.py`,
  },
  {
    name: 'python threads and processes',
    script: `cat > w.py <<'P'
import threading, queue, subprocess, multiprocessing, os, asyncio, sqlite3, ctypes
q=queue.Queue(); out=[]
def worker():
    while (i:=q.get()) is not None: out.append((i, sum(k*k%97 for k in range(i*100))))
ts=[threading.Thread(target=worker) for _ in range(4)]
[t.start() for t in ts]; [q.put(i) for i in range(60)]; [q.put(None) for _ in ts]; [t.join() for t in ts]
print(sorted(out)[-5:])
print(subprocess.run(['sort','-u'], input=open('words','rb').read(), capture_output=True).stdout[-30:])
with multiprocessing.get_context('fork').Pool(3) as p: print(p.map(pow2:=__import__('math').isqrt, range(10**6, 10**6+50)))
async def f(i): await asyncio.sleep(0); return i*i
async def main(): print(sum(await asyncio.gather(*[f(i) for i in range(500)])))
asyncio.run(main())
db=sqlite3.connect(':memory:'); db.execute('create table t(a int, b text)')
db.executemany('insert into t values(?,?)', ((i, str(i*i)) for i in range(5000)))
print(db.execute('select sum(a), max(b), count(distinct substr(b,1,2)), avg(length(b)) from t').fetchall())
@ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_int), ctypes.POINTER(ctypes.c_int))
def cmp(a,b): return a[0]-b[0]
arr=(ctypes.c_int*200)(*[(i*7919)%1009 for i in range(200)])
libc=ctypes.CDLL(None); libc.qsort(arr,200,4,cmp); print(list(arr)[:20])
P
python3 w.py`,
  },
  {
    name: 'gcc compiles itself a program',
    script: `cat > a.c <<'C'
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <math.h>
#include <complex.h>
struct n { struct n *l, *r; int k; };
static struct n *ins(struct n *t, int k) { if (!t) { t = calloc(1, sizeof *t); t->k = k; } else if (k < t->k) t->l = ins(t->l, k); else t->r = ins(t->r, k); return t; }
static int depth(struct n *t) { if (!t) return 0; int a = depth(t->l), b = depth(t->r); return 1 + (a > b ? a : b); }
static unsigned crc(const unsigned char *p, size_t n) { unsigned c = ~0u; while (n--) { c ^= *p++; for (int i = 0; i < 8; i++) c = c >> 1 ^ (c & 1 ? 0xedb88320 : 0); } return ~c; }
int main(void) { unsigned s = ${SEED}; struct n *t = 0; for (int i = 0; i < 5000; i++) { s = s * 1664525 + 1013904223; t = ins(t, s >> 8); } printf("%d\\n", depth(t));
 char b[4096]; for (int i = 0; i < 4096; i++) b[i] = (s = s * 69069 + 1) >> 24; printf("%08x\\n", crc((void *)b, 4096));
 double complex z = 0; for (int i = 1; i < 1000; i++) z += cexp(I * i) / i; printf("%.15g %.15g\\n", creal(z), cimag(z)); long double l = 1; for (int i = 1; i < 50; i++) l *= expl(sinl(i)); printf("%.18Lg %La\\n", l, l);
 float f = 0; for (int i = 1; i < 10000; i++) f += 1.0f / i * (i % 3 - 1); printf("%.9g\\n", f); printf("%s\\n", strstr(strchr("hello, world", 'o'), "wor")); return 0; }
C
gcc -O2 -c a.c -o a.o && gcc a.o -lm -o a && ./a && objdump -d a.o | sha256sum; strip a; sha256sum a.o`,
  },
  {
    name: 'g++ compiles templates',
    script: `cat > a.cc <<'C'
#include <map>
#include <string>
#include <vector>
#include <algorithm>
#include <iostream>
#include <fstream>
#include <regex>
#include <thread>
#include <atomic>
#include <sstream>
int main() { std::ifstream in("words"); std::map<std::string, int> m; std::string w; while (in >> w) m[w.substr(0, 3)]++; std::vector<std::pair<int, std::string>> v; for (auto &[k, n] : m) v.emplace_back(n, k); std::sort(v.rbegin(), v.rend()); for (size_t i = 0; i < 5; i++) std::cout << v[i].first << v[i].second << '\\n';
 try { std::stoi("zz"); } catch (std::exception &e) { std::cout << e.what() << '\\n'; } std::regex r("(a|b)+c"); std::cout << std::regex_match("ababc", r) << '\\n';
 std::atomic<long> sum{0}; std::vector<std::thread> ts; for (int i = 0; i < 4; i++) ts.emplace_back([&, i] { for (int k = 0; k < 20000; k++) sum += k * i; }); for (auto &t : ts) t.join(); std::cout << sum << '\\n'; std::ostringstream o; o.precision(17); o << 0.1 + 0.2; std::cout << o.str() << '\\n'; }
C
g++ -O1 -std=c++17 a.cc -o a -pthread && ./a`,
  },
  {
    name: 'sqlite3 queries',
    script: `cat > q.sql <<'Q'
.import words w
.headers on
create table n(i integer primary key, w text, l int, x real);
insert into n(w,l,x) select "1", length("1"), length("1")*1.0/3 from (select * from w);
Q
cat > q2.sql <<'Q'
create table w(t text); .mode csv
.import words w
create index ix on w(t);
select count(*), sum(length(t)), avg(length(t)), max(t), min(t) from w;
select substr(t,1,1) a, count(*) c, group_concat(distinct length(t)) from w group by a order by c desc, a limit 8;
with recursive f(n,a,b) as (select 1,0,1 union all select n+1,b,a+b from f where n<80) select n,a from f where n%9=0;
select a.t, b.t from w a join w b on a.t = b.t||'s' order by 1 limit 10;
with recursive r(i,x) as (select 1, ${SEED} union all select i+1,(x*1103515245+12345)&2147483647 from r where i<20000) select count(*), sum(x%1000), round(avg(x/7.0),6), sum(case when x%2 then 1 else -1 end) from r;
select t, row_number() over (partition by length(t) order by t) k from w where t like 'ab%' order by t limit 20;
select hex(zeroblob(4)), quote(1.0/3), printf('%.12e',exp(1)), json_extract('{"a":[1,2,{"b":3}]}','$.a[2].b');
begin; update w set t = upper(t) where rowid%3=0; rollback; select count(*) from w where t=upper(t);
create virtual table ft using fts5(t); insert into ft select t from w; select count(*) from ft where ft match 'a*';
pragma integrity_check; vacuum into 'copy.db'; 
Q
sed -i 's/create table w(t text); .mode csv/create table w(t text);\\n.mode csv/' q2.sql; sqlite3 a.db < q2.sql; sqlite3 copy.db .dump | sha256sum`,
  },
  {
    name: 'openssl',
    script: `for d in md5 sha1 sha256 sha512 sha3-256 blake2b512 ripemd160 sm3; do openssl dgst -$d words; done
for c in aes-128-cbc aes-256-ctr aes-256-gcm chacha20 camellia-256-cbc aria-128-cbc des-ede3-cbc; do openssl enc -$c -K $(printf '%064d' ${SEED} | head -c 64) -iv $(printf %032d 7) -in words 2>/dev/null | sha256sum; done
cat > k.pem <<K
-----BEGIN PRIVATE KEY-----
MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
-----END PRIVATE KEY-----
K
openssl pkeyutl -sign -rawin -in words -inkey k.pem | sha256sum; openssl pkey -in k.pem -pubout
openssl genrsa 1024 2>/dev/null | openssl rsa -check -noout 2>/dev/null
openssl ecparam -genkey -name prime256v1 -noout -out e.pem; openssl dgst -sha256 -sign e.pem -out sig words; openssl ec -in e.pem -pubout -out p.pem 2>/dev/null; openssl dgst -sha256 -verify p.pem -signature sig words
openssl prime -generate -bits 128 > p; openssl prime $(cat p) | grep -o prime; openssl kdf -keylen 32 -kdfopt digest:SHA256 -kdfopt pass:x -kdfopt salt:y -kdfopt iter:2000 PBKDF2; openssl passwd -6 -salt abc hello; openssl rand -hex 16 | wc -c; openssl base64 -in words | openssl base64 -d | cmp - words`,
  },
  {
    name: 'zstd, lz4, brotli',
    script: `for l in 1 9; do zstd -q -$l -c words | tee z | sha256sum; zstd -qdc z | cmp - words; done; for l in 1 9; do lz4 -q -$l -c words | tee z | sha256sum; lz4 -qdc z | cmp - words; done; for q in 1 6; do brotli -q $q -c words | tee z | sha256sum; brotli -dc z | cmp - words; done; for l in 0 4; do xz -T1 -$l -c words | tee z | sha256sum; xz -dc z | cmp - words; done; zstd -q -T3 -5 -c words words | sha256sum`,
  },
  {
    name: 'ghostscript draws',
    script: `cat > a.ps <<'P'
%!PS
/Helvetica findfont 24 scalefont setfont 0 1 20 { /i exch def gsave i 25 mul 30 add i 31 mul 40 add translate i 17 mul rotate i 20 div 1 i 20 div sub .5 setrgbcolor 0 0 40 20 rectfill 0 setgray 2 2 moveto (word) show grestore } for 300 400 100 0 360 arc stroke showpage
P
for d in ppmraw png16m pdfwrite txtwrite tiffg4 jpeg; do gs -q -dBATCH -dNOPAUSE -dSAFER -r60 -sDEVICE=$d -sOutputFile=o.$d a.ps; done; sha256sum o.ppmraw o.png16m o.jpeg; grep -a -v -E 'Date|ID|uuid' o.pdfwrite | wc -c; gs -q -dBATCH -dNOPAUSE -r40 -sDEVICE=pgmraw -sOutputFile=- o.pdfwrite | sha256sum`,
  },
  {
    name: 'imagemagick',
    script: `convert-im6.q16 -size 160x120 plasma:fractal -seed ${SEED} x.ppm 2>/dev/null; convert-im6.q16 -size 160x120 gradient:red-blue -rotate 30 -blur 0x3 -resize 75% a.ppm && sha256sum a.ppm; convert-im6.q16 -seed ${SEED} -size 80x80 plasma:blue-yellow -swirl 90 -emboss 2 b.ppm; convert-im6.q16 a.ppm -quality 80 a.jpg; convert-im6.q16 a.jpg -format '%w %h %[mean] %[standard_deviation] %#\\n' info:; convert-im6.q16 a.ppm -colors 16 -dither FloydSteinberg a.gif; sha256sum a.gif b.ppm; convert-im6.q16 a.ppm -define png:exclude-chunks=date,time a.png; convert-im6.q16 a.png -colorspace Lab -fft +depth -format '%k %#\\n' info:; convert-im6.q16 -list resource >/dev/null; convert-im6.q16 a.ppm -sharpen 0x2 -unsharp 0x1 -edge 1 -charcoal 1 ppm:- | sha256sum`,
  },
  {
    name: 'ruby',
    script: `ruby -rset -rjson -rdigest -rbigdecimal -e 'srand(${SEED}); w=File.readlines("words",chomp:true); puts w.group_by(&:size).map{|k,v|[k,v.size]}.sort.inspect; puts JSON.generate(w.first(5).map{|x|{x=>x.sum}}); puts (1..200).inject(:*).to_s.size, Rational(1,3)+Rational(2,7), Math.gamma(5.5), BigDecimal("2").sqrt(50).to_s; puts Digest::SHA256.hexdigest(w.join); puts w.to_set.size, w.sort_by{|x|x.reverse}.first(5).inspect, w.grep(/(.)\\1\\1/).size; t=4.times.map{|i| Thread.new{(1..3000).sum{|k| k*i}}}; puts t.map(&:value).inspect; f=Fiber.new{3.times{|i|Fiber.yield i*i}}; puts 3.times.map{f.resume}.inspect; puts rand(10**9), Random.new(${SEED}).rand; begin; Integer("x"); rescue => e; puts e.message; end; puts 10.0.divmod(3.3).inspect, 0.1+0.2, 1e23, 123456789.123456789.to_s; def fib(n) n<2?n:fib(n-1)+fib(n-2) end; puts fib(20)'`,
  },
  {
    name: 'php',
    script: `cat > a.php <<'P'
<?php mt_srand(${SEED}); $w=file("words",FILE_IGNORE_NEW_LINES); $n=[]; foreach($w as $x){$k=substr($x,0,2);$n[$k]=($n[$k]??0)+1;} arsort($n); ksort($n); echo json_encode(array_slice($n,0,10)),"\\n"; echo md5(serialize($n)),"\\n"; usort($w,fn($a,$b)=>strrev($a)<=>strrev($b)); echo implode(",",array_slice($w,0,8)),"\\n"; echo preg_match_all('/[aeiou]{2,}/',implode(" ",$w)),"\\n"; for($i=0,$s=0;$i<100000;$i++)$s+=sqrt($i)*sin($i); printf("%.12f %d\\n",$s,mt_rand()); echo number_format(1234567.891,2)," ",round(2.5)," ",0.1+0.2," ",PHP_INT_MAX+1,"\\n"; function g(){for($i=0;$i<5;$i++)yield $i=>$i**3;} foreach(g() as $k=>$v)echo "$k:$v "; try{intdiv(1,0);}catch(Error $e){echo $e->getMessage(),"\\n";} echo crc32("x"),hash("sha256","y"),"\\n"; echo bin2hex(pack("dNvq",M_PI,1,2,-3)),"\\n"; var_dump((string)1e100, "abc"=="ABC", "10"=="1e1");
P
php8.2 -n a.php; php8.2 -n -d opcache.jit=tracing a.php | sha256sum`,
  },
  {
    name: 'luajit',
    script: `cat > a.lua <<'L'
local bit=require'bit' local ffi=require'ffi' math.randomseed(${SEED})
local t={} for l in io.lines('words') do t[#t+1]=l end table.sort(t) print(#t,t[1],t[#t])
local x=0 for i=1,300000 do x=bit.bxor(x,bit.rol(i,i%31)) end print(x)
local s=0 for i=1,200000 do s=s+math.sqrt(i)*math.sin(i) end print(string.format('%.14g',s))
ffi.cdef'typedef struct {double x,y,z;} v; int abs(int);' local a=ffi.new('v[1000]') for k=1,200 do for i=0,999 do a[i].x=a[i].x+i*k a[i].y=a[i].x*0.5 end end print(a[999].x,a[500].y,ffi.C.abs(-5))
local function fib(n) if n<2 then return n end return fib(n-1)+fib(n-2) end print(fib(22))
local co=coroutine.wrap(function() for i=1,5 do coroutine.yield(i*i) end end) print(co(),co(),co())
print(1ULL+2^40, 0xffffffffffffffffULL/7ULL, tonumber(ffi.cast('int32_t',-3e8))) local r={} for i=1,10 do r[i]=math.random(1000) end print(table.concat(r,','))
local u={} for i=1,50000 do u[('%x'):format(i*2654435761%2^32)]=i end local n=0 for k,v in pairs(u) do n=n+v end print(n) print(('x'):rep(1000):gsub('x','yz'):sub(1,6)) print(pcall(error,{1}) , select('#',pcall(string.rep)))
L
luajit a.lua; luajit -Ohotloop=2 -Ohotexit=1 a.lua | sha256sum`,
  },
  {
    name: 'pypy3',
    script: `cat > w.py <<'P'
import random, hashlib, json, re
random.seed(${SEED})
def sieve(n):
    s=bytearray([1])*(n+1)
    for i in range(2,int(n**.5)+1):
        if s[i]: s[i*i::i]=bytes(len(s[i*i::i]))
    return sum(s)-2
print(sieve(50000))
def mandel():
    c=0
    for y in range(60):
        for x in range(80):
            z=0j; k=complex(x/40-1.5,y/30-1)
            for i in range(60):
                z=z*z+k
                if abs(z)>2: break
            c+=i
    return c
print(mandel())
d={}
for i in range(30000): d[i*7919%10007]=d.get(i*7919%10007,0)+i
print(sum(d.values()), len(d), hashlib.md5(json.dumps(sorted(d.items())).encode()).hexdigest())
print(sum(random.random() for _ in range(20000)), random.getrandbits(100), 3**500%10**30)
class T: __slots__='l','r','k'
def mk(n):
    if n==0: return None
    t=T(); t.l=mk(n-1); t.r=mk(n-1); t.k=n; return t
def ct(t): return 0 if t is None else ct(t.l)+ct(t.r)+t.k
print(ct(mk(10))); print(re.sub(r'[aeiou]',lambda m:m.group().upper(),open('words').read())[-30:])
P
pypy3 --jit threshold=100,function_threshold=150,trace_eagerness=5 w.py`,
  },
  {
    name: 'sbcl',
    script: `cat > a.lisp <<'L'
(defun fib (n) (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2))))) (print (fib 25))
(defun fact (n) (if (= n 0) 1 (* n (fact (- n 1))))) (print (mod (fact 300) (1- (expt 10 40)))) (print (fact 60))
(declaim (optimize speed)) (defun s (n) (declare (fixnum n)) (let ((x 0d0)) (declare (double-float x)) (dotimes (i n x) (incf x (sin (float i 1d0)))))) (print (s 50000))
(let ((h (make-hash-table :test 'equal)) (n 0)) (with-open-file (f "words") (loop for l = (read-line f nil) while l do (incf (gethash (subseq l 0 2) h 0)))) (maphash (lambda (k v) (declare (ignore k)) (incf n (* v v))) h) (print (list (hash-table-count h) n)))
(dotimes (i 30) (let ((f (compile nil (list 'lambda '(x) (list '+ (list '* 'x i) (* i i)))))) (princ (funcall f 7)) (princ " ")))
(print (handler-case (/ 1 0) (division-by-zero () :dz))) (print (handler-case (aref (vector 1 2) 5) (error () :bounds)))
(dotimes (i 3) (make-array 300000) (gc :full (= i 2))) (print (/ 22 7)) (print (sqrt -2.0)) (print (float 1/3 1d0)) (print (exp 1d0)) (format t "~%~r ~:d ~,5f~%" 1234 5678901 pi)
(print (handler-case (funcall (compile nil '(lambda (x) (declare (fixnum x)) (car x))) 3) (error () :type)))
L
sbcl --noinform --no-userinit --no-sysinit --disable-debugger --load a.lisp --eval '(sb-ext:exit)' 2>/dev/null`,
  },
  {
    name: 'gforth',
    script: `cat > a.fs <<'F'
: fib dup 2 < if else dup 1- recurse swap 2 - recurse + then ; 22 fib . cr
: sieve 8192 allocate throw { a } a 8192 1 fill 0 8190 0 do a i + c@ if i 2* 3 + dup i + begin dup 8190 < while 0 over a + c! over + repeat 2drop 1+ then loop ; sieve . cr
: t 0e 100000 0 do i s>f fsqrt f+ loop ; t 12 set-precision f. cr create buf 1000 allot : h 5381 buf 1000 bounds do 33 * i c@ xor loop ; buf 1000 65 fill h . cr 
: m 1 50 0 do 3 * 1000000007 mod loop ; m . cr 1000 1234567890123 um* d. cr 10. 3 sm/rem . . cr -10. 3 fm/mod . . cr 
F
gforth-fast a.fs -e bye`,
  },
  {
    name: 'guile',
    script: `GUILE_AUTO_COMPILE=0 guile-3.0 -c '(define (fib n) (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2))))) (display (fib 22)) (newline) (display (let loop ((i 0) (s 0.0)) (if (= i 200000) s (loop (+ i 1) (+ s (sqrt i)))))) (newline) (display (expt 7 300)) (newline) (display (call/cc (lambda (k) (for-each (lambda (x) (if (> x 2) (k x))) (list 1 2 3 4)) 0))) (newline) (display (sort (map (lambda (x) (modulo (* x 7919) 101)) (iota 30)) <)) (newline) (display (exact->inexact 1/3)) (newline)'; GUILE_JIT_THRESHOLD=0 GUILE_AUTO_COMPILE=0 guile-3.0 -c '(define (f n a) (if (= n 0) a (f (- n 1) (+ a (* n n))))) (display (f 300000 0)) (newline)'`,
  },
  {
    name: 'ocaml',
    script: `cat > a.ml <<'M'
module M = Map.Make(String)
let rec fib n = if n < 2 then n else fib (n-1) + fib (n-2)
let () = Printf.printf "%d\\n" (fib 25);
 let ic = open_in "words" in let m = ref M.empty in (try while true do let l = input_line ic in let k = String.sub l 0 1 in m := M.update k (function None -> Some 1 | Some n -> Some (n+1)) !m done with End_of_file -> ()); M.iter (fun k v -> Printf.printf "%s%d " k v) !m; print_newline ();
 Random.init ${SEED}; let a = Array.init 20000 (fun _ -> Random.int 1000000) in Array.sort compare a; Printf.printf "%d %d %.15g\\n" a.(0) a.(19999) (Array.fold_left (fun s x -> s +. sqrt (float x)) 0. a); (try ignore (List.find (fun x -> x > 5) [1;2]) with Not_found -> print_endline "none"); Printf.printf "%Ld %h %s\\n" (Int64.div Int64.min_int 3L) (1. /. 3.) (Digest.to_hex (Digest.string "x")); let rec mk n = if n = 0 then [] else [n] :: mk (n-1) in Printf.printf "%d\\n" (List.length (List.concat (mk 50000)))
M
ocaml a.ml; ocamlc.opt -o b a.ml && ocamlrun b | sha256sum; ocamlopt.opt -O3 -o n a.ml 2>/dev/null && ./n | sha256sum`,
  },
  {
    name: 'java',
    script: `J=/usr/lib/jvm/java-17-openjdk-amd64/bin/java; $J -Xshare:off -Xint -version 2>&1 | head -1; $J -version 2>&1 | head -1; $J -XX:TieredStopAtLevel=1 -version 2>&1 | sed -n 2,3p; $J -Xmx128m -XX:+UseSerialGC -XX:+PrintFlagsFinal -version 2>/dev/null | grep -c bool`,
  },
  {
    name: 'erlang',
    script: `cat > a.erl <<'E'
-module(a). -export([main/1]).
fib(N) when N < 2 -> N; fib(N) -> fib(N-1) + fib(N-2).
main(_) -> io:format("~p~n", [fib(22)]), Self = self(), Ps = [spawn(fun() -> Self ! {I, lists:sum(lists:seq(1, I * 100))} end) || I <- lists:seq(1, 50)], R = lists:sort([receive {I, S} -> {I, S} end || _ <- Ps]), io:format("~p~n", [lists:sublist(R, 45, 5)]), {ok, B} = file:read_file("words"), L = binary:split(B, <<"\\n">>, [global]), M = lists:foldl(fun(<<C, _/binary>>, A) -> maps:update_with(C, fun(V) -> V + 1 end, 1, A); (_, A) -> A end, #{}, L), io:format("~w~n", [lists:sort(maps:to_list(M))]), io:format("~p ~p~n", [math:pow(2, 0.5), catch 1 div 0 =/= 0]), io:format("~p~n", [erlang:phash2(L)]), rand:seed(exsss, ${SEED}), io:format("~p ~p~n", [rand:uniform(), lists:sublist([rand:uniform(1000) || _ <- L], 5)]).
E
erlc a.erl && erl -noshell -run a main x -s init stop`,
  },
  {
    name: 'pari',
    script: `echo 'default(realprecision,100); print(Pi); print(factor(2^128+1)); print(zeta(3)); print(ellap(ellinit([0,0,1,-1,0]),nextprime(10^12))); print(polroots(x^5-x-1)); print(matdet(matrix(12,12,i,j,1/(i+j)))); print(sum(n=1,20000,1/n^2*1.0)); print(bnfinit(x^2+23).no); print(nextprime(10^40)); print(intnum(x=0,1,exp(-x^2)))' | gp -q -f`,
  },
  {
    name: 'groff',
    script: `cat > a.ms <<'M'
.TL
A title
.AU
Somebody
.PP
Text with
.B bold
and an equation.
.EQ
x = {-b +- sqrt {b sup 2 - 4ac}} over 2a
.EN
.TS
box; l n.
a	1.5
bc	22.25
.TE
M
sed -n 1,400p words | fmt -w 60 >> a.ms; groff -t -e -ms -Tascii a.ms | sha256sum; groff -t -e -ms -Tps a.ms | grep -v '^%%' | sha256sum; groff -t -e -ms -Tutf8 a.ms | head -20`,
  },
  {
    name: 'nasm and gdb',
    script: `cat > a.asm <<'A'
global _start
section .data
m: db "hello", 10
section .text
f: imul rdi, rdi
 lea rax, [rdi*4+rdi+7]
 ret
_start: mov rdi, 5
 call f
 mov rbx, rax
 mov rax, 1
 mov rdi, 1
 mov rsi, m
 mov rdx, 6
 syscall
 mov rax, 60
 xor rdi, rdi
 syscall
A
nasm -f elf64 a.asm && ld -o a a.o && ./a && sha256sum a.o; objdump -d -Mintel a | tail -15; readelf -lS a | sha256sum; gdb -q -nx -batch -ex 'disassemble f' -ex 'print 5*7' -ex 'info functions' a 2>&1 | tail -20`,
  },
  {
    name: 'git as people use it',
    script: `export HOME=/tmp GIT_AUTHOR_DATE='2020-01-01T00:00:00Z' GIT_COMMITTER_DATE='2020-01-01T00:00:00Z' GIT_AUTHOR_NAME=A GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=A GIT_COMMITTER_EMAIL=a@b
git init -q -b main r && cd r; split -l 300 ../words f; git add .; git commit -qm 0; for i in 1 2 3 4 5 6 7 8; do sed -i "$((i*20+${SEED}%7))d;s/ab/c$i/" fa* fb*; git commit -qam $i; done; git branch side HEAD~4; git rebase -q --onto side HEAD~2 main 2>&1 | tail -n 2; git rebase --abort 2>/dev/null; git log --oneline | cat; git log -p --stat -3 | sha256sum; git repack -adq --depth=20; git verify-pack -v .git/objects/pack/*.idx | grep -v '^\\.git' | sha256sum; git clone -q . ../c && cd ../c && git fsck 2>&1 && git log -S ab --oneline | cat; git bisect start -q HEAD HEAD~5 >/dev/null; git bisect run sh -c 'test $(cat fa* | wc -l) -gt 900' | tail -n 3; git stash list; git grep -c xy | head; git bundle create -q ../b HEAD 2>/dev/null; git shortlog -sn HEAD; git diff --word-diff HEAD~2 | sha256sum; git cherry-pick -n HEAD~1 2>&1 | head -n 2; git format-patch -q -2 HEAD~1 && cat *.patch | grep -v '^From\\|^Date\\|^--$\\|^2\\.' | sha256sum`,
  },
  {
    name: 'perl',
    script: `cat > p.pl <<'P'
use strict; use warnings; use List::Util qw(sum reduce shuffle first); use Digest::SHA qw(sha256_hex); use Math::BigInt; use Math::BigFloat; use POSIX qw(floor strtod fmod); use Data::Dumper; use Encode; use Storable qw(dclone freeze); use Time::Local; use MIME::Base64;
srand(${SEED}); open my $f,'<','words' or die; chomp(my @w=<$f>); my %h; $h{length $_}++ for @w; $Data::Dumper::Sortkeys=1; print Dumper(\\%h); print sha256_hex(join ',',sort {$b cmp $a} @w),"\\n"; print Math::BigInt->new(2)->bpow(500),"\\n",Math::BigFloat->new(2)->bsqrt(60),"\\n"; my $n=()=join(' ',@w)=~/(\\w)(?=\\1)/g; print "$n\\n"; print join(',',map {sprintf '%.10g',sin($_)*exp(-$_/10)} 1..20),"\\n"; print join(',',(shuffle 1..20)),"\\n", rand(),"\\n"; my $s='a' x 5; $s++ for 1..100; print "$s\\n"; print encode_base64(pack('w/a d< n V q>','xyz',3.25,7,8,-9)); (my $t=$w[5])=~tr/a-y/b-z/; print "$t\\n"; print join '|', map { local $_=$_; s/(?<v>[aeiou]+)(?{ 1 })/<$+{v}>/g; $_ } @w[0..5]; print "\\n"; my @m=map{[map{rand}1..30]}1..30; my $d=0; for my $i(0..29){for my $j(0..29){$d+=$m[$i][$j]*$m[$j][$i]}} printf "%.12f\\n",$d; 
eval{die{code=>5}}; print $@->{code},"\\n"; print fmod(10.5,3)," ",strtod("0x1p3")," ",9**20," ",int(-7/2)," ",-7%3," ",1e15+0.3,"\\n"; my $pid=open my $k,'-|'; if(!$pid){print "child\\n";exit 0} print <$k>; print timegm(0,0,0,1,0,100),"\\n";
P
perl p.pl`,
  },
];

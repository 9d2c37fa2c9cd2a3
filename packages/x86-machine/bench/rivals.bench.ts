// The machine against other emulators: v86, which runs the same sources compiled for i386, and blink where it is installed.
//
// As in cpu.bench.ts a sample is milliseconds of CPU time for one run of a kernel, steady state: many runs less a part of them.
// v86 boots the kernel itself, by multiboot, so there is no BIOS and no system around it; it runs in this process, as we do.
//
// How much faster than v86 anybody can be is bounded by how much slower than the processor it is: a row of its own says that. Where
// memory is waited for most of the time, four times as fast as v86 would be faster than the program without any emulator.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { area, type Rival } from '@capos/tooling/bench';
import { V86 } from 'v86';
import { TRANSLATE_AFTER } from '../src/machine.ts';
import { loadProgram, runProgram } from '../test/support/bare-loader.ts';
import { hasCompiler } from '../test/support/compile.ts';
import { compile, cpuMilliseconds, KERNELS, nativeStatus, perRun, WARM_UP_PART } from './kernels.ts';

const ROUNDS = 3;
const V86_MEMORY_BYTES = 32 << 20;
/** Compiled once: what the engine has optimised of it stays optimised, as our own handlers do. */
const V86_MODULE = new WebAssembly.Module(readFileSync(new URL('v86.wasm', import.meta.resolve('v86'))));
/** blink takes longer for a run than we do: it makes fewer. */
const BLINK_PART = 3;
/** Runs of which the first does not count, where nothing is translated. */
const INTERPRETED_RUNS = 4;

function machineMilliseconds(path: string, status: number, translateAfter = TRANSLATE_AFTER): number {
  const program = loadProgram(readFileSync(path), { translateAfter });
  return cpuMilliseconds(() => {
    const ended = runProgram(program, Number.MAX_SAFE_INTEGER);
    if (ended !== status) throw new Error(`${path} ended with ${ended}, natively with ${status}`);
  });
}

/** CPU milliseconds from switching v86 on to the kernel's last word. */
async function v86Milliseconds(path: string, status: number): Promise<number> {
  const { buffer } = Uint8Array.from(readFileSync(path));
  const before = process.cpuUsage();
  const { machine, ended } = await new Promise<{ machine: V86; ended: number }>((resolve) => {
    const machine = new V86({
      wasm_fn: async (imports) => (await WebAssembly.instantiate(V86_MODULE, imports)).exports,
      multiboot: { buffer },
      memory_size: V86_MEMORY_BYTES,
      autostart: true,
      disable_speaker: true,
      log_level: 0,
    });
    machine.add_listener('serial0-output-byte', (byte: number) => resolve({ machine, ended: byte }));
  });
  const { user, system } = process.cpuUsage(before);
  await machine.destroy();
  if (ended !== status) throw new Error(`${path} ended with ${ended} in v86, natively with ${status}`);
  return (user + system) / 1000;
}

function canCompileFor32Bits(): boolean {
  try {
    compile('branchy', 1, 'i386');
    return true;
  } catch {
    return false;
  }
}

area('cpu', async (suite) => {
  if (!hasCompiler()) {
    suite.skip('kernels against other emulators', 'gcc on Linux x86-64 is needed to build them');
    return;
  }
  const hasV86 = canCompileFor32Bits();
  if (!hasV86) suite.skip('kernels against v86', 'this gcc does not compile for i386');
  const hasBlink = spawnSync('blink', ['-v']).status === 0;
  if (!hasBlink) suite.skip('kernels against blink', 'blink is not installed');

  for (const [kernel, { many }] of Object.entries(KERNELS)) {
    const status = nativeStatus(kernel);
    const few = many / WARM_UP_PART;
    const rivals: Rival[] = [];
    const ofV86: number[] = [];
    if (hasV86) {
      const [warmUp, all] = [few, many].map((repeat) => compile(kernel, repeat, 'i386')) as [string, string];
      rivals.push({
        name: 'v86',
        run: async () => {
          const first = await v86Milliseconds(warmUp, status);
          ofV86.push(Math.max((await v86Milliseconds(all, status)) - first, 1e-3) / (many - few));
          return ofV86.at(-1)!;
        },
      });
    }
    const once = compile(kernel, 1);
    const besideBlink = hasBlink && spawnSync('blink', [once]).status === status;
    if (hasBlink && !besideBlink)
      suite.skip(`${kernel} against blink`, 'blink ends with another status than the processor');
    if (besideBlink) {
      const runs = Math.round(many / BLINK_PART);
      const often = compile(kernel, runs);
      rivals.push({ name: 'blink', run: () => perRun(['blink', often], ['blink', once], runs, status) });
    }
    if (rivals.length > 0) {
      const [warmUp, all] = [few, many].map((repeat) => compile(kernel, repeat)) as [string, string];
      const ours = (): number => {
        const first = machineMilliseconds(warmUp, status);
        return Math.max(machineMilliseconds(all, status) - first, 1e-3) / (many - few);
      };
      await suite.compare({ name: kernel, unit: 'ms', rounds: ROUNDS, ours, rival: rivals });
    }

    if (hasV86) {
      const often = compile(kernel, many);
      await suite.compare({
        name: `${kernel}, v86 itself (the most to gain on it)`,
        unit: 'ms',
        rounds: ROUNDS,
        ours: () => ofV86.shift()!,
        rival: { name: 'native', run: () => perRun([often], [once], many, status) },
      });
    }

    // Guest instructions of one run, to tell speeds of interpreters by.
    const counted = loadProgram(readFileSync(once), { translateAfter: Number.POSITIVE_INFINITY });
    runProgram(counted);
    const thousands = counted.machine.cpu.instructions / 1000;
    const some = compile(kernel, INTERPRETED_RUNS);
    const interpreted = (path: string): number => machineMilliseconds(path, status, Number.POSITIVE_INFINITY);
    await suite.compare({
      name: `${kernel}, interpreter only`,
      unit: 'MIPS',
      rounds: ROUNDS,
      ours: () => (thousands * (INTERPRETED_RUNS - 1)) / (interpreted(some) - interpreted(once)),
      ...(besideBlink && {
        rival: {
          name: 'blink, interpreter only',
          run: () => thousands / perRun(['blink', '-j', some], ['blink', '-j', once], INTERPRETED_RUNS, status),
        },
      }),
    });
  }
});

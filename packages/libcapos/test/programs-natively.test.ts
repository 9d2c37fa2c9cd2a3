// The guest programs on this host's own processor, with the test as their kernel: C and TypeScript speak the same bytes.
import { Console, consoleReadParams, consoleWriteParams, Timer } from '@capos/abi';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findCompiler } from '../src/host-node/compiler.ts';
import { packagePath } from '../src/host-node/flags.ts';
import { buildHostLibrary, buildHostProgram, temporaryFolder } from './support/native-program.ts';
import { type Answer, playKernel, type Scene, type Seen, type SeenCall } from './support/play-kernel.ts';

const compiler = findCompiler();
const folder = temporaryFolder();
afterAll(() => folder.remove());
let objects: string[] = [];

const CONSOLE = 0x0010_0002;
const text = new TextDecoder();

function encoded<T>(codec: { measure(value: T): number; encode(value: T, bytes: Uint8Array): number }, value: T) {
  const payload = new Uint8Array(codec.measure(value));
  codec.encode(value, payload);
  return payload;
}

// A console that keeps what is written, takes at most `atOnce` bytes a write, and has `input` to read.
function consoleObject(input = '', atOnce = Number.POSITIVE_INFINITY) {
  let written = '';
  let rest = new TextEncoder().encode(input);
  return {
    output: (): string => written,
    answer(call: SeenCall): Answer {
      if (call.method === Console.methods.write.ordinal) {
        const { data } = consoleWriteParams.decode(call.params);
        const taken = data.subarray(0, atOnce);
        written += text.decode(taken);
        return { payload: encoded(Console.methods.write.results, { written: taken.length }) };
      }
      const { maxLength } = consoleReadParams.decode(call.params);
      const data = rest.slice(0, Math.min(maxLength, 5));
      rest = rest.subarray(data.length);
      return { payload: encoded(Console.methods.read.results, { data }) };
    },
  };
}

describe.runIf(compiler)('a native program with a test for a kernel', () => {
  beforeAll(() => {
    objects = buildHostLibrary(compiler!, folder.path);
  });

  async function run(program: string, scene: Scene): Promise<Seen> {
    const executable = buildHostProgram(compiler!, objects, packagePath(`programs/${program}.c`), folder.path, program);
    return playKernel(executable, scene);
  }

  const capSet = [{ name: 'console', capId: CONSOLE, interfaceId: Console.id }];

  test('hello prints one line over one call', async () => {
    const terminal = consoleObject();
    const seen = await run('hello', { arguments: ['reader'], capSet, answer: terminal.answer });
    expect(terminal.output()).toBe('Hello, reader! I am process 77.\n');
    expect(seen).toMatchObject({ exitCode: 0, batches: [1] });
    expect(seen.calls.map(({ capId, method }) => [capId, method])).toEqual([[CONSOLE, 0]]);
    const canonical = encoded(consoleWriteParams, { data: new TextEncoder().encode(terminal.output()) });
    expect(seen.calls[0]!.params).toEqual(canonical);
  });

  test('hello without a console ends in an error', async () => {
    expect(await run('hello', {})).toMatchObject({ exitCode: 1, calls: [] });
  });

  test('a name with another interface is not found', async () => {
    const wrong = [{ name: 'console', capId: CONSOLE, interfaceId: Timer.id }];
    expect(await run('hello', { capSet: wrong })).toMatchObject({ exitCode: 1, calls: [] });
  });

  test('a console that takes little at a time gets everything', async () => {
    const terminal = consoleObject('', 3);
    const seen = await run('hello', { capSet, answer: terminal.answer });
    expect(terminal.output()).toBe('Hello, world! I am process 77.\n');
    expect(seen.calls.length).toBe(Math.ceil(terminal.output().length / 3));
  });

  test('a console that claims to have written more than it was given is not believed', async () => {
    const payload = encoded(Console.methods.write.results, { written: 1_000_000 });
    expect(await run('hello', { capSet, answer: () => ({ payload }) })).toMatchObject({ exitCode: 1 });
  });

  test('given prints arguments, environment and capabilities', async () => {
    const terminal = consoleObject();
    await run('given', { arguments: ['a b', ''], environment: { KEY: 'värde' }, capSet, answer: terminal.answer });
    expect(terminal.output().split('\n').slice(1)).toEqual([
      'argument 1: a b',
      'argument 2: ',
      'environment: KEY=värde',
      `capability: console, interface ${Console.id.toString(16)}`,
      '',
    ]);
  });

  test('cat copies until the input ends', async () => {
    const terminal = consoleObject('a line\nand another one\n');
    expect(await run('cat', { capSet, answer: terminal.answer })).toMatchObject({ exitCode: 0 });
    expect(terminal.output()).toBe('a line\nand another one\n');
  });

  test('an exception arrives with its kind and reason', async () => {
    let complaint = '';
    const answer = (call: SeenCall): Answer => {
      if (call.method !== Console.methods.write.ordinal) return { exception: 'overloaded', reason: 'come back later' };
      const { data } = consoleWriteParams.decode(call.params);
      complaint += text.decode(data);
      return { payload: encoded(Console.methods.write.results, { written: data.length }) };
    };
    expect(await run('cat', { capSet, answer })).toMatchObject({ exitCode: 1 });
    expect(complaint).toBe('cat: reading: overloaded: come back later\n');
  });

  test('floating-point prints what this processor and its C library print', async () => {
    const terminal = consoleObject();
    await run('floating-point', { capSet, answer: terminal.answer });
    expect(terminal.output()).toContain('harmonic 20   3.5977396571436819\n');
    expect(terminal.output()).toContain('1e23          9.9999999999999992e+22 1e+23 1.000000e+23\n');
    expect(terminal.output()).toContain('smallest      4.94066e-324\n');
  });
});

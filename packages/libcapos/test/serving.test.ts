// A server in C: what it is told about a call, what its caller gets, and what happens to capabilities.
import { capException, Endpoint } from '@capos/abi';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findCompiler } from '../src/host-node/compiler.ts';
import { packagePath } from '../src/host-node/flags.ts';
import { echoEchoParams, echoEchoResults } from './generated/examples.ts';
import { buildHostLibrary, buildHostProgram, temporaryFolder } from './support/native-program.ts';
import { type IncomingCall, playKernel, type Seen } from './support/play-kernel.ts';

const compiler = findCompiler();
const folder = temporaryFolder();
afterAll(() => folder.remove());
const ENDPOINT = 0x0010_0007;
const BAD_CAP = 2;
const BUFFER_TOO_SMALL = 4;

function echo(text: string, badge: bigint): IncomingCall {
  const params = new Uint8Array(echoEchoParams.measure({ text }));
  echoEchoParams.encode({ text }, params);
  return { method: 0, badge, params };
}

describe.runIf(compiler)('a server in C', () => {
  let executable = '';
  beforeAll(() => {
    const objects = buildHostLibrary(compiler!, folder.path);
    executable = buildHostProgram(
      compiler!,
      objects,
      packagePath('programs/echo-server.c'),
      folder.path,
      'echo-server',
    );
  });

  function serve(incoming: readonly IncomingCall[], returnErrors: readonly number[] = []): Promise<Seen> {
    return playKernel(executable, {
      capSet: [{ name: 'echo', capId: ENDPOINT, interfaceId: Endpoint.id }],
      incoming,
      returnErrors,
    });
  }

  const stop: IncomingCall = { method: 1, badge: 9n, params: new Uint8Array(8) };

  test('tells its clients apart by their badges and counts each', async () => {
    const seen = await serve([echo('one', 5n), echo('two', 2n ** 63n), echo('three', 5n), stop]);
    expect(seen.exitCode).toBe(0);
    expect(seen.returns.slice(0, 3).map(({ payload }) => echoEchoResults.decode(payload))).toEqual([
      { text: 'one', badge: 5n, calls: 1 },
      { text: 'two', badge: 2n ** 63n, calls: 1 },
      { text: 'three', badge: 5n, calls: 2 },
    ]);
    expect(seen.returns.map(({ token }) => token)).toEqual([1, 2, 3, 4]);
  });

  test('hands an answer and the next receive to the kernel as one entry', async () => {
    const seen = await serve([echo('one', 5n), echo('two', 5n), stop]);
    expect(seen.batches.slice(0, 4)).toEqual([1, 1, 1, 1]);
    expect(seen.returns).toHaveLength(3);
  });

  test('answers a refusal with its kind and reason', async () => {
    const seen = await serve([echo('', 5n), stop]);
    expect(seen.returns[0]!.isException).toBe(true);
    expect(capException.decode(seen.returns[0]!.payload)).toMatchObject({
      kind: 'invalidArgument',
      reason: 'there is nothing to echo',
    });
  });

  test('answers a method that does not exist as unimplemented and lives on', async () => {
    const seen = await serve([{ ...echo('x', 1n), method: 77 }, echo('y', 1n), stop]);
    expect(capException.decode(seen.returns[0]!.payload)).toMatchObject({ kind: 'unimplemented' });
    expect(echoEchoResults.decode(seen.returns[1]!.payload)).toMatchObject({ text: 'y', calls: 1 });
  });

  test('answers parameters that are no message as an invalid argument', async () => {
    const noise = new Uint8Array(24).fill(0xee);
    const seen = await serve([{ method: 0, badge: 1n, params: noise }, stop]);
    expect(capException.decode(seen.returns[0]!.payload)).toMatchObject({ kind: 'invalidArgument' });
  });

  test('gives back capabilities that it has no field for', async () => {
    const caps = [
      { capId: 0x0030_0001, interfaceId: 1n },
      { capId: 0x0030_0002, interfaceId: 2n },
    ];
    const seen = await serve([{ ...echo('x', 1n), caps }, { ...echo('y', 1n), method: 9, caps: [caps[0]!] }, stop]);
    expect(seen.released).toEqual([0x0030_0001, 0x0030_0002, 0x0030_0001]);
  });

  test('answers with an exception what its caller had no room for, and lives on', async () => {
    const seen = await serve([echo('long', 5n), echo('short', 5n), stop], [BUFFER_TOO_SMALL]);
    expect(seen.exitCode).toBe(0);
    const [first, instead, second] = seen.returns;
    expect(echoEchoResults.decode(first!.payload)).toMatchObject({ text: 'long' });
    expect(instead).toMatchObject({ token: first!.token, isException: true });
    expect(capException.decode(instead!.payload)).toMatchObject({ kind: 'failed' });
    expect(echoEchoResults.decode(second!.payload)).toMatchObject({ text: 'short', calls: 2 });
  });

  test('lives on when a caller has gone before its answer', async () => {
    const seen = await serve([echo('one', 5n), echo('two', 5n), stop], [BAD_CAP]);
    expect(seen.exitCode).toBe(0);
    expect(seen.returns).toHaveLength(3);
  });

  test('ends when its endpoint is gone', async () => {
    expect(await serve([echo('x', 1n)])).toMatchObject({ exitCode: 1 });
  });
});

// What of a region's making outlives it: not the graph of decoded instructions, which is most of it.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { Decoder } from '../../src/decode/decoder.ts';
import { BLOCK_LIMIT } from '../../src/interpreter/record.ts';
import { STOP } from '../../src/machine.ts';
import { codeMachine, SYSCALL } from '../support/code-machine.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Runs `action`; gives weak references to what instructions were decoded into meanwhile. */
function decodedDuring(action: () => void): WeakRef<object>[] {
  const seen = new WeakSet<object>();
  const decoded: WeakRef<object>[] = [];
  const { decode } = Decoder.prototype;
  Decoder.prototype.decode = function (bytes, start, end, into) {
    if (!seen.has(into)) decoded.push(new WeakRef(into));
    seen.add(into);
    return decode.call(this, bytes, start, end, into);
  };
  try {
    action();
  } finally {
    Decoder.prototype.decode = decode;
  }
  return decoded;
}

test('a region keeps none of the instructions it was made from', async () => {
  const [ROUNDS, LENGTH] = [100, 200];
  // mov ecx, ROUNDS · again: LENGTH times add eax, 1 · dec ecx · jnz again · syscall
  const additions = Array.from({ length: LENGTH }, () => [0x83, 0xc0, 0x01]).flat();
  const back = new Uint8Array(Int32Array.of(-additions.length - 8).buffer);
  const code = [0xb9, ROUNDS, 0, 0, 0, ...additions, 0xff, 0xc9, 0x0f, 0x85, ...back, ...SYSCALL];
  const { machine } = codeMachine(code, { translateAfter: 5 });
  const decoded = decodedDuring(() => expect(machine.run()).toBe(STOP.stopped));
  expect(machine.cpu.registers[0]).toBe(BigInt(ROUNDS * LENGTH));
  expect(machine.cpu.counters.regions).toBeGreaterThan(0);
  // The interpreter decodes into the same few again and again, a block of them; what explores has each instruction decoded once.
  expect(decoded.length).toBeGreaterThan(LENGTH);
  // A weak reference is good to the end of the turn that made it.
  await new Promise((resolve) => setTimeout(resolve));
  collectGarbage();
  expect(decoded.filter((one) => one.deref() !== undefined).length).toBeLessThan(BLOCK_LIMIT + 2);
  expect(machine.cpu.counters.regions).toBeGreaterThan(0);
});

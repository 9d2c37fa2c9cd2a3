// The real code of both sides, interrupted at every access to shared memory by the whole of the other side, up to twice.
// (interleaving.test.ts explores every interleaving of the protocol; this ties the code to it.)
import { describe, expect, test } from 'vitest';
import { initializeRing, PUSHED, RingClient, RingServer, ringBytes } from '../src/index.ts';

const size = { sqEntries: 2, cqEntries: 4 };
const OPERATIONS = 6;

class Run {
  readonly client: RingClient;
  readonly server: RingServer;
  readonly consumed: number[] = [];
  accesses = 0;
  private pushed = 0;
  private interrupts: readonly number[] = [];
  private other: (() => void) | undefined;

  constructor() {
    const buffer = new ArrayBuffer(ringBytes(size));
    initializeRing(buffer, 0, size);
    this.client = new RingClient(buffer, 0);
    this.server = new RingServer(buffer, 0, size);
    const words = new Int32Array(buffer);
    const watched = new Proxy(words, {
      get: (target, key) => {
        this.accessed();
        return Reflect.get(target, key, target) as unknown;
      },
      set: (target, key, value) => {
        this.accessed();
        return Reflect.set(target, key, value, target);
      },
    });
    for (const side of [this.client.submissions, this.client.completions, this.server]) {
      Object.assign(side, { words: watched });
    }
  }

  clientTurn = (): void => {
    for (let n = 0; n < 2 && this.pushed < OPERATIONS; n += 1) {
      if (this.client.submissions.nop(this.pushed) !== PUSHED) break;
      this.pushed += 1;
    }
    this.client.submit();
    this.client.completions.drain({ complete: ({ userData }) => void this.consumed.push(userData) });
  };

  serverTurn = (): void => {
    expect(this.server.drain({ submit: (entry) => entry.userDataLow })).not.toBe('corrupt');
  };

  /** Runs `turn` alternating with `other`, and `other` once more at each of these accesses of `turn`. */
  play(turn: () => void, other: () => void, interrupts: readonly number[]): void {
    for (let round = 0; round < 40 && this.consumed.length < OPERATIONS; round += 1) {
      this.interrupts = interrupts;
      this.other = other;
      turn();
      this.other = undefined;
      other();
    }
  }

  private accessed(): void {
    const other = this.other;
    if (other === undefined) return;
    this.accesses += 1;
    if (!this.interrupts.includes(this.accesses)) return;
    this.other = undefined;
    other();
    this.other = other;
  }
}

describe('the other side may run at any access', () => {
  test.each(['client', 'server'] as const)('of the %s', (side) => {
    const play = (interrupts: readonly number[]): Run => {
      const run = new Run();
      if (side === 'client') run.play(run.clientTurn, run.serverTurn, interrupts);
      else run.play(run.serverTurn, run.clientTurn, interrupts);
      return run;
    };
    const expected = Array.from({ length: OPERATIONS }, (_, n) => n);
    const { accesses } = play([]);
    expect(accesses).toBeGreaterThan(50);
    for (let first = 1; first <= accesses; first += 1) {
      for (let second = first; second <= accesses; second += first === second ? 1 : 3) {
        expect(play([first, second]).consumed, `interrupted at ${first} and ${second}`).toEqual(expected);
      }
    }
  });
});

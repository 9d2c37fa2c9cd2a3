// A client that writes anything at any moment: every interleaving with the real server, for rings of one and two entries.
import { describe, expect, test } from 'vitest';
import { HEADER_CQ_HEAD_WORD, HEADER_SQ_TAIL_WORD, type RingServer } from '../src/index.ts';
import { exploreHostileWriter, type HostileModel } from './model/hostile-writer.ts';

const models: readonly HostileModel[] = [
  { sqEntries: 1, cqEntries: 1, submissions: 4 },
  { sqEntries: 1, cqEntries: 2, submissions: 4, nests: true },
  { sqEntries: 2, cqEntries: 2, submissions: 3 },
  { sqEntries: 1, cqEntries: 2, submissions: 4, start: { submissions: 0x7fff_fffe, completions: 0x7fff_ffff } },
];

describe('every interleaving with a writer that stores anything anywhere', () => {
  test.each(models)('leaves %o within its bounds', (model) => {
    const { states, transitions, outcomes } = exploreHostileWriter(model);
    expect(states).toBeGreaterThan(10);
    expect(transitions).toBeGreaterThan(500);
    for (const outcome of ['empty', 'corrupt', 'no-credit']) expect(outcomes[outcome]).toBeGreaterThan(0);
  });
});

interface Insides {
  cqHead: number;
  free: number;
  words: Int32Array;
}

/** A server one of whose methods has been replaced. */
const broken = (method: string, replacement: (this: Insides) => unknown): HostileModel => ({
  sqEntries: 2,
  cqEntries: 2,
  submissions: 3,
  defect: (server: RingServer) => void Object.assign(server, { [method]: replacement }),
});

function believe(this: Insides): boolean {
  const head = this.words[HEADER_CQ_HEAD_WORD]!;
  this.free += (head - this.cqHead) | 0;
  this.cqHead = head;
  return true;
}

function believeWhatIsReadAgain(this: Insides): boolean {
  const isAhead = this.words[HEADER_CQ_HEAD_WORD]! !== this.cqHead;
  return isAhead ? believe.call(this) : true;
}

/** A server for which there is always a completion slot. */
const generous: HostileModel = {
  sqEntries: 2,
  cqEntries: 2,
  submissions: 3,
  defect: (server: RingServer) => void Object.defineProperty(server, 'free', { get: () => 1, set: () => {} }),
};

function repairTheClient(this: Insides): void {
  this.words[HEADER_SQ_TAIL_WORD] = 0;
}

describe('the exploration finds a server that', () => {
  test.each([
    ['believes any cqHead', broken('readCqHead', believe), /written over|fit into the queue|never more to read/],
    [
      'reads a word again after it has checked it',
      broken('readCqHead', believeWhatIsReadAgain),
      /fit into the queue|never more to read/,
    ],
    ['takes without credit', generous, /has a slot|written over|fit into the queue/],
    ["writes the client's words", broken('repair', repairTheClient), /not the server's to write/],
  ] as const)('%s', (_name, model, message) => {
    expect(() => exploreHostileWriter(model)).toThrow(message);
  });
});

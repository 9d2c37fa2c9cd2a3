// Plays kernel to a program that runs natively: serves its ring with the TypeScript server, reaching into its memory by pipe.
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { type CapExceptionKind, type CapSetEntry, capException, exceptionMessage, writeCapSet } from '@capos/abi';
import {
  CQE_FLAG_CALL_ARRIVED,
  CQE_FLAG_EXCEPTION,
  CQE_FLAG_RETURN_FAILED,
  CQE_FLAG_UNSOLICITED,
  DEFERRED,
  initializeRing,
  OP_CALL,
  OP_NOP,
  OP_RECV,
  OP_RELEASE,
  OP_RETURN,
  OP_RETURN_RECV,
  PROCESS_RING_CQ_ENTRIES,
  PROCESS_RING_SQ_ENTRIES,
  RingServer,
  SQE_FLAG_QUIET,
  SQE_WORDS,
  SubmissionEntry,
} from '@capos/ipc-ring';

/** A capability that crosses with a message. */
export interface Carried {
  readonly capId: number;
  readonly interfaceId: bigint;
}

/** How a scripted object answers a call. */
export type Answer =
  | { readonly payload: Uint8Array; readonly caps?: readonly Carried[] }
  | { readonly exception: CapExceptionKind; readonly reason: string }
  | { readonly error: number };

/** A call that the program under test made. */
export interface SeenCall {
  readonly capId: number;
  readonly method: number;
  readonly params: Uint8Array;
  readonly transfers: readonly { capId: number; mode: number }[];
}

/** A call that the program under test shall receive. */
export interface IncomingCall {
  readonly method: number;
  readonly badge: bigint;
  readonly params: Uint8Array;
  readonly caps?: readonly Carried[];
}

/** How the program answered a received call. */
export interface SeenReturn {
  readonly token: number;
  readonly isException: boolean;
  readonly payload: Uint8Array;
  readonly transfers: readonly { capId: number; mode: number }[];
}

/** What the program is given, and who it talks to. */
export interface Scene {
  readonly arguments?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly capSet?: readonly CapSetEntry[];
  readonly answer?: (call: SeenCall) => Answer;
  /** What RECV receives, in order; a RECV past the last is disconnected. */
  readonly incoming?: readonly IncomingCall[];
  /** Transport errors of the first RETURNs, in order; 0 for none. */
  readonly returnErrors?: readonly number[];
}

/** What was seen of a program from its start to its end. */
export interface Seen {
  readonly exitCode: number;
  readonly calls: readonly SeenCall[];
  readonly returns: readonly SeenReturn[];
  readonly released: readonly number[];
  /** Submissions taken by each cap_enter; one in registers counts as one. */
  readonly batches: readonly number[];
}

const SIZE = { sqEntries: PROCESS_RING_SQ_ENTRIES, cqEntries: PROCESS_RING_CQ_ENTRIES };
const PAGE = 4096;
const SQ_START = 128;
const CQ_START = SQ_START + SIZE.sqEntries * 64;
const ERROR_BAD_CAP = 2;
const ERROR_BUFFER_TOO_SMALL = 4;
const ERROR_DISCONNECTED = 11;
const align8 = (length: number): number => (length + 7) & ~7;

/** The program's memory and system calls, at the other end of two pipes. */
class Remote {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #chunks: AsyncIterator<Buffer>;
  #pending: Buffer = Buffer.alloc(0);

  constructor(executable: string, scene: Scene) {
    this.#child = spawn(executable, scene.arguments ?? [], {
      env: { ...scene.environment },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#chunks = this.#child.stdout[Symbol.asyncIterator]();
  }

  async #receive(length: number): Promise<Buffer> {
    while (this.#pending.length < length) {
      const next = await this.#chunks.next();
      if (next.done) throw new Error('the program ended without a word');
      this.#pending = Buffer.concat([this.#pending, next.value]);
    }
    const bytes = this.#pending.subarray(0, length);
    this.#pending = this.#pending.subarray(length);
    return bytes;
  }

  #send(kind: string, first: number, second: number): void {
    const words = Buffer.alloc(24);
    words.writeUInt8(kind.charCodeAt(0), 0);
    words.writeBigInt64LE(BigInt(first), 8);
    words.writeBigInt64LE(BigInt(second), 16);
    this.#child.stdin.write(words);
  }

  /** The next system call. */
  async event(): Promise<{ kind: string; first: bigint; second: bigint }> {
    const words = await this.#receive(24);
    return {
      kind: String.fromCharCode(words[0]!),
      first: words.readBigUInt64LE(8),
      second: words.readBigUInt64LE(16),
    };
  }

  async read(address: number, length: number): Promise<Uint8Array> {
    if (length === 0) return new Uint8Array(0);
    this.#send('R', address, length);
    return Uint8Array.from(await this.#receive(length));
  }

  write(address: number, bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#send('W', address, bytes.length);
    this.#child.stdin.write(bytes);
  }

  /** Lets the program go on with the system call's result. */
  resume(result: number): void {
    this.#send('C', result, 0);
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }
}

/** A copy of a submission, for work that outlives the drain. */
function copyOf(entry: SubmissionEntry): SubmissionEntry {
  const copy = new SubmissionEntry();
  for (let word = 0; word < SQE_WORDS; word++) copy.words[word] = entry.words[word]!;
  return copy;
}

function encodeException(kind: CapExceptionKind, reason: string): Uint8Array {
  const value = exceptionMessage(kind, reason);
  const bytes = new Uint8Array(capException.measure(value));
  capException.encode(value, bytes);
  return bytes;
}

/** Runs a natively built program through its scene to its end. */
export async function playKernel(executable: string, scene: Scene): Promise<Seen> {
  const remote = new Remote(executable, scene);
  const page = new ArrayBuffer(PAGE);
  const bytes = new Uint8Array(page);
  initializeRing(page, 0, SIZE);
  const server = new RingServer(page, 0, SIZE);
  const calls: SeenCall[] = [];
  const returns: SeenReturn[] = [];
  const released: number[] = [];
  const batches: number[] = [];
  const incoming = [...(scene.incoming ?? [])];
  let nextToken = 1;

  async function readTransfers(entry: SubmissionEntry): Promise<{ capId: number; mode: number }[]> {
    const at = align8(entry.paramsAddress + entry.paramsLength);
    const view = new DataView((await remote.read(at, entry.transferCount * 16)).buffer);
    return Array.from({ length: entry.transferCount }, (_, index) => ({
      capId: view.getUint32(index * 16, true),
      mode: view.getUint8(index * 16 + 4),
    }));
  }

  // Payload and capability records into a buffer of the program; false when they do not fit.
  function deliver(entry: SubmissionEntry, payload: Uint8Array, caps: readonly Carried[]): boolean {
    const recordsAt = align8(payload.length);
    if (recordsAt + caps.length * 16 > Math.max(entry.resultLength, payload.length)) return false;
    if (payload.length > entry.resultLength) return false;
    remote.write(entry.resultAddress, payload);
    const records = new DataView(new ArrayBuffer(caps.length * 16));
    caps.forEach(({ capId, interfaceId }, index) => {
      records.setUint32(index * 16, capId, true);
      records.setBigUint64(index * 16 + 8, interfaceId, true);
    });
    remote.write(entry.resultAddress + recordsAt, new Uint8Array(records.buffer));
    return true;
  }

  /** Where a completion goes: the ring, or the words of an entry in registers. */
  type Complete = (
    result: number,
    flags: number,
    badge: bigint,
    token: number,
    method: number,
    capCount: number,
  ) => void;

  function intoRing({ flags, userDataLow, userDataHigh }: SubmissionEntry): Complete {
    const quiet = (flags & SQE_FLAG_QUIET) !== 0;
    return (result, resultFlags, badge, token, method, capCount) => {
      if (quiet && result >= 0) {
        server.unreserve();
        return;
      }
      const [low, high] = [Number(badge & 0xffff_ffffn), Number(badge >> 32n)];
      const all = resultFlags | (quiet ? CQE_FLAG_UNSOLICITED : 0);
      server.completeWith(userDataLow, userDataHigh, result, all, low, high, token, method | (capCount << 16));
    };
  }

  async function perform(entry: SubmissionEntry, complete: Complete): Promise<void> {
    const done = (result: number, flags = 0, capCount = 0): void => complete(result, flags, 0n, 0, 0, capCount);
    switch (entry.op) {
      case OP_NOP:
        return done(0);
      case OP_RELEASE:
        released.push(entry.capId);
        return done(entry.capId === 0 ? -ERROR_BAD_CAP : 0);
      case OP_CALL: {
        const call: SeenCall = {
          capId: entry.capId,
          method: entry.methodId,
          params: await remote.read(entry.paramsAddress, entry.paramsLength),
          transfers: await readTransfers(entry),
        };
        calls.push(call);
        const answer = scene.answer?.(call) ?? { error: ERROR_BAD_CAP };
        if ('error' in answer) return done(-answer.error);
        const isException = 'exception' in answer;
        const payload = isException ? encodeException(answer.exception, answer.reason) : answer.payload;
        const caps = isException ? [] : (answer.caps ?? []);
        if (!deliver(entry, payload, caps)) return done(-ERROR_BUFFER_TOO_SMALL);
        return done(payload.length, isException ? CQE_FLAG_EXCEPTION : 0, caps.length);
      }
      case OP_RECV:
        return receive(entry, complete);
      case OP_RETURN:
        return done(await takeReturn(entry));
      case OP_RETURN_RECV: {
        const returned = await takeReturn(entry);
        return returned < 0 ? done(returned, CQE_FLAG_RETURN_FAILED) : receive(entry, complete);
      }
      default:
        return done(-1);
    }
  }

  function receive(entry: SubmissionEntry, complete: Complete): void {
    const call = incoming.shift();
    const caps = call?.caps ?? [];
    if (call === undefined) complete(-ERROR_DISCONNECTED, 0, 0n, 0, 0, 0);
    else if (!deliver(entry, call.params, caps)) complete(-ERROR_BUFFER_TOO_SMALL, 0, 0n, 0, 0, 0);
    else complete(call.params.length, CQE_FLAG_CALL_ARRIVED, call.badge, nextToken++, call.method, caps.length);
  }

  async function takeReturn(entry: SubmissionEntry): Promise<number> {
    returns.push({
      token: entry.answerId,
      isException: (entry.aux & 1) !== 0,
      payload: await remote.read(entry.paramsAddress, entry.paramsLength),
      transfers: await readTransfers(entry),
    });
    return -(scene.returnErrors?.[returns.length - 1] ?? 0);
  }

  /** Performs the entry whose six words lie at `address`, and writes its completion behind them. */
  async function performInRegisters(address: number): Promise<void> {
    const given = new Int32Array((await remote.read(address, 48)).buffer);
    const entry = new SubmissionEntry();
    entry.words.set(given.subarray(0, 2), 0);
    entry.words.set(given.subarray(2), 4);
    await perform(entry, (result, flags, badge, token, method, capCount) => {
      const words = new DataView(new ArrayBuffer(32));
      words.setBigInt64(0, BigInt(result), true);
      words.setUint32(8, flags, true);
      words.setBigUint64(16, badge, true);
      words.setUint32(24, token, true);
      words.setUint32(28, (method | (capCount << 16)) >>> 0, true);
      remote.write(address + 48, new Uint8Array(words.buffer));
    });
  }

  try {
    let ringAddress = 0;
    for (;;) {
      const event = await remote.event();
      if (event.kind === 'X') {
        return { exitCode: Number(event.first & 255n), calls, returns, released, batches };
      }
      if (event.kind === 'S') {
        ringAddress = Number(event.first);
        remote.write(ringAddress, bytes);
        const capSet = new Uint8Array(PAGE);
        writeCapSet(scene.capSet ?? [], capSet);
        remote.write(Number(event.second), capSet);
        remote.resume(0);
        continue;
      }
      if (event.kind === 'D') {
        batches.push(1);
        await performInRegisters(Number(event.first));
        remote.resume(0);
        continue;
      }
      // Only what the client writes is taken from it: its line of the header, and the submissions.
      const theirs = await remote.read(ringAddress, PAGE);
      bytes.set(theirs.subarray(0, 64), 0);
      bytes.set(theirs.subarray(SQ_START, CQ_START), SQ_START);
      const taken: SubmissionEntry[] = [];
      server.drain({
        submit: (entry) => {
          taken.push(copyOf(entry));
          return DEFERRED;
        },
      });
      batches.push(taken.length);
      for (const entry of taken) await perform(entry, intoRing(entry));
      server.publish();
      remote.write(ringAddress + 64, bytes.subarray(64, SQ_START));
      remote.write(ringAddress + CQ_START, bytes.subarray(CQ_START));
      remote.resume(server.unread());
    }
  } finally {
    remote.kill();
  }
}

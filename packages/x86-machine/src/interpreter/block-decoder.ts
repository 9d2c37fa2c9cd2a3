// Block decoder: from the bytes of a basic block to its records.
//
//   bytes ─▶ instruction ─▶ record ─▶ … ─▶ a branch, the page's end, the limit, a breakpoint, or bytes that are none
//
// A block is at most BLOCK_LIMIT instructions of one page; it ends at an unconditional transfer, and goes on past a conditional
// one unless it is split. An instruction that straddles two pages is a block of its own.

import { DECODED, type Decoder, Instruction } from '../decode/decoder.ts';
import type { MemoryMap } from '../state/cpu-state.ts';
import { SPECIAL } from './handler-table.ts';
import { RECORD_BYTES } from './record.ts';
import type { RecordWriter } from './record-writer.ts';

const PAGE = 4096;

/** How a block is to be decoded. */
export interface DecodeOptions {
  /** It ends at its first conditional branch. */
  readonly isSplit?: boolean;
  /** Where its records take RIP to be; default its first byte. */
  readonly origin?: number;
  /** A repeated instruction is alone in it. */
  readonly isAside?: boolean;
  /** Breakpoints are not looked at. */
  readonly steps?: boolean;
}

export class BlockDecoder {
  readonly #ram: Uint8Array;
  readonly #ramBytes: number;
  readonly #decoder: Decoder;
  readonly #writer: RecordWriter;
  readonly #instruction = new Instruction();
  readonly #straddleBytes = new Uint8Array(32);
  /** 1 at offsets in a page where a breakpoint is armed, whatever the page. */
  readonly #armed = new Uint8Array(PAGE);
  /** Of the block decoded last: bytes of code (of a straddling instruction's, all of them), and records. */
  bytes = 0;
  records = 0;
  /** Instructions decoded since creation. */
  instructions = 0;

  constructor(buffer: ArrayBufferLike, map: MemoryMap, decoder: Decoder, writer: RecordWriter) {
    this.#ram = new Uint8Array(buffer, map.ramOffset, map.ramBytes);
    this.#ramBytes = map.ramBytes;
    this.#decoder = decoder;
    this.#writer = writer;
  }

  /** Whether the offset was not armed yet. */
  arm(offset: number): boolean {
    if (this.#armed[offset] === 1) return false;
    this.#armed[offset] = 1;
    return true;
  }

  disarm(): void {
    this.#armed.fill(0);
  }

  isArmed(offset: number): boolean {
    return this.#armed[offset] === 1;
  }

  /** Writes records from `at` on, of `limit` instructions at most; false when the very first instruction does not end within the page. */
  decode(
    physical: number,
    at: number,
    limit: number,
    { isSplit = false, origin = physical, isAside = false, steps = false }: DecodeOptions = {},
  ): boolean {
    const end = (Math.floor(physical / PAGE) + 1) * PAGE;
    const instruction = this.#instruction;
    let record = at;
    let position = 0;
    let address = physical;
    let closed = false;
    while (position < limit) {
      if (!steps && this.#armed[address % PAGE] === 1 && address < end) {
        this.#writer.writeSpecial(record, SPECIAL.breakpoint, address - origin, 0, position);
        record += RECORD_BYTES;
        // One byte of it stands for the instruction: it has one at least.
        address++;
        closed = true;
        break;
      }
      const outcome = this.#decoder.decode(this.#ram, address, end, instruction);
      if (outcome === DECODED.truncated) break;
      if (isAside && position > 0 && instruction.row?.repeat !== undefined) break;
      if (outcome !== DECODED.ok) {
        this.#writer.writeSpecial(record, specialOf(outcome), address - origin, 0, position);
        record += RECORD_BYTES;
        address = Math.min(address + 15, end);
        closed = true;
        break;
      }
      this.#writer.write(record, instruction, address - origin, position);
      record += RECORD_BYTES;
      address += instruction.length;
      position++;
      if (instruction.row.endsBlock) {
        closed = true;
        break;
      }
      if ((isSplit && isRelative(instruction)) || (isAside && instruction.row.repeat !== undefined)) break;
    }
    if (record === at) return false;
    if (!closed) {
      this.#writer.writeSpecial(record, SPECIAL.continue, address - origin, 0, position);
      record += RECORD_BYTES;
    }
    this.#writer.finish();
    this.instructions += position;
    this.bytes = address - physical;
    this.records = (record - at) / RECORD_BYTES;
    return true;
  }

  /** Writes the records of one instruction that goes on at the physical address `second`, the first byte of another page. */
  decodeStraddler(physical: number, second: number, at: number, steps = false): void {
    const firstBytes = PAGE - (physical % PAGE);
    const bytes = this.#straddleBytes;
    bytes.set(this.#ram.subarray(physical, physical + firstBytes));
    const available = second >= this.#ramBytes ? 0 : 15;
    bytes.set(this.#ram.subarray(second, second + available), firstBytes);
    const outcome = this.#decoder.decode(bytes, 0, firstBytes + available, this.#instruction);
    let records = 1;
    let length = firstBytes + 15;
    if (!steps && this.#armed[physical % PAGE] === 1) {
      this.#writer.writeSpecial(at, SPECIAL.breakpoint, 0, 0, 0);
    } else if (outcome === DECODED.ok) {
      length = this.#instruction.length;
      this.#writer.write(at, this.#instruction, 0, 0);
      this.#writer.writeSpecial(at + RECORD_BYTES, SPECIAL.continue, length, 0, 1);
      records = 2;
    } else {
      this.#writer.writeSpecial(at, specialOf(outcome), 0, 0, 0);
    }
    this.#writer.finish();
    this.bytes = length;
    this.records = records;
  }
}

const isRelative = ({ row }: Instruction): boolean => row.operands.some(({ field }) => field === 'relative');

/** What stands for bytes that are no instruction, or none now. */
function specialOf(outcome: number): number {
  if (outcome === DECODED.tooLong) return SPECIAL.tooLong;
  return outcome === DECODED.unavailable ? SPECIAL.deviceNotAvailable : SPECIAL.invalidOpcode;
}

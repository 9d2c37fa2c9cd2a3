// String instructions: MOVS CMPS SCAS LODS STOS, plain and repeated (SDM Vol. 1 §5.1.8).
//
// A repeated instruction runs in pieces: registers always say how far it has come, so a fault, an interrupt or the end of
// the budget between two elements resumes where it stopped. MOVS and STOS move as much as fits in a page at a time, going
// up, when that cannot be told from moving one element after another.

import { CPU_STATE, TRACING } from '../state/cpu-state.ts';
import { FRAME, GPR, RFLAGS } from '../state/frame-layout.ts';
import { add, and, eqz, geU, gtU, ltU, or, shl, shrU, sub, toI32, toI64 } from '../wasm/arithmetic.ts';
import { type Integer, i32, i64, select, type Value } from '../wasm/expression.ts';
import type { BulkMemory, Emitter, Size } from './emitter.ts';
import { type Body, type Row, type RowOptions, row } from './row.ts';

/** The distance to the next element: +size/8, or − with DF. */
function step(e: Emitter, size: Size): Value<'i64'> {
  const down = and(e.readState('i32', FRAME.rflags), i32(RFLAGS.df));
  return e.let(select(down, i64(-size / 8), i64(size / 8)));
}

/** An index register under the address size. */
function index(e: Emitter, register: number): Value<'i64'> {
  return e.let(and(e.register64(register), e.addressMask()));
}

function advance(e: Emitter, register: number, from: Value<'i64'>, distance: Value<'i64'>): void {
  e.writeRegister(register, 64, and(add(from, distance), e.addressMask()));
}

/** One element: performs the accesses, then moves the index registers. Gives what a comparison compares. */
type Element = (e: Emitter, size: Size) => void;

const moveElement: Element = (e, size) => {
  const distance = step(e, size);
  const [source, destination] = [index(e, GPR.rsi), index(e, GPR.rdi)];
  e.store(size, destination, e.load(size, e.sourceAddress(source, size)));
  advance(e, GPR.rsi, source, distance);
  advance(e, GPR.rdi, destination, distance);
};

const storeElement: Element = (e, size) => {
  const distance = step(e, size);
  const destination = index(e, GPR.rdi);
  e.store(size, destination, e.register(GPR.rax, size));
  advance(e, GPR.rdi, destination, distance);
};

const loadElement: Element = (e, size) => {
  const distance = step(e, size);
  const source = index(e, GPR.rsi);
  const value = e.load(size, e.sourceAddress(source, size));
  e.writeRegister(GPR.rax, size, value);
  advance(e, GPR.rsi, source, distance);
};

const compareElements: Element = (e, size) => {
  const distance = step(e, size);
  const [source, destination] = [index(e, GPR.rsi), index(e, GPR.rdi)];
  const a = e.load(size, e.sourceAddress(source, size));
  const b = e.load(size, destination);
  advance(e, GPR.rsi, source, distance);
  advance(e, GPR.rdi, destination, distance);
  compare(e, size, a, b);
};

const scanElement: Element = (e, size) => {
  const distance = step(e, size);
  const destination = index(e, GPR.rdi);
  const b = e.load(size, destination);
  advance(e, GPR.rdi, destination, distance);
  compare(e, size, e.register(GPR.rax, size), b);
};

function compare(e: Emitter, size: Size, a: Value<Integer>, b: Value<Integer>): void {
  e.flags.sub(size, a, b, e.let(sub(a, b)));
}

/** How many elements lie between an address and the end of its page. */
const roomInPage = (address: Value<'i64'>, size: Size): Value<'i64'> =>
  shrU(sub(i64(4096), and(address, i64(4095))), i64(Math.log2(size / 8)));

const least = (e: Emitter, a: Value<'i64'>, b: Value<'i64'>): Value<'i64'> => {
  const [x, y] = [e.let(a), e.let(b)];
  return e.let(select(ltU(x, y), x, y));
};

const isExact = (e: Emitter): Value<'i32'> => and(e.readState('i32', CPU_STATE.tracing), i32(TRACING.exact));

/** What a bulk piece costs, in instructions of budget: one, and one for each 64 bytes; where budgets are exact, its elements. */
const cost = (e: Emitter, elements: Value<'i64'>, size: Size): Value<'i32'> =>
  select(isExact(e), toI32(elements), add(toI32(shrU(elements, i64(6 - Math.log2(size / 8)))), i32(1)));

/** As many elements as one piece may move: where budgets are exact, no more than there is budget for. */
const affordable = (e: Emitter, elements: Value<'i64'>): Value<'i64'> =>
  least(e, elements, select(isExact(e), add(toI64(e.readState('i32', CPU_STATE.countdown)), i64(1)), i64(4096)));

/** Moves a page's worth at once; false where elements must go one by one. */
function bulkMove(e: Emitter, size: Size, count: Value<'i64'>, moved: (elements: Value<'i64'>) => void): void {
  const [source, destination] = [index(e, GPR.rsi), index(e, GPR.rdi)];
  const room = least(e, roomInPage(source, size), roomInPage(destination, size));
  const elements = affordable(e, least(e, count, room));
  // Going up, a destination just above its source repeats a pattern: element order is visible then.
  const apart = geU(sub(destination, source), shl(elements, i64(Math.log2(size / 8))));
  // In a segment with a base, each element's effective address is looked at.
  e.if(and(and(gtU(elements, i64(3)), apart), eqz(e.segmentBase())), () => {
    const bytes = e.let(toI32(shl(elements, i64(Math.log2(size / 8)))));
    const reading = e.readWindowOf(source, bytes);
    const writing = e.writeWindowOf(destination, bytes);
    e.if(and(reading, writing), () => {
      e.code.memoryCopy(writing, reading, bytes);
      advance(e, GPR.rsi, source, toI64(bytes));
      advance(e, GPR.rdi, destination, toI64(bytes));
      moved(elements);
    });
  });
}

/** Stores AL, AX, EAX or RAX in linear memory, again and again. */
function fill(e: Emitter, size: Size, writing: Value<'i32'>, bytes: Value<'i32'>): void {
  const value = e.register(GPR.rax, size);
  if (size === 8) {
    e.code.memoryFill(writing, toI32(value), bytes);
    return;
  }
  const cursor = e.local('i32');
  e.set(cursor, writing);
  const end = e.let(add(writing, bytes));
  e.loop((next) => {
    e.code.store(size === 16 ? 'i32.store16' : size === 32 ? 'i32.store' : 'i64.store', cursor, value);
    e.set(cursor, add(cursor, i32(size / 8)));
    e.branchIf(next, ltU(cursor, end));
  });
}

function bulkStore(e: Emitter, size: Size, count: Value<'i64'>, moved: (elements: Value<'i64'>) => void): void {
  const destination = index(e, GPR.rdi);
  const elements = affordable(e, least(e, count, roomInPage(destination, size)));
  e.if(gtU(elements, i64(3)), () => {
    const bytes = e.let(toI32(shl(elements, i64(Math.log2(size / 8)))));
    const writing = e.writeWindowOf(destination, bytes);
    e.if(writing, () => {
      fill(e, size, writing, bytes);
      advance(e, GPR.rdi, destination, toI64(bytes));
      moved(elements);
    });
  });
}

interface Bulk {
  /** A piece. */
  readonly piece: typeof bulkMove;
  /** All of it; the number of bytes is not 0. */
  readonly whole: (e: Emitter, memory: BulkMemory, size: Size, bytes: Value<'i32'>) => void;
}

const wholeMove: Bulk['whole'] = (e, memory, _size, bytes) => {
  const [source, destination] = [e.register64(GPR.rsi), e.register64(GPR.rdi)];
  const writing = memory.locate(destination, bytes, true);
  const reading = memory.locate(source, bytes, false);
  // As above, of memory itself: there may be two ways to it.
  memory.leaveIf(ltU(sub(writing, reading), bytes));
  e.code.memoryCopy(writing, reading, bytes);
  e.writeRegister(GPR.rsi, 64, add(source, toI64(bytes)));
  e.writeRegister(GPR.rdi, 64, add(destination, toI64(bytes)));
};

const wholeStore: Bulk['whole'] = (e, memory, size, bytes) => {
  const destination = e.register64(GPR.rdi);
  const writing = memory.locate(destination, bytes, true);
  fill(e, size, writing, bytes);
  e.writeRegister(GPR.rdi, 64, add(destination, toI64(bytes)));
};

/** A repeated move or store at once, or not at all. */
function atOnce(e: Emitter, memory: BulkMemory, size: Size, whole: Bulk['whole']): void {
  const count = e.register64(GPR.rcx);
  memory.leaveIf(or(and(e.readState('i32', FRAME.rflags), i32(RFLAGS.df)), isExact(e)));
  memory.leaveIf(gtU(count, i64(memory.most / (size / 8))));
  e.if(toI32(count), () => {
    whole(e, memory, size, e.let(shl(toI32(count), i32(Math.log2(size / 8)))));
    memory.charge(cost(e, count, size));
    e.writeRegister(GPR.rcx, 64, i64(0));
  });
}

/** Repeats an element while rCX counts down; `until` also ends it, after an element. */
function repeated(element: Element, size: Size, bulk: Bulk | undefined, until?: (e: Emitter) => Value<'i32'>): Body {
  return (e) => {
    if (bulk && e.bulk) {
      atOnce(e, e.bulk, size, bulk.whole);
      return;
    }
    const mask = e.addressMask();
    const counted = (elements: Value<'i64'>): void =>
      e.writeRegister(GPR.rcx, 64, and(sub(e.register64(GPR.rcx), elements), mask));
    e.block((done) => {
      e.loop((next) => {
        const count = e.let(and(e.register64(GPR.rcx), mask));
        e.branchIf(done, eqz(count));
        if (bulk) {
          const up = eqz(and(e.readState('i32', FRAME.rflags), i32(RFLAGS.df)));
          e.if(up, () =>
            bulk.piece(e, size, count, (elements) => {
              counted(elements);
              e.if(e.spend(cost(e, elements, size)), () => e.again());
              e.goto(next);
            }),
          );
        }
        element(e, size);
        counted(i64(1));
        if (until) e.branchIf(done, until(e));
        e.if(e.spend(i32(1)), () => e.again());
        e.goto(next);
      });
    });
  };
}

const once =
  (element: Element, size: Size): Body =>
  (e) =>
    element(e, size);

interface StringInstruction {
  readonly mnemonic: string;
  readonly opcode: number;
  readonly element: Element;
  readonly bulk?: Bulk;
  readonly compares?: boolean;
}

const LETTERS: readonly [Size, string][] = [
  [8, 'B'],
  [16, 'W'],
  [32, 'D'],
  [64, 'Q'],
];

function stringRows({ mnemonic, opcode, element, bulk, compares }: StringInstruction): Row[] {
  return LETTERS.flatMap(([size, letter]) => {
    const code = (size === 8 ? opcode : opcode + 1).toString(16).toUpperCase();
    const wide = size === 64 ? 'REX.W ' : '';
    const name = mnemonic + letter;
    const options: RowOptions = {
      reads: 'd',
      ...(compares ? { writes: 'oszapc' } : {}),
      ...(size === 8 ? {} : { operandSize: size }),
    };
    const repeatOptions: RowOptions = { ...options, repeat: compares ? 'repe' : 'rep' };
    const whileEqual = repeated(element, size, bulk, compares ? (e) => eqz(e.flag('zf')) : undefined);
    const whileUnequal = repeated(element, size, bulk, compares ? (e) => e.flag('zf') : undefined);
    return [
      row(name, `${wide}${code}`, [], options, once(element, size)),
      row(`${compares ? 'REPE' : 'REP'} ${name}`, `F3 ${wide}${code}`, [], repeatOptions, whileEqual),
      row(`${compares ? 'REPNE' : 'REP'} ${name}`, `F2 ${wide}${code}`, [], repeatOptions, whileUnequal),
    ];
  });
}

export const STRING: readonly Row[] = [
  {
    mnemonic: 'MOVS',
    opcode: 0xa4,
    element: moveElement,
    bulk: { piece: bulkMove, whole: wholeMove },
  },
  { mnemonic: 'CMPS', opcode: 0xa6, element: compareElements, compares: true },
  {
    mnemonic: 'STOS',
    opcode: 0xaa,
    element: storeElement,
    bulk: { piece: bulkStore, whole: wholeStore },
  },
  { mnemonic: 'LODS', opcode: 0xac, element: loadElement },
  { mnemonic: 'SCAS', opcode: 0xae, element: scanElement, compares: true },
].flatMap((instruction) => stringRows(instruction));

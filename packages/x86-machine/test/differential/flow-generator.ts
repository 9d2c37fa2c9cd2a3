// Random programs for what control does: functions of nested loops, branches, switches by three kinds of tables, an interpreter of byte
// code, calls direct and through pointers, and returns, for regions to be made of, end in, go on through and be left by.
//
//   CODE       main · functions · tables of addresses          R14, R15   data, which most instructions work on
//   DATA_LOW   R15's data · loop counters · the stack (RSP)     R13        bytes that choose cases; RAX and RDX are for dispatching
//
// Functions call only later ones, so that every program ends. Whatever flags an instruction leaves undefined a comparison defines again.
import type { Row } from '../../src/isa/row.ts';
import { blockForms } from './block-generator.ts';
import { codePatches, type Form, randomState } from './case-generator.ts';
import { integerValue, vectorValue } from './edge-values.ts';
import { encode, rmOperand } from './instruction-encoder.ts';
import { CODE_ADDRESS, DATA_HIGH_ADDRESS, DATA_LOW_ADDRESS, imageOffsetOf } from './memory-map.ts';
import { type Case, FX, type Patch, RSP } from './processor-state.ts';
import type { RandomSource } from './random-source.ts';

const CODE_BYTES = 0x2000;
const COUNTERS = DATA_LOW_ADDRESS + 0x400n;
const STACK_TOP = DATA_LOW_ADDRESS + 0x1ff0n;
/** Of the address behind the last of them this bit is set. */
const CHOICE_BYTES = 0x400;
const CHOICES = DATA_LOW_ADDRESS + 0x800n;
const DATA = { 14: DATA_HIGH_ADDRESS + 0x800n, 15: DATA_LOW_ADDRESS + 0x200n } as const;

/** What instructions may write: RAX and RDX choose ways, RSP, R13, R14 and R15 point. */
const FREE = [1, 3, 5, 6, 7, 8, 9, 10, 11, 12];
/** Divisions mostly fault, bit offsets reach anywhere, the rest moves RSP, or writes RAX and RDX unasked (which does no harm). */
const LEFT_OUT = /^(I?DIV|BT|PUSH|CLFLUSH|PREFETCH|XSETBV|UD|FLDCW|FNINIT|V?STMXCSR)/;
const COMMON =
  /^(MOV|MOVZX|MOVSX|MOVSXD|ADD|SUB|ADC|SBB|XOR|AND|OR|CMP|TEST|LEA|INC|DEC|IMUL|SHL|SHR|SAR|SET.*|CMOV.*)$/;
const DOUBLES = /^(ADD|SUB|MUL|MOV|UCOMI|CVTSI2)S[SD]$/;

/** What programs are made of. */
export interface FlowForms {
  readonly all: readonly Form[];
  readonly common: readonly Form[];
  readonly doubles: readonly Form[];
}

/** Of those rows, the forms that fall through. */
export function flowForms(rows: readonly Row[]): FlowForms {
  const all = blockForms(rows).filter(
    ({ row }) => !LEFT_OUT.test(row.mnemonic) && row.operands.every(({ field }) => field !== 'relative'),
  );
  const named = (names: RegExp): Form[] => all.filter(({ row }) => names.test(row.mnemonic));
  return { all, common: named(COMMON), doubles: named(DOUBLES) };
}

/** cmp r8, r9 */
const DEFINE_FLAGS = [0x4d, 0x39, 0xc8];
const bytes32 = (value: number): number[] => [0, 8, 16, 24].map((shift) => (value >> shift) & 0xff);

/** Code with places to be filled in once addresses are known. */
class Assembly {
  readonly bytes: number[] = [];
  readonly labels: number[] = [];
  readonly #references: { at: number; label: number; from: 'next' | 'absolute' | number }[] = [];

  emit(...bytes: number[]): void {
    this.bytes.push(...bytes);
  }
  label(): number {
    return this.labels.push(-1) - 1;
  }
  place(label: number): void {
    this.labels[label] = this.bytes.length;
  }
  /** Four bytes: the distance from behind them. */
  relative(label: number): void {
    this.#refer(label, 'next');
  }
  /** Four bytes: the address itself. */
  absolute(label: number): void {
    this.#refer(label, 'absolute');
  }
  /** Four bytes: the distance from another place, which has been placed. */
  distance(label: number, from: number): void {
    this.#refer(label, this.labels[from]!);
  }
  #refer(label: number, from: 'next' | 'absolute' | number): void {
    this.#references.push({ at: this.bytes.length, label, from });
    this.emit(0, 0, 0, 0);
  }
  finish(): Uint8Array {
    const code = Uint8Array.from(this.bytes);
    const view = new DataView(code.buffer);
    for (const { at, label, from } of this.#references) {
      const target = this.labels[label]!;
      const base = from === 'next' ? at + 4 : from === 'absolute' ? -Number(CODE_ADDRESS) : from;
      view.setInt32(at, target - base, true);
    }
    return code;
  }
}

class FlowWriter {
  readonly #forms: FlowForms;
  readonly #random: RandomSource;
  readonly code: Assembly = new Assembly();
  readonly #functions: number[];
  /** Tables still to be written, behind the code. */
  readonly #tables: { readonly label: number; readonly entries: readonly number[]; readonly wide: boolean }[] = [];
  #counters = 0;
  #current = -1;

  constructor(forms: FlowForms, random: RandomSource) {
    this.#forms = forms;
    this.#random = random;
    this.#functions = Array.from({ length: 1 + random.below(5) }, () => this.code.label());
  }

  write(): Uint8Array {
    const { code } = this;
    this.#loop(20 + this.#random.below(60), () => this.#body(2, 3));
    code.emit(0xcc);
    this.#functions.forEach((label, index) => {
      this.#current = index;
      code.place(label);
      this.#body(2, 2);
      const later = this.#laterFunction();
      // A tail call, now and then.
      if (later !== undefined && this.#random.chance(1, 8)) {
        code.emit(0xe9);
        code.relative(later);
      } else code.emit(0xc3);
    });
    for (const { label, entries, wide } of this.#tables) {
      code.place(label);
      for (const entry of entries) {
        if (wide) {
          code.absolute(entry);
          code.emit(0, 0, 0, 0);
        } else code.distance(entry, label);
      }
    }
    return code.finish();
  }

  #laterFunction(): number | undefined {
    const later = this.#functions.slice(this.#current + 1);
    return later.length > 0 ? this.#random.pick(later) : undefined;
  }

  #body(most: number, depth: number): void {
    for (let left = 1 + this.#random.below(most + 1); left > 0; left--) this.#statement(depth);
  }

  #statement(depth: number): void {
    this.#straight();
    if (depth <= 0) return;
    const kind = this.#random.below(14);
    if (kind >= 12) this.#string();
    else if (kind < 3) this.#if(depth);
    else if (kind < 5) this.#loop(1 + this.#random.below(10), () => this.#body(1, depth - 1));
    else if (kind < 8) this.#switch(depth);
    else if (kind < 9) this.#interpreter();
    else this.#call();
  }

  /** A few instructions that fall through. */
  #straight(): void {
    for (let left = this.#random.below(5); left > 0; left--) {
      const { row, isMemory } = this.#chooseForm();
      const random = this.#random;
      const register = (field: 'reg' | 'rm' | 'vvvv'): number => {
        const registerClass = row.operands.find((operand) => operand.field === field)?.registerClass;
        return registerClass === undefined || registerClass === 'gpr' ? random.pick(FREE) : random.below(16);
      };
      const isOpcodeRegister = row.encoding.opcodeRegister && row.encoding.fixedModRM === undefined;
      const bytes = (rmOperand(row)?.memorySize ?? 0) / 8;
      const memory = { base: random.pick([14, 15]), index: -1, scale: 0, displacement: random.below(6) * 16 };
      this.code.emit(
        ...encode(row, {
          reg: isOpcodeRegister ? random.pick(FREE) : register('reg'),
          rm: isMemory && bytes >= 0 ? memory : register('rm'),
          constants: row.encoding.immediates.map(() => integerValue(random)),
          // Without a REX prefix numbers 4 to 7 are AH … BH, of which AH and DH are in the dispatching registers.
          forceRex: true,
          vvvv: register('vvvv'),
        }),
      );
      if (row.undefined) this.code.emit(...DEFINE_FLAGS);
    }
  }

  #chooseForm(): Form {
    const { common, doubles, all } = this.#forms;
    const kind = this.#random.below(10);
    return this.#random.pick(kind < 7 ? common : kind < 9 ? doubles : all);
  }

  #if(depth: number): void {
    const { code } = this;
    const over = code.label();
    code.emit(0x0f, 0x80 + this.#random.below(16));
    code.relative(over);
    this.#body(1, depth - 1);
    if (this.#random.chance(1, 2)) {
      const end = code.label();
      code.emit(0xe9);
      code.relative(end);
      code.place(over);
      this.#body(1, depth - 1);
      code.place(end);
    } else code.place(over);
  }

  /** Counts in memory, where nothing else writes; some loops leave early. */
  #loop(rounds: number, body: () => void): void {
    const { code } = this;
    const counter = Number(COUNTERS) + 4 * this.#counters++;
    const [again, end] = [code.label(), code.label()];
    code.emit(0xc7, 0x04, 0x25, ...bytes32(counter), ...bytes32(rounds));
    code.place(again);
    body();
    if (this.#random.chance(1, 4)) {
      code.emit(0x0f, 0x80 + this.#random.below(16));
      code.relative(end);
    }
    code.emit(0x83, 0x2c, 0x25, ...bytes32(counter), 1, 0x0f, 0x85);
    code.relative(again);
    code.place(end);
  }

  /** A string instruction between two places, which may overlap and lie on two pages; now and then backwards, or off the end. */
  #string(): void {
    const { code } = this;
    const random = this.#random;
    for (const register of [6, 7]) {
      // lea rsi or rdi, [base + disp32]: R15's data is followed by the counters
      const [base, displacement] = random.chance(1, 3)
        ? [7, random.below(0x60)]
        : [
            6,
            random.chance(1, 40) ? 0x17f0 - random.below(64) : random.pick([0, 0x10, 0x7c0, 0x7f0]) + random.below(32),
          ];
      code.emit(0x49, 0x8d, 0x80 | (register << 3) | base, ...bytes32(displacement));
    }
    if (random.chance(1, 2)) code.emit(0xb9, ...bytes32(random.pick([0, 1, 2, 7, 8, 15, 16, 31, 32, 33, 48])));
    else code.emit(0x44, 0x89, 0xc1, 0x83, 0xe1, 0x1f); // mov ecx, r8d · and ecx, 31
    const backwards = random.chance(1, 8);
    if (backwards) code.emit(0xfd);
    const operation = random.pick([0xa4, 0xa4, 0xaa, 0xaa, 0xa6, 0xac, 0xae]) + (random.chance(1, 2) ? 1 : 0);
    if (random.chance(7, 8)) code.emit(random.pick([0xf3, 0xf3, 0xf2]));
    code.emit(...((operation & 1) === 1 ? random.pick([[0x48], [0x66], []]) : []), operation);
    if (backwards) code.emit(0xfc);
    // Without a round of its own a comparison leaves the flags as they were.
    code.emit(...DEFINE_FLAGS);
  }

  /** Into EAX: a number below `ways`, a power of two, of a register or of the bytes that R13 goes through. */
  #choose(ways: number): void {
    const { code } = this;
    if (this.#random.chance(1, 2)) this.#nextByte();
    else {
      const register = this.#random.pick([8, 9, 10, 11, 12]);
      code.emit(0x44, 0x89, 0xc0 | ((register & 7) << 3)); // mov eax, register
    }
    code.emit(0x83, 0xe0, ways - 1); // and eax, ways − 1
  }

  /** movzx eax, byte [r13] · inc r13, round and round */
  #nextByte(): void {
    this.code.emit(0x41, 0x0f, 0xb6, 0x45, 0x00, 0x49, 0xff, 0xc5);
    this.code.emit(0x49, 0x81, 0xe5, ...bytes32(~CHOICE_BYTES)); // and r13, ~CHOICE_BYTES: the area's end is its beginning
  }

  #switch(depth: number): void {
    const { code } = this;
    const random = this.#random;
    const ways = random.pick([2, 4, 4, 8]);
    const cases = Array.from({ length: ways }, () => code.label());
    const end = code.label();
    this.#choose(ways);
    const checked = random.chance(1, 3) ? 1 + random.below(ways) : ways;
    if (checked < ways) {
      code.emit(0x83, 0xf8, checked, 0x0f, 0x83); // cmp eax, checked · jae end
      code.relative(end);
    }
    this.#dispatch(cases.slice(0, checked));
    for (const [index, label] of cases.entries()) {
      code.place(label);
      if (index < 3) this.#body(1, depth - 1);
      else this.#straight();
      // Some cases fall into the next.
      if (random.chance(1, 5)) continue;
      code.emit(0xe9);
      code.relative(end);
    }
    code.place(end);
  }

  /** Jumps to one of these by EAX. */
  #dispatch(targets: readonly number[]): void {
    const { code } = this;
    const label = code.label();
    const kind = this.#random.below(3);
    this.#tables.push({ label, entries: targets, wide: kind < 2 });
    if (kind === 0) {
      code.emit(0xff, 0x24, 0xc5); // jmp [table + rax * 8]
      code.absolute(label);
    } else if (kind === 1) {
      code.emit(0x48, 0x8b, 0x04, 0xc5); // mov rax, [table + rax * 8]
      code.absolute(label);
      code.emit(0xff, 0xe0); // jmp rax
    } else {
      code.emit(0x48, 0x8d, 0x15); // lea rdx, [rip + table]
      code.relative(label);
      code.emit(0x48, 0x63, 0x04, 0x82, 0x48, 0x01, 0xd0, 0xff, 0xe0); // movsxd rax, [rdx + rax * 4] · add rax, rdx · jmp rax
    }
  }

  /** A loop over byte code; every case dispatches by itself, or all at one place. */
  #interpreter(): void {
    const { code } = this;
    const random = this.#random;
    const counter = Number(COUNTERS) + 4 * this.#counters++;
    const operations = Array.from({ length: random.pick([2, 4, 8]) }, () => code.label());
    const [next, end] = [code.label(), code.label()];
    code.emit(0xc7, 0x04, 0x25, ...bytes32(counter), ...bytes32(2 + random.below(30)));
    const dispatch = (): void => {
      code.emit(0x83, 0x2c, 0x25, ...bytes32(counter), 1, 0x0f, 0x84);
      code.relative(end);
      this.#nextByte();
      code.emit(0x83, 0xe0, operations.length - 1);
      this.#dispatch(operations);
    };
    code.place(next);
    dispatch();
    const threaded = random.chance(1, 2);
    for (const operation of operations) {
      code.place(operation);
      this.#straight();
      if (random.chance(1, 4)) this.#if(0);
      if (threaded) dispatch();
      else {
        code.emit(0xe9);
        code.relative(next);
      }
    }
    code.place(end);
  }

  #call(): void {
    const { code } = this;
    const random = this.#random;
    const later = this.#functions.slice(this.#current + 1);
    if (later.length === 0) return;
    const kind = random.below(6);
    if (kind < 3) {
      code.emit(0xe8);
      code.relative(random.pick(later));
    } else if (kind < 5) {
      const label = code.label();
      this.#tables.push({ label, entries: [0, 1, 2, 3].map(() => random.pick(later)), wide: true });
      this.#choose(4);
      if (random.chance(1, 2)) {
        code.emit(0xff, 0x14, 0xc5); // call [table + rax * 8]
        code.absolute(label);
      } else {
        code.emit(0x48, 0x8b, 0x04, 0xc5);
        code.absolute(label);
        code.emit(0xff, 0xd0); // call rax
      }
    } else {
      // A return address that no call left: push back · push function · ret
      const back = code.label();
      code.emit(0x68);
      code.absolute(back);
      code.emit(0x68);
      code.absolute(random.pick(later));
      code.emit(0xc3);
      code.place(back);
    }
  }
}

/** A program of a page and a half of code at most, which ends at a breakpoint or in a fault. */
export function generateFlow(forms: FlowForms, random: RandomSource): Case & { readonly code: Uint8Array } {
  for (;;) {
    const code = new FlowWriter(forms, random).write();
    if (code.length > CODE_BYTES) continue;
    const state = randomState(random);
    state.rip = CODE_ADDRESS;
    state.rflags &= ~0x4_0400n;
    state.words[RSP] = STACK_TOP;
    state.words[13] = CHOICES;
    for (const [register, address] of Object.entries(DATA)) state.words[Number(register)] = address;
    // An unmasked exception would end most programs at their first numbers.
    const { fx } = state;
    fx.setUint32(FX.mxcsr, random.pick([0x1f80, 0x1fa0, 0x7fa0, 0x9fc0]), true);
    fx.setUint16(FX.controlWord, 0x37f, true);
    fx.setUint16(FX.statusWord, 0, true);
    const patches: Patch[] = [...codePatches(0, code)];
    const fill = (address: bigint, bytes: Uint8Array): void =>
      void patches.push({ imageOffset: imageOffsetOf(address), bytes });
    for (const address of Object.values(DATA))
      for (let at = 0n; at < 128n; at += 16n) fill(address + at, vectorValue(random));
    fill(
      CHOICES,
      Uint8Array.from({ length: CHOICE_BYTES }, () => random.below(256)),
    );
    return { state, patches, code };
  }
}

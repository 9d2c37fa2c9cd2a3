// Random use of a terminal, the same for Linux and for ours.
import { LineDiscipline } from '../../../src/terminals/line-discipline.ts';
import { CONTROL, DEFAULT_TERMIOS, INPUT, LOCAL, OUTPUT, type Termios } from '../../../src/terminals/termios.ts';

export type Operation =
  | { readonly set: readonly [number, number, number, readonly number[]] }
  | { readonly type: readonly number[] }
  | { readonly write: readonly number[] }
  | { readonly read: number };

/** What an operation led to. */
export interface Answer {
  readonly wire: readonly number[];
  readonly signals: readonly number[];
  readonly available: number;
  /** Of a read: null when it would have waited. */
  readonly data?: readonly number[] | null;
}

/** xorshift32: the same cases from the same seed. */
function random(seed: number): (below: number) => number {
  let state = seed | 0 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

const SPECIAL = [3, 4, 8, 9, 10, 13, 17, 18, 19, 21, 22, 23, 26, 27, 28, 127, 0, 7];
const ACCENTED = [
  [0xc3, 0xa9],
  [0xe2, 0x82, 0xac],
  [0xf0, 0x9f, 0x99, 0x82],
];

function bytes(pick: (below: number) => number, most: number): number[] {
  const out: number[] = [];
  for (let count = pick(most) + 1; count > 0; count--) {
    const kind = pick(10);
    if (kind < 5) out.push(0x61 + pick(6));
    else if (kind === 5) out.push(pick(2) === 0 ? 0x20 : 0x2d);
    else if (kind === 6) out.push(...ACCENTED[pick(3)]!);
    else out.push(SPECIAL[pick(SPECIAL.length)]!);
  }
  return out;
}

const INPUT_FLAGS = [
  INPUT.ISTRIP,
  INPUT.INLCR,
  INPUT.IGNCR,
  INPUT.ICRNL,
  INPUT.IUCLC,
  INPUT.IXON,
  INPUT.IXANY,
  INPUT.IMAXBEL,
  INPUT.IUTF8,
];
const OUTPUT_FLAGS = [OUTPUT.OPOST, OUTPUT.OLCUC, OUTPUT.ONLCR, OUTPUT.OCRNL, OUTPUT.ONOCR, OUTPUT.ONLRET, OUTPUT.TAB3];
const LOCAL_FLAGS = [
  LOCAL.ISIG,
  LOCAL.ICANON,
  LOCAL.ECHO,
  LOCAL.ECHOE,
  LOCAL.ECHOK,
  LOCAL.ECHONL,
  LOCAL.NOFLSH,
  LOCAL.ECHOCTL,
  LOCAL.ECHOKE,
  LOCAL.IEXTEN,
];

/** A few flags differ from what terminals start with; MIN is 1, so that reads are told apart from ends of file. */
function settings(pick: (below: number) => number): Operation {
  const flip = (start: number, flags: readonly number[]): number => {
    let value = start;
    for (let count = pick(4); count > 0; count--) value ^= flags[pick(flags.length)]!;
    return value;
  };
  const characters = [...DEFAULT_TERMIOS.characters.subarray(0, 17)];
  if (pick(4) === 0) characters[CONTROL.VEOL] = 0x62;
  if (pick(6) === 0) characters[CONTROL.VEOL2] = 0x63;
  return {
    set: [
      flip(DEFAULT_TERMIOS.input, INPUT_FLAGS),
      flip(DEFAULT_TERMIOS.output, OUTPUT_FLAGS),
      flip(DEFAULT_TERMIOS.local, LOCAL_FLAGS),
      characters,
    ],
  };
}

export function terminalCases(seed: number, count: number): Operation[][] {
  const pick = random(seed);
  return Array.from({ length: count }, () => {
    const operations: Operation[] = [settings(pick)];
    for (let left = 4 + pick(10); left > 0; left--) {
      const kind = pick(10);
      if (kind < 6) operations.push({ type: bytes(pick, 8) });
      else if (kind < 8) operations.push({ read: [1, 3, 100][pick(3)]! });
      else if (kind === 8) operations.push({ write: bytes(pick, 6) });
      else operations.push(settings(pick));
    }
    return operations;
  });
}

/** Plays a case on our line discipline. */
export function play(operations: readonly Operation[]): Answer[] {
  let wire: number[] = [];
  let signals: number[] = [];
  const line = new LineDiscipline({
    echo: (sent) => void wire.push(...sent),
    signal: (signal) => void signals.push(signal),
    discardOutput: () => {
      wire = [];
    },
    flow: () => {},
  });
  return operations.map((operation) => {
    wire = [];
    signals = [];
    let data: number[] | null | undefined;
    if ('set' in operation) {
      const [input, output, local, characters] = operation.set;
      line.termios = { ...DEFAULT_TERMIOS, input, output, local, characters: Uint8Array.from([...characters, 0, 0]) };
    } else if ('type' in operation) line.receive(Uint8Array.from(operation.type));
    else if ('write' in operation) {
      // Stopped, it would wait.
      if (!line.stopped) wire.push(...line.output(Uint8Array.from(operation.write)));
    } else {
      const got = line.read(operation.read);
      data = got === undefined ? null : [...got];
    }
    return { wire, signals, available: line.available, ...(data === undefined ? {} : { data }) };
  });
}

export type { Termios };

/** What of an answer must agree: signals come as a set, because Linux keeps one of a kind. */
export function agreeing({ wire, signals, available, data }: Answer): Answer {
  return {
    wire: [...wire],
    signals: [...new Set(signals)].sort((a, b) => a - b),
    available,
    ...(data === undefined ? {} : { data }),
  };
}

// termios(3) as the kernel has it: four flag words, a line discipline number, 19 control characters.
//
//   0 c_iflag   4 c_oflag   8 c_cflag   12 c_lflag   16 c_line   17 c_cc[19]      36 bytes
//   struct termios2 goes on: 36 c_ispeed   40 c_ospeed                            44 bytes

export const TERMIOS_SIZE = 36;
export const TERMIOS2_SIZE = 44;

/** c_iflag. */
export const INPUT = {
  IGNBRK: 0o1,
  BRKINT: 0o2,
  PARMRK: 0o10,
  ISTRIP: 0o40,
  INLCR: 0o100,
  IGNCR: 0o200,
  ICRNL: 0o400,
  IUCLC: 0o1000,
  IXON: 0o2000,
  IXANY: 0o4000,
  IMAXBEL: 0o20000,
  IUTF8: 0o40000,
} as const;

/** c_oflag. */
export const OUTPUT = {
  OPOST: 0o1,
  OLCUC: 0o2,
  ONLCR: 0o4,
  OCRNL: 0o10,
  ONOCR: 0o20,
  ONLRET: 0o40,
  TABDLY: 0o14000,
  TAB3: 0o14000,
} as const;

/** c_lflag. */
export const LOCAL = {
  ISIG: 0o1,
  ICANON: 0o2,
  ECHO: 0o10,
  ECHOE: 0o20,
  ECHOK: 0o40,
  ECHONL: 0o100,
  NOFLSH: 0o200,
  TOSTOP: 0o400,
  ECHOCTL: 0o1000,
  ECHOPRT: 0o2000,
  ECHOKE: 0o4000,
  IEXTEN: 0o100000,
} as const;

/** Places in c_cc. */
export const CONTROL = {
  VINTR: 0,
  VQUIT: 1,
  VERASE: 2,
  VKILL: 3,
  VEOF: 4,
  VTIME: 5,
  VMIN: 6,
  VSTART: 8,
  VSTOP: 9,
  VSUSP: 10,
  VEOL: 11,
  VREPRINT: 12,
  VDISCARD: 13,
  VWERASE: 14,
  VLNEXT: 15,
  VEOL2: 16,
} as const;

/** A control character of this value is switched off (_POSIX_VDISABLE). */
export const DISABLED = 0;

/** Attributes of a terminal. Immutable: TCSETS replaces the whole. */
export interface Termios {
  readonly input: number;
  readonly output: number;
  readonly control: number;
  readonly local: number;
  readonly discipline: number;
  readonly characters: Uint8Array;
}

/** What a terminal starts with (tty_std_termios, and UTF-8). */
export const DEFAULT_TERMIOS: Termios = {
  input: INPUT.ICRNL | INPUT.IXON | INPUT.IUTF8,
  output: OUTPUT.OPOST | OUTPUT.ONLCR,
  control: 0o277, // B38400 | CS8 | CREAD
  local:
    LOCAL.ISIG | LOCAL.ICANON | LOCAL.ECHO | LOCAL.ECHOE | LOCAL.ECHOK | LOCAL.ECHOCTL | LOCAL.ECHOKE | LOCAL.IEXTEN,
  discipline: 0,
  characters: Uint8Array.of(3, 28, 127, 21, 4, 0, 1, 0, 17, 19, 26, 0, 18, 15, 23, 22, 0, 0, 0),
};

const SPEED = 38_400;

/** The bytes of TCGETS (36) or TCGETS2 (44). */
export function encodeTermios(termios: Termios, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, termios.input, true);
  view.setUint32(4, termios.output, true);
  view.setUint32(8, termios.control, true);
  view.setUint32(12, termios.local, true);
  bytes[16] = termios.discipline;
  bytes.set(termios.characters, 17);
  if (size >= TERMIOS2_SIZE) {
    view.setUint32(36, SPEED, true);
    view.setUint32(40, SPEED, true);
  }
  return bytes;
}

/** What TCSETS was given. */
export function decodeTermios(bytes: Uint8Array): Termios {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    input: view.getUint32(0, true),
    output: view.getUint32(4, true),
    control: view.getUint32(8, true),
    local: view.getUint32(12, true),
    discipline: bytes[16]!,
    characters: bytes.slice(17, 17 + 19),
  };
}

// GDB's packets on a byte stream (GDB manual, "Remote Protocol", Overview).
//
//   $ payload # two hex digits of its sum       + received       - send again       0x03 interrupt
//   } in a payload escapes the byte behind it, xor 0x20
//
// Bytes are Latin-1 characters here: payloads are text with binary data in places.

const DOLLAR = 0x24;
const HASH = 0x23;
const PLUS = 0x2b;
const MINUS = 0x2d;
const ESCAPE = 0x7d;
const STAR = 0x2a;
const INTERRUPT = 3;

/** The longest payload, in bytes: what is longer is not taken. */
export const MOST_PAYLOAD = 0x1_0000;

export interface PacketEvents {
  /** A whole payload, unescaped. */
  packet(payload: string): void;
  interrupt(): void;
}

/** Takes packets apart and puts them together. */
export class PacketStream {
  /** Whether packets are acknowledged. Both sides begin so. */
  acknowledges = true;
  readonly #events: PacketEvents;
  readonly #send: (bytes: Uint8Array) => void;
  #payload: number[] | undefined;
  #sum = 0;
  #isEscaped = false;
  /** Digits of the sum that are still to come; 0 outside of one. */
  #digits = 0;
  #given = 0;
  #last: Uint8Array = new Uint8Array();

  constructor(events: PacketEvents, send: (bytes: Uint8Array) => void) {
    this.#events = events;
    this.#send = send;
  }

  receive(bytes: Uint8Array): void {
    for (const byte of bytes) this.#take(byte);
  }

  #take(byte: number): void {
    if (this.#digits > 0) {
      this.#given = this.#given * 16 + hexDigit(byte);
      if (--this.#digits === 0) this.#end();
      return;
    }
    if (byte === DOLLAR) {
      this.#payload = [];
      this.#sum = 0;
      this.#isEscaped = false;
      return;
    }
    if (this.#payload === undefined) {
      if (byte === INTERRUPT) this.#events.interrupt();
      else if (byte === MINUS && this.acknowledges && this.#last.length > 0) this.#send(this.#last);
      return;
    }
    if (byte === HASH) {
      this.#digits = 2;
      this.#given = 0;
      return;
    }
    this.#sum = (this.#sum + byte) & 0xff;
    if (byte === ESCAPE) this.#isEscaped = true;
    else {
      if (this.#payload.length < MOST_PAYLOAD) this.#payload.push(this.#isEscaped ? byte ^ 0x20 : byte);
      this.#isEscaped = false;
    }
  }

  #end(): void {
    const payload = this.#payload!;
    this.#payload = undefined;
    const isWhole = this.#given === this.#sum && payload.length < MOST_PAYLOAD;
    if (this.acknowledges) this.#send(Uint8Array.of(isWhole ? PLUS : MINUS));
    if (isWhole) this.#events.packet(latin1(payload));
  }

  /** Sends a payload. */
  send(payload: string): void {
    const bytes: number[] = [DOLLAR];
    let sum = 0;
    const put = (byte: number): void => {
      bytes.push(byte);
      sum = (sum + byte) & 0xff;
    };
    for (let i = 0; i < payload.length; i++) {
      const byte = payload.charCodeAt(i) & 0xff;
      if (byte === DOLLAR || byte === HASH || byte === ESCAPE || byte === STAR) {
        put(ESCAPE);
        put(byte ^ 0x20);
      } else put(byte);
    }
    const digits = sum.toString(16).padStart(2, '0');
    bytes.push(HASH, digits.charCodeAt(0), digits.charCodeAt(1));
    this.#last = Uint8Array.from(bytes);
    this.#send(this.#last);
  }
}

/** 0 to 15; any other character gives a sum that cannot be right. */
function hexDigit(byte: number): number {
  const digit = Number.parseInt(String.fromCharCode(byte), 16);
  return Number.isNaN(digit) ? 0x1000 : digit;
}

/** Text of one character a byte. */
export function latin1(bytes: ArrayLike<number>): string {
  let text = '';
  for (let i = 0; i < bytes.length; i++) text += String.fromCharCode(bytes[i]!);
  return text;
}

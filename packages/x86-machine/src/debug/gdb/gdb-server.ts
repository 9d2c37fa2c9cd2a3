// GDB's remote stub: answers a debugger's packets about one program. Bytes come in through `receive` and go out through `send`.
//
//   stopped ── c, s, vCont ──▶ running ── an event of the target ──▶ stop reply ──▶ stopped      (all threads together)
//                                └── 0x03 ──▶ target.interrupt
//
// Packets come from outside: what cannot be understood is answered with an error or, as the protocol wants for what a stub
// does not know, with nothing; what would not fit is refused before memory is taken for it.

import type { DebugEvent, DebugTarget, ResumeAction, StopCause, Watchpoint } from '../debug-target.ts';
import { fromHex, parseAddress, parseCount, toHex } from './hexadecimal.ts';
import { latin1, MOST_PAYLOAD, PacketStream } from './packet-stream.ts';
import { EXPEDITED, REGISTERS } from './registers.ts';
import { type ReadFile, RemoteFiles } from './remote-files.ts';
import { fromGdbSignal, toGdbSignal } from './signal-numbers.ts';
import { targetDescription } from './target-description.ts';

const SIGNAL = { interrupt: 2, trap: 5, kill: 9 } as const;
/** EINVAL, EFAULT and "no such thread", as E replies write them. */
const ERROR = { invalid: 'E16', fault: 'E0e', noThread: 'E03' } as const;
const ALL_THREADS = -1;
const ANY_THREAD = 0;
/** Half of what a packet may hold, since a byte takes two digits. */
const MOST_MEMORY = MOST_PAYLOAD / 2 - 16;
const LONGEST_WATCHPOINT = 0x1000;
const WATCH_KINDS: Readonly<Record<string, Watchpoint['kind']>> = { 2: 'write', 3: 'read', 4: 'access' };
const WATCH_NAMES: Readonly<Record<Watchpoint['kind'], string>> = { write: 'watch', read: 'rwatch', access: 'awatch' };

export interface GdbServerOptions {
  readonly send: (bytes: Uint8Array) => void;
  /** Files of the program's world that GDB may read: the program, its libraries. None unless given. */
  readonly readFile?: ReadFile;
  /** The debugger has let go of the program, or has killed it. */
  readonly onDone?: (how: 'detached' | 'killed') => void;
}

export class GdbServer {
  readonly #target: DebugTarget;
  readonly #options: GdbServerOptions;
  readonly #stream: PacketStream;
  readonly #files: RemoteFiles | undefined;
  #isRunning = false;
  #isDone = false;
  #lastStop: DebugEvent;
  /** Thread that g, G, p and P are about, and the one that s and c are about. */
  #generalThread = ANY_THREAD;
  #runThread = ALL_THREADS;
  /** Signals that pass to the program without a stop. */
  #passed = new Set<number>();
  readonly #hardware = new Set<bigint>();

  /** The target is stopped, or stops on its own soon. */
  constructor(target: DebugTarget, options: GdbServerOptions) {
    this.#target = target;
    this.#options = options;
    this.#files = options.readFile && new RemoteFiles(options.readFile);
    this.#stream = new PacketStream(
      { packet: (payload) => this.#packet(payload), interrupt: () => this.#interrupt() },
      options.send,
    );
    const threadId = target.threads[0]?.id ?? 1;
    this.#lastStop = { which: 'stopped', threadId, cause: { which: 'signal', signal: SIGNAL.trap } };
    target.onEvent = (event) => this.#happened(event);
  }

  /** Bytes from the debugger, cut up in any way. */
  receive(bytes: Uint8Array): void {
    this.#stream.receive(bytes);
  }

  /** The connection is gone: the program is let go. */
  disconnected(): void {
    if (this.#isDone) return;
    this.#isDone = true;
    if (this.#lastStop.which === 'stopped') this.#target.detach();
    this.#options.onDone?.('detached');
  }

  // ---- running

  #interrupt(): void {
    if (this.#isRunning) this.#target.interrupt();
  }

  #happened(event: DebugEvent): void {
    this.#lastStop = event;
    if (!this.#isRunning) return;
    if (event.which === 'stopped' && event.cause.which === 'signal' && this.#passed.has(event.cause.signal)) {
      const { signal } = event.cause;
      this.#target.resume(new Map([[event.threadId, { which: 'continue', signal }]]), { which: 'continue' });
      return;
    }
    this.#isRunning = false;
    if (event.which === 'stopped') this.#generalThread = event.threadId;
    this.#stream.send(this.#stopReply());
  }

  #resume(actions: ReadonlyMap<number, ResumeAction>, others: ResumeAction | undefined): void {
    this.#isRunning = true;
    this.#target.resume(actions, others);
  }

  #stopReply(): string {
    const event = this.#lastStop;
    if (event.which === 'exited') return `W${hex8(event.code)}`;
    if (event.which === 'killed') return `X${hex8(toGdbSignal(event.signal))}`;
    const { cause, threadId } = event;
    const parts = [`thread:${threadId.toString(16)}`, ...this.#stopDetails(cause)];
    const frame = this.#target.readFrame(threadId);
    if (frame !== undefined) {
      for (const number of EXPEDITED) {
        parts.push(`${hex8(number)}:${toHex(REGISTERS[number]!.read(frame, this.#target.selectors))}`);
      }
    }
    return `T${hex8(signalOf(cause))}${parts.join(';')};`;
  }

  #stopDetails(cause: StopCause): string[] {
    if (cause.which === 'breakpoint') return [this.#hardware.has(cause.address) ? 'hwbreak:' : 'swbreak:'];
    if (cause.which === 'watchpoint') return [`${WATCH_NAMES[cause.watchpoint.kind]}:${cause.address.toString(16)}`];
    if (cause.which === 'executed') return [`exec:${toHex(Uint8Array.from(cause.path, (c) => c.charCodeAt(0)))}`];
    return [];
  }

  // ---- packets

  #packet(payload: string): void {
    // The protocol has nothing but an interrupt come while the program runs.
    if (this.#isRunning || this.#isDone) return;
    const answer = this.#answer(payload);
    if (answer === undefined) return;
    this.#stream.send(answer);
    if (payload === 'QStartNoAckMode') this.#stream.acknowledges = false;
  }

  /** What to reply; undefined: nothing now. */
  #answer(payload: string): string | undefined {
    const rest = payload.slice(1);
    switch (payload[0]) {
      case '?':
        return this.#stopReply();
      case '!':
        return '';
      case 'g':
        return this.#withFrame((frame) =>
          REGISTERS.map((one) => toHex(one.read(frame, this.#target.selectors))).join(''),
        );
      case 'G':
        return this.#writeRegisters(rest);
      case 'p':
        return this.#readRegister(parseCount(rest));
      case 'P':
        return this.#writeRegister(rest);
      case 'm':
        return this.#readMemory(rest);
      case 'M':
      case 'X':
        return this.#writeMemory(payload[0], rest);
      case 'H':
        return this.#selectThread(rest);
      case 'T':
        return this.#hasThread(parseThread(rest)) ? 'OK' : ERROR.noThread;
      case 'Z':
      case 'z':
        return this.#changePoint(payload[0] === 'Z', rest);
      case 'c':
      case 's':
        return this.#goOn(payload[0] === 's' ? 'step' : 'continue', undefined, rest);
      case 'C':
      case 'S': {
        const [signal, address = ''] = rest.split(';');
        const number = parseCount(signal);
        if (number === undefined) return ERROR.invalid;
        return this.#goOn(payload[0] === 'S' ? 'step' : 'continue', number, address);
      }
      case 'k':
        this.#kill();
        return undefined;
      case 'D':
        this.#isDone = true;
        this.#target.detach();
        this.#stream.send('OK');
        this.#options.onDone?.('detached');
        return undefined;
      case 'q':
      case 'Q':
        return this.#query(payload);
      case 'v':
        return this.#verbose(payload);
      default:
        return '';
    }
  }

  #kill(): void {
    this.#isDone = true;
    this.#target.kill();
    this.#options.onDone?.('killed');
  }

  #query(payload: string): string {
    if (payload.startsWith('qSupported')) {
      this.#target.stopsAtPrograms = payload.includes('exec-events+');
      return [
        `PacketSize=${(MOST_PAYLOAD - 1).toString(16)}`,
        'QStartNoAckMode+;QPassSignals+;vContSupported+;swbreak+;hwbreak+;exec-events+;qXfer:features:read+',
        ...(this.#target.auxiliaryVector === undefined ? [] : ['qXfer:auxv:read+']),
        ...(this.#target.executablePath === undefined ? [] : ['qXfer:exec-file:read+']),
      ].join(';');
    }
    if (payload === 'QStartNoAckMode') return 'OK';
    if (payload === 'qC') return `QC${this.#selected().toString(16)}`;
    // 0: the program was started for the debugger, which ends it when it quits.
    if (payload.startsWith('qAttached')) return '0';
    if (payload === 'qfThreadInfo') return `m${this.#target.threads.map(({ id }) => id.toString(16)).join(',')}`;
    if (payload === 'qsThreadInfo') return 'l';
    if (payload.startsWith('qThreadExtraInfo,')) {
      const id = parseThread(payload.slice('qThreadExtraInfo,'.length));
      const thread = this.#target.threads.find((one) => one.id === id);
      return thread === undefined ? ERROR.noThread : toHex(Uint8Array.from(thread.name, (c) => c.charCodeAt(0)));
    }
    if (payload.startsWith('qSymbol:')) return 'OK';
    if (payload.startsWith('QPassSignals:')) {
      const numbers = payload.slice('QPassSignals:'.length).split(';').map(parseCount);
      this.#passed = new Set(numbers.map((number) => fromGdbSignal(number ?? 0)).filter((number) => number !== 0));
      return 'OK';
    }
    if (payload.startsWith('qXfer:')) return this.#transfer(payload.slice('qXfer:'.length));
    return '';
  }

  /** Objects that are read in pieces: `object:read:annex:offset,length`. */
  #transfer(request: string): string {
    const [object, action, annex, range = ''] = request.split(':');
    if (action !== 'read') return '';
    const { auxiliaryVector, executablePath } = this.#target;
    const whole =
      object === 'features' && annex === 'target.xml'
        ? targetDescription()
        : object === 'auxv' && auxiliaryVector !== undefined
          ? latin1(auxiliaryVector)
          : object === 'exec-file'
            ? executablePath
            : undefined;
    if (whole === undefined) return object === 'features' ? 'E00' : '';
    const [offset, length] = range.split(',').map(parseCount);
    if (offset === undefined || length === undefined) return ERROR.invalid;
    // Any byte may need an escape.
    const piece = whole.slice(offset, offset + Math.min(length, MOST_MEMORY));
    return `${offset + piece.length < whole.length ? 'm' : 'l'}${piece}`;
  }

  #verbose(payload: string): string | undefined {
    if (payload === 'vCont?') return 'vCont;c;C;s;S';
    if (payload.startsWith('vCont;')) return this.#continueThreads(payload.slice('vCont;'.length));
    if (payload.startsWith('vKill')) {
      this.#stream.send('OK');
      this.#kill();
      return undefined;
    }
    if (payload.startsWith('vFile:')) return this.#files?.answer(payload.slice('vFile:'.length)) ?? '';
    return '';
  }

  // ---- resuming

  #goOn(which: ResumeAction['which'], signal: number | undefined, address: string): string | undefined {
    if (address !== '') {
      const to = parseAddress(address);
      if (to === undefined) return ERROR.invalid;
      const refused = this.#setRip(to);
      if (refused !== undefined) return refused;
    }
    const action = actionOf(which, signal);
    const thread = this.#runThread;
    if (thread === ALL_THREADS && which === 'continue' && signal === undefined) this.#resume(new Map(), action);
    else {
      const id = thread === ALL_THREADS || thread === ANY_THREAD ? this.#selected() : thread;
      this.#resume(new Map([[id, action]]), thread === ALL_THREADS ? { which: 'continue' } : undefined);
    }
    return undefined;
  }

  #setRip(address: bigint): string | undefined {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setBigUint64(0, address, true);
    const answer = this.#writeRegister(`10=${toHex(bytes)}`);
    return answer === 'OK' ? undefined : answer;
  }

  /** `action[:thread][;action…]`: the first that names a thread, or none, is its. */
  #continueThreads(list: string): string | undefined {
    const actions = new Map<number, ResumeAction>();
    let others: ResumeAction | undefined;
    for (const item of list.split(';')) {
      const [what = '', name] = item.split(':');
      const which = 'sS'.includes(what[0] ?? '?') ? 'step' : 'cC'.includes(what[0] ?? '?') ? 'continue' : undefined;
      const signal = what.length > 1 ? parseCount(what.slice(1)) : 0;
      if (which === undefined || signal === undefined) return ERROR.invalid;
      const action = actionOf(which, signal);
      const thread = name === undefined ? ALL_THREADS : parseThread(name);
      if (thread === undefined) return ERROR.invalid;
      if (thread === ALL_THREADS) others ??= action;
      else {
        const id = thread === ANY_THREAD ? this.#selected() : thread;
        if (!this.#hasThread(id)) return ERROR.noThread;
        if (!actions.has(id)) actions.set(id, action);
      }
    }
    this.#resume(actions, others);
    return undefined;
  }

  // ---- threads and registers

  #hasThread(id: number | undefined): boolean {
    return this.#target.threads.some((thread) => thread.id === id);
  }

  /** The thread that packets without one are about. */
  #selected(): number {
    if (this.#hasThread(this.#generalThread)) return this.#generalThread;
    return this.#lastStop.which === 'stopped' && this.#hasThread(this.#lastStop.threadId)
      ? this.#lastStop.threadId
      : (this.#target.threads[0]?.id ?? 1);
  }

  #selectThread(rest: string): string {
    const thread = parseThread(rest.slice(1));
    if (thread === undefined) return ERROR.invalid;
    if (thread > 0 && !this.#hasThread(thread)) return ERROR.noThread;
    if (rest[0] === 'g') this.#generalThread = thread;
    else if (rest[0] === 'c') this.#runThread = thread;
    else return ERROR.invalid;
    return 'OK';
  }

  #withFrame(use: (frame: Uint8Array) => string): string {
    const frame = this.#target.readFrame(this.#selected());
    return frame === undefined ? ERROR.noThread : use(frame);
  }

  #readRegister(number: number | undefined): string {
    const register = number === undefined ? undefined : REGISTERS[number];
    if (register === undefined) return ERROR.invalid;
    return this.#withFrame((frame) => toHex(register.read(frame, this.#target.selectors)));
  }

  #writeRegister(rest: string): string {
    const [number, value = ''] = rest.split('=');
    const register = REGISTERS[parseCount(number) ?? -1];
    const bytes = fromHex(value);
    if (register === undefined || bytes?.length !== register.bits / 8) return ERROR.invalid;
    return this.#withFrame((frame) => {
      register.write(frame, bytes);
      return this.#target.writeFrame(this.#selected(), frame) ? 'OK' : ERROR.noThread;
    });
  }

  #writeRegisters(rest: string): string {
    const bytes = fromHex(rest);
    const wanted = REGISTERS.reduce((sum, { bits }) => sum + bits / 8, 0);
    if (bytes?.length !== wanted) return ERROR.invalid;
    return this.#withFrame((frame) => {
      let at = 0;
      for (const register of REGISTERS) {
        register.write(frame, bytes.subarray(at, at + register.bits / 8));
        at += register.bits / 8;
      }
      return this.#target.writeFrame(this.#selected(), frame) ? 'OK' : ERROR.noThread;
    });
  }

  // ---- memory, breakpoints, watchpoints

  #readMemory(rest: string): string {
    const [where, count] = rest.split(',');
    const [address, length] = [parseAddress(where), parseCount(count)];
    if (address === undefined || length === undefined) return ERROR.invalid;
    const bytes = new Uint8Array(Math.min(length, MOST_MEMORY));
    const read = this.#target.readMemory(address, bytes);
    return read === 0 && length > 0 ? ERROR.fault : toHex(bytes.subarray(0, read));
  }

  #writeMemory(form: string, rest: string): string {
    const colon = rest.indexOf(':');
    const [where, count] = rest.slice(0, Math.max(colon, 0)).split(',');
    const [address, length] = [parseAddress(where), parseCount(count)];
    const data = rest.slice(colon + 1);
    const bytes = form === 'M' ? fromHex(data) : Uint8Array.from(data, (character) => character.charCodeAt(0));
    if (address === undefined || length === undefined || bytes?.length !== length) return ERROR.invalid;
    return this.#target.writeMemory(address, bytes) === length ? 'OK' : ERROR.fault;
  }

  /** `type,address,length`; conditions and commands of a breakpoint are GDB's own affair. */
  #changePoint(adds: boolean, rest: string): string {
    const [type = '', where, size] = rest.split(';')[0]!.split(',');
    const [address, length] = [parseAddress(where), parseCount(size)];
    if (address === undefined || length === undefined) return ERROR.invalid;
    if (type === '0' || type === '1') {
      if (type === '1' && adds) this.#hardware.add(address);
      else this.#hardware.delete(address);
      if (adds) this.#target.addBreakpoint(address);
      else this.#target.removeBreakpoint(address);
      return 'OK';
    }
    const kind = WATCH_KINDS[type];
    if (kind === undefined) return '';
    if (length === 0 || length > LONGEST_WATCHPOINT) return ERROR.invalid;
    if (adds) this.#target.addWatchpoint({ kind, address, length });
    else this.#target.removeWatchpoint({ kind, address, length });
    return 'OK';
  }
}

/** With GDB's number of a signal, 0 or undefined for none. */
function actionOf(which: ResumeAction['which'], gdbSignal: number | undefined): ResumeAction {
  const signal = fromGdbSignal(gdbSignal ?? 0);
  return signal === 0 ? { which } : { which, signal };
}

const hex8 = (value: number): string => (value & 0xff).toString(16).padStart(2, '0');

function signalOf(cause: StopCause): number {
  if (cause.which === 'signal') return toGdbSignal(cause.signal);
  return cause.which === 'interrupt' ? SIGNAL.interrupt : SIGNAL.trap;
}

/** A thread's number, −1 for all of them; with the multiprocess form `pPROCESS.THREAD` too. */
function parseThread(text: string): number | undefined {
  const name = /^p[0-9a-fA-F]+\.(.*)$/.exec(text)?.[1] ?? text;
  return name === '-1' ? ALL_THREADS : parseCount(name);
}

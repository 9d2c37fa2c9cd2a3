// The kernel as init sees it, with a script for a heart: every capability is an object of the test's, every call to one runs
// a function of the test's, and what init was given back it holds by number as in the real thing.
import {
  CapError,
  capException,
  capSetSize,
  exceptionMessage,
  type HostedPort,
  type HostedProgram,
  type InterfaceDescriptor,
  writeCapSet,
} from '@capos/abi';
import * as ring from '@capos/ipc-ring';

/** What a method answers: results, with the capabilities they name by ordinal. */
export interface Answer {
  readonly results: object;
  readonly caps?: readonly ScriptedObject[];
}

/** An object behind a capability. */
export interface ScriptedObject {
  readonly descriptor: InterfaceDescriptor;
  /** What the CapSet says of it; by default the descriptor's id. */
  readonly interfaceId?: bigint;
  readonly methods: Readonly<
    Record<string, (params: never, caps: readonly ScriptedObject[]) => Answer | Promise<Answer>>
  >;
}

const SIZE = { sqEntries: 16, cqEntries: 32 };
const CAP_SET_OFFSET = 4096;
const HEAP_OFFSET = 16_384;

/** Runs one program against scripted objects. */
export class ScriptedKernel implements HostedPort, ring.SubmissionHandler {
  readonly arena: ArrayBuffer = new ArrayBuffer(1 << 20);
  readonly ringOffset = 0;
  readonly capSetOffset = CAP_SET_OFFSET;
  readonly heapOffset = HEAP_OFFSET;
  readonly processId = 1n;
  /** What the program holds now. */
  readonly held = new Map<number, ScriptedObject>();
  readonly exited: Promise<number>;
  exitCode: number | undefined;
  private readonly server: ring.RingServer;
  private readonly bytes = new Uint8Array(this.arena);
  private readonly view = new DataView(this.arena);
  private resolveExit: (code: number) => void = () => {};
  private callback = (): void => {};
  private entering = false;
  private nextSlot = 1;

  constructor(grants: Readonly<Record<string, ScriptedObject>>) {
    ring.initializeRing(this.arena, 0, SIZE);
    this.server = new ring.RingServer(this.arena, 0, SIZE);
    const entries = Object.entries(grants).map(([name, object]) => ({
      name,
      capId: this.insert(object),
      interfaceId: object.interfaceId ?? object.descriptor.id,
    }));
    if (capSetSize(entries.length) > HEAP_OFFSET - CAP_SET_OFFSET) throw new Error('too many grants');
    writeCapSet(entries, this.bytes, CAP_SET_OFFSET);
    this.exited = new Promise((resolve) => {
      this.resolveExit = resolve;
    });
  }

  /** Starts the program; `exited` tells how it ends. */
  run(program: HostedProgram): this {
    program(this, ['init'], []);
    return this;
  }

  enter(): void {
    const outer = this.entering;
    this.entering = true;
    this.server.drain(this);
    this.entering = outer;
  }

  onCompletion(callback: () => void): void {
    this.callback = callback;
  }

  exit(code: number): void {
    this.exitCode = code;
    this.resolveExit(code);
  }

  submit(entry: ring.SubmissionEntry): number {
    if (entry.op === ring.OP_RELEASE) return this.held.delete(entry.capId) ? 0 : -ring.TRANSPORT_BAD_CAP;
    if (entry.op !== ring.OP_CALL) return -ring.TRANSPORT_BAD_OPERATION;
    const object = this.held.get(entry.capId);
    if (object === undefined) return -ring.TRANSPORT_BAD_CAP;
    const method = Object.values(object.descriptor.methods).find(({ ordinal }) => ordinal === entry.methodId)!;
    const params = method.params.decode(this.bytes, entry.paramsAddress, entry.paramsLength);
    const caps: ScriptedObject[] = [];
    const descriptors = (entry.paramsAddress + entry.paramsLength + 7) & ~7;
    for (let index = 0; index < entry.transferCount; index++) {
      const cap = this.held.get(this.view.getUint32(descriptors + index * 16, true));
      if (cap === undefined) return -ring.TRANSPORT_BAD_CAP;
      caps.push(cap);
    }
    const { userDataLow, resultAddress, resultLength } = entry;
    const answered = (answer: Answer): void => {
      const bytes = new Uint8Array(method.results.measure(answer.results));
      method.results.encode(answer.results, bytes);
      this.complete(userDataLow, resultAddress, resultLength, bytes, answer.caps ?? [], 0);
    };
    const failed = (error: unknown): void => {
      const kind = error instanceof CapError ? error.kind : 'failed';
      const value = exceptionMessage(kind, (error as Error).message);
      const bytes = new Uint8Array(capException.measure(value));
      capException.encode(value, bytes);
      this.complete(userDataLow, resultAddress, resultLength, bytes, [], ring.CQE_FLAG_EXCEPTION);
    };
    try {
      const answer = object.methods[method.name]!(params as never, caps);
      if (answer instanceof Promise) answer.then(answered).catch(failed);
      else answered(answer);
    } catch (error) {
      failed(error);
    }
    return ring.DEFERRED;
  }

  private insert(object: ScriptedObject): number {
    const capId = (1 << 20) | this.nextSlot++;
    this.held.set(capId, object);
    return capId;
  }

  private complete(
    userData: number,
    address: number,
    length: number,
    bytes: Uint8Array,
    caps: readonly ScriptedObject[],
    flags: number,
  ): void {
    if (this.exitCode !== undefined) return;
    const records = (address + bytes.length + 7) & ~7;
    const fits = (caps.length === 0 ? address + bytes.length : records + caps.length * 16) <= address + length;
    if (fits) {
      this.bytes.set(bytes, address);
      caps.forEach((object, index) => {
        this.view.setUint32(records + index * 16, this.insert(object), true);
        this.view.setUint32(records + index * 16 + 4, 0, true);
        this.view.setBigUint64(records + index * 16 + 8, object.interfaceId ?? object.descriptor.id, true);
      });
    }
    const result = fits ? bytes.length : -ring.TRANSPORT_BUFFER_TOO_SMALL;
    this.server.complete(userData, 0, result, fits ? flags : 0, fits ? caps.length : 0);
    this.server.publish();
    if (!this.entering) this.callback();
  }
}

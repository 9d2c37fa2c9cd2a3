// Constructor: starts programs that hold exactly what it lists, and certifies the list. After EROS's constructor (Shapiro and
// Weber, "Verifying the EROS confinement mechanism", 2000), over ProcessSpawner.
//
//   builder (has the program)             constructor                          client (has the secret)
//     image, by value ───────────────────▶ copied
//     data, by value ────────────────────▶ copied into memory of its own
//     name of a discreet object ─────────▶ the constructor's own one
//     any other capability ──────────────▶ a hole
//     seal ──────────────────────────────▶ the list is final ── certificate ──▶ no holes? then
//                                                             ◀── construct ─── what the client grants itself
//                                          spawn(exactly the list and the client's grants) ── ProcessHandle ──▶ client alone
//
// Why a sealed constructor without holes confines: a new process holds what it is granted and itself, nothing else (kernel).
// What it is granted is copied bytes that the builder has no capability to, objects that tell nobody anything, and what the
// client chose. So whatever it is told, it can tell only through what the client gave it. Its end, its faults and its handle
// are the client's. Covert channels (time, load, what is left in an account) are outside of this, as they were in EROS.
//
// A hosted program is code in the kernel's own realm: it is a hole by itself, and listed as one.

import {
  FrameAllocator,
  MAX_CAP_NAME_LENGTH,
  MemoryObject,
  ProcessHandle,
  ProcessSpawner,
  utf8Length,
} from '@capos/abi';
import { adopt, type Cap, type Environment } from '@capos/runtime';
import { ConstructorError } from './constructor-error.ts';
import { DISCREET_INTERFACES } from './discreet-objects.ts';

/** Bytes of data that go over in one message. */
const PIECE = 4096;
const PAGE = 4096;

/** What is run: an ELF64 file by value, or the name of a registered program, which is trusted rather than confined. */
export type ConstructedProgram = { readonly image: Uint8Array } | { readonly hosted: string };

/** One line of a certificate. */
export interface Component {
  readonly name: string;
  /** Why it is no hole; or, for a hole, what it could be used for. */
  readonly reason: string;
}

/** What a sealed constructor's programs hold, whoever has them made. */
export interface Certificate {
  /** No holes: a program that is told something can tell it to nobody but through what its client granted. */
  readonly isConfined: boolean;
  readonly discreet: readonly Component[];
  readonly data: readonly Component[];
  readonly holes: readonly Component[];
}

/** A capability of the client's, and its name for the program. */
export interface ClientGrant {
  readonly name: string;
  readonly cap: Cap;
}

/** A program under way. */
export interface Constructed {
  /** A ProcessHandle. */
  readonly process: Cap;
  readonly processId: bigint;
}

/** Builds, then seals, then constructs any number of processes. Needs `spawner` in the CapSet, and `frames` for data. */
export class Constructor {
  private readonly environment: Environment;
  private readonly program: ConstructedProgram;
  private readonly discreet = new Map<string, Cap>();
  private readonly data = new Map<string, Uint8Array>();
  private readonly holes = new Map<string, Cap>();
  private isSealed = false;

  /** The image is copied: whoever gave it can't change it afterwards. */
  constructor(environment: Environment, program: ConstructedProgram) {
    this.environment = environment;
    this.program = 'image' in program ? { image: program.image.slice() } : program;
  }

  /**
   * The program gets the constructor's own object of this name.
   * @throws ConstructorError badName, sealed, notHeld (also for an object that is not discreet)
   */
  provide(name: string, held: string = name): this {
    this.check(name);
    const { capSet } = this.environment;
    const interfaceId = capSet.names.includes(held) ? capSet.interfaceId(held) : undefined;
    if (interfaceId === undefined || !DISCREET_INTERFACES.has(interfaceId)) {
      const there = [...DISCREET_INTERFACES.values()].map(({ descriptor }) => descriptor.name).join(', ');
      throw new ConstructorError(
        'notHeld',
        `"${held}" is no discreet object that the constructor holds: install it as a hole, or use one of ${there}`,
      );
    }
    this.discreet.set(name, capSet.cap(held));
    return this;
  }

  /**
   * The program gets a MemoryObject of its own that begins as a copy of `bytes`.
   * @throws ConstructorError badName, sealed
   */
  provideData(name: string, bytes: Uint8Array): this {
    this.check(name);
    this.data.set(name, bytes.slice());
    return this;
  }

  /**
   * Any capability at all, of whose workings the constructor knows nothing: a hole. It is the constructor's from now on.
   * @throws ConstructorError badName, sealed
   */
  install(name: string, cap: Cap): this {
    this.check(name);
    this.holes.set(name, cap);
    return this;
  }

  /** The list is final. */
  seal(): this {
    this.isSealed = true;
    return this;
  }

  /** What the programs of this constructor will hold. @throws ConstructorError notSealed */
  certificate(): Certificate {
    this.requireSealed();
    const holes: Component[] = [...this.holes.keys()].map((name) => ({
      name,
      reason: 'a capability that somebody else made: whoever serves it hears what it is told',
    }));
    if ('hosted' in this.program) {
      holes.unshift({ name: this.program.hosted, reason: 'a program in the host’s own realm: trusted, not confined' });
    }
    return {
      isConfined: holes.length === 0,
      discreet: [...this.discreet].map(([name, { interfaceId }]) => ({
        name,
        reason: DISCREET_INTERFACES.get(interfaceId!)!.why,
      })),
      data: [...this.data].map(([name, { length }]) => ({
        name,
        reason: `${length} bytes, copied for each program anew`,
      })),
      holes,
    };
  }

  /**
   * Starts a program that holds the list and `grants`. `acceptHoles`: names of holes that the client has looked at and accepts.
   * @throws ConstructorError notSealed, hasHoles, badName; CapError or TransportError when it can't be started
   */
  async construct(
    name: string,
    grants: readonly ClientGrant[],
    {
      arguments: args = [name],
      acceptHoles = [],
    }: {
      readonly arguments?: readonly string[];
      readonly acceptHoles?: readonly string[];
    } = {},
  ): Promise<Constructed> {
    const refused = this.certificate().holes.filter((hole) => !acceptHoles.includes(hole.name));
    if (refused.length > 0) {
      throw new ConstructorError(
        'hasHoles',
        `the program would hold ${refused.map((hole) => hole.name).join(', ')}: accept that by name, or do not use it`,
      );
    }
    for (const grant of grants) {
      if (this.isTaken(grant.name)) throw new ConstructorError('badName', `"${grant.name}" is on the list already`);
    }
    const copies: ClientGrant[] = [];
    try {
      for (const [item, bytes] of this.data) copies.push({ name: item, cap: await this.copyOf(bytes) });
      const all: ClientGrant[] = [
        ...[...this.discreet, ...this.holes].map(([item, cap]) => ({ name: item, cap })),
        ...copies,
        ...grants,
      ];
      const spawner = this.environment.capSet.get('spawner', ProcessSpawner);
      const answer = await spawner.spawn(
        {
          name,
          image: 'image' in this.program ? this.program.image : new Uint8Array(0),
          program: 'hosted' in this.program ? this.program.hosted : '',
          arguments: args,
          environment: [],
          grants: all.map((grant, cap) => ({ name: grant.name, cap, transferMode: 'copy' })),
          limits: [],
        },
        { transfers: all.map(({ cap }) => cap) },
      );
      return { process: adopt(answer, answer.process, ProcessHandle), processId: answer.processId };
    } finally {
      // The program has its own; that the constructor kept none is what makes the memory the program's alone.
      for (const { cap } of copies) cap.release();
    }
  }

  /** Lets go of the holes. */
  release(): void {
    for (const cap of this.holes.values()) cap.release();
    this.holes.clear();
  }

  private async copyOf(bytes: Uint8Array): Promise<Cap> {
    const { environment } = this;
    const frames = environment.capSet.get('frames', FrameAllocator);
    const size = BigInt(Math.max(1, Math.ceil(bytes.length / PAGE)) * PAGE);
    const made = await frames.allocate({ size, contiguous: false });
    const cap = adopt(made, made.object, MemoryObject);
    try {
      const memory = environment.client(cap, MemoryObject);
      for (let offset = 0; offset < bytes.length; offset += PIECE) {
        await memory.write({ offset: BigInt(offset), data: bytes.subarray(offset, offset + PIECE) });
      }
      return cap;
    } catch (error) {
      cap.release();
      throw error;
    }
  }

  private isTaken(name: string): boolean {
    return this.discreet.has(name) || this.data.has(name) || this.holes.has(name);
  }

  private check(name: string): void {
    if (this.isSealed) throw new ConstructorError('sealed', `"${name}" comes too late: the constructor is sealed`);
    const length = utf8Length(name);
    if (length === 0 || length > MAX_CAP_NAME_LENGTH || name.includes('\0') || this.isTaken(name)) {
      throw new ConstructorError(
        'badName',
        `"${name}": use 1 to ${MAX_CAP_NAME_LENGTH} bytes without NUL, each name once`,
      );
    }
  }

  private requireSealed(): void {
    if (!this.isSealed) throw new ConstructorError('notSealed', 'seal the constructor first: the list must be final');
  }
}

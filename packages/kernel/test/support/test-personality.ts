// A foreign personality whose answers a test writes: numbers in RAX, arguments in RDI and RSI, results in RAX.
import {
  type ExitStatusLike,
  type ForeignPersonality,
  type ForeignProcess,
  type ForeignThread,
  type PersonalityFactory,
  REGISTER,
} from '@capos/abi';

export interface TestPersonality {
  factory: PersonalityFactory;
  process: ForeignProcess;
  threads: ForeignThread[];
  events: string[];
}

export interface Answers {
  syscall?(thread: ForeignThread, number: number, argument: number, process: ForeignProcess): void;
  fault?: ForeignPersonality['fault'];
  interrupted?(thread: ForeignThread): void;
  start?(process: ForeignProcess): void;
}

export const EXIT = 60;

export function testPersonality(answers: Answers = {}): TestPersonality {
  const made: TestPersonality = {
    events: [],
    threads: [],
    process: undefined as unknown as ForeignProcess,
    factory: {
      name: 'test',
      create(): ForeignPersonality {
        return {
          start(process) {
            made.process = process;
            if (answers.start !== undefined) answers.start(process);
            const { entry } = process.memory.loadElf(process.imageBytes);
            const stack = process.memory.map(0n, 65_536n, 3, false) as bigint;
            made.threads.push(process.newThread({ rip: entry, rsp: stack + 65_536n })!);
          },
          syscall(thread) {
            const number = Number(thread.registers[REGISTER.RAX]);
            const argument = Number(thread.registers[REGISTER.RDI]);
            made.events.push(`syscall ${number}(${argument})`);
            if (number === EXIT) made.process.exit({ which: 'exited', exited: argument } satisfies ExitStatusLike);
            else answers.syscall?.(thread, number, argument, made.process);
          },
          fault(thread, vector, errorCode, address) {
            made.events.push(`fault ${vector} at ${address}`);
            return answers.fault?.(thread, vector, errorCode, address) ?? false;
          },
          interrupted(thread) {
            made.events.push('interrupted');
            answers.interrupted?.(thread);
          },
          exited() {
            made.events.push('exited');
          },
        };
      },
    },
  };
  return made;
}

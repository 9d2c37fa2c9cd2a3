// A bare machine's run, recorded or replayed: the loop around `machine.run` that both share.
//
//   const recorder = createRecorder({ seed: 1n });
//   const machine = createMachine({ ...journalOptions(recorder) });
//   const run = followMachine(machine, recorder, (name, bytes) => …hand it to a device…);
//   run.arrive('keyboard', bytes); run.run(1_000_000); recorder.finish(stateHash(machine));
//
// Time is skipped while the processor is halted, up to the next event of a device.

import { type Machine, type MachineOptions, STOP, type StopReason } from '../machine.ts';
import { MachineError } from '../machine-error.ts';
import type { Journal, Recorder, Replay } from './journal.ts';

/** What a machine must be made with for its runs to be repeatable. */
export const journalOptions = ({
  clock,
  entropy,
}: Journal): Pick<MachineOptions, 'clock' | 'entropy' | 'floatExceptions'> => ({
  clock,
  entropy,
  floatExceptions: 'always',
});

export interface JournaledRun {
  /**
   * Something arrives from outside: it is written down and handed on.
   * @throws MachineError `badConfiguration` in a replay, where what arrives is in the log
   */
  arrive(name: string, payload?: Uint8Array): void;
  /**
   * Runs exactly so many instructions, unless something ends the run sooner. A replay hands on what was recorded, at its very place.
   * @throws MachineError `diverged`, `badLog`
   */
  run(budget?: number): StopReason;
}

/** @param handOn gives what arrives to its device */
export function followMachine(
  machine: Machine,
  journal: Recorder | Replay,
  handOn: (name: string, payload: Uint8Array) => void,
): JournaledRun {
  const { cpu } = machine;
  const { clock } = journal;
  journal.position = () => cpu.instructions;
  clock.follow(cpu);

  /** Runs up to a number of instructions, skipping time while halted, but not beyond `timeNs`. */
  const runTo = (instructions: number, timeNs: number): StopReason => {
    for (;;) {
      if (cpu.instructions < instructions) {
        const reason = machine.run(instructions - cpu.instructions);
        if (reason !== STOP.halted && reason !== STOP.budget) return reason;
      }
      if (!cpu.halted) return STOP.budget;
      const next = machine.nextEventNs();
      if (cpu.instructions >= instructions || next === Number.POSITIVE_INFINITY || next > timeNs) return STOP.halted;
      clock.advanceTo(next);
    }
  };

  const replayTo = (replay: Replay, end: number): StopReason => {
    for (;;) {
      const entry = replay.nextArrival();
      if (entry === undefined || entry.at > end) return runTo(end, Number.POSITIVE_INFINITY);
      if (cpu.instructions < entry.at) {
        const reason = runTo(entry.at, entry.timeNs);
        if (reason !== STOP.halted && reason !== STOP.budget) return reason;
      }
      if (cpu.halted && cpu.instructions === entry.at && clock.nowNs() < entry.timeNs) {
        // Devices may have had events in the meantime, none of which woke the processor.
        runTo(entry.at + 1, entry.timeNs);
        clock.advanceTo(entry.timeNs);
      }
      machine.events.runDue();
      if (entry.at !== cpu.instructions || entry.timeNs !== clock.nowNs()) {
        throw replay.diverged(`the machine is at ${cpu.instructions}, ${clock.nowNs()} ns`);
      }
      replay.arrivalTaken();
      handOn(entry.name, entry.payload);
    }
  };

  return {
    arrive(name, payload = new Uint8Array()) {
      if (journal.mode === 'replay') {
        throw new MachineError('badConfiguration', `${name} arrives during a replay: what arrives then is in the log`);
      }
      machine.events.runDue();
      journal.arrived(name, payload);
      handOn(name, payload);
    },
    run(budget = Number.MAX_SAFE_INTEGER) {
      const end = Math.min(Number.MAX_SAFE_INTEGER, cpu.instructions + budget);
      return journal.mode === 'replay' ? replayTo(journal, end) : runTo(end, Number.POSITIVE_INFINITY);
    },
  };
}

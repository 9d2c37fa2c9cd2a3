// What is to happen when: callbacks in order of the machine's monotonic clock, called between instructions.

import type { DeviceSchedule, EventHandle } from '../devices/device.ts';

/** Monotonic time, from outside. */
export interface Clock {
  nowNs(): number;
  /**
   * Of a clock that goes by the machine's own instructions: how many more of them until a time. A machine with such a clock keeps
   * budgets and the times of events to the instruction, so what it does is the same in every run and in either tier.
   */
  instructionsUntil?(timeNs: number): number;
}

interface ScheduledEvent {
  readonly timeNs: number;
  readonly handle: EventHandle;
  readonly callback: () => void;
}

export class EventScheduler implements DeviceSchedule {
  readonly #clock: Clock;
  /** Soonest first; equal times in order of scheduling. */
  readonly #events: ScheduledEvent[] = [];
  readonly #whenChanged: () => void;
  #lastHandle: EventHandle = 0;

  /** @param whenChanged called when the soonest event may have become sooner */
  constructor(clock: Clock, whenChanged: () => void) {
    this.#clock = clock;
    this.#whenChanged = whenChanged;
  }

  nowNs(): number {
    return this.#clock.nowNs();
  }

  at(timeNs: number, callback: () => void): EventHandle {
    const handle = ++this.#lastHandle;
    let index = this.#events.length;
    while (index > 0 && this.#events[index - 1]!.timeNs > timeNs) index--;
    this.#events.splice(index, 0, { timeNs, handle, callback });
    if (index === 0) this.#whenChanged();
    return handle;
  }

  cancel(handle: EventHandle): void {
    const index = this.#events.findIndex((event) => event.handle === handle);
    if (index >= 0) this.#events.splice(index, 1);
  }

  /** When the next event is due; Infinity when there is none. */
  nextEventNs(): number {
    return this.#events[0]?.timeNs ?? Number.POSITIVE_INFINITY;
  }

  /** Calls what is due. An event that schedules another for now has it called at the next look. */
  runDue(): void {
    if (this.#events.length === 0) return;
    const now = this.#clock.nowNs();
    let due = 0;
    while (due < this.#events.length && this.#events[due]!.timeNs <= now) due++;
    for (const event of this.#events.splice(0, due)) event.callback();
  }
}

// Call statistics: how often each system call and each capability method was called, how often it failed, how long it took.
//
//   system call ── began ─▶ ended              capability method ── CountingTable.call ─▶ its outcome
//
// A call's time includes what it waited for.

import type { CapTableView, InterfaceDescriptor } from '@capos/abi';
import { interfaces } from '@capos/abi';

/** One row of the statistics. */
export interface CallCount {
  readonly name: string;
  readonly calls: number;
  readonly errors: number;
  readonly totalNs: number;
}

interface Counter {
  calls: number;
  errors: number;
  totalNs: number;
}

export class CallStatistics {
  readonly #calls = new Map<string, Counter>();
  readonly #methods = new Map<string, Counter>();
  readonly #tables = new WeakMap<CapTableView, CountingTable>();

  countCall(name: string, failed: boolean, ns: number): void {
    count(this.#calls, name, failed, ns);
  }

  countMethod(name: string, failed: boolean, ns: number): void {
    count(this.#methods, name, failed, ns);
  }

  /** A process's table as one that counts; always the same one for the same table. */
  counting(table: CapTableView, nowNs: () => number): CapTableView {
    let counting = this.#tables.get(table);
    if (counting === undefined) {
      counting = new CountingTable(table, this, nowNs);
      this.#tables.set(table, counting);
    }
    return counting;
  }

  /** System calls, those that took longest first. */
  get calls(): readonly CallCount[] {
    return sorted(this.#calls);
  }

  /** Capability methods, as `Interface.method`. */
  get methods(): readonly CallCount[] {
    return sorted(this.#methods);
  }

  /** Both as tables, as `strace -c` has them. */
  report(): string {
    return `${table('syscall', this.calls)}\n${table('capability', this.methods)}`;
  }
}

function count(counters: Map<string, Counter>, name: string, failed: boolean, ns: number): void {
  let counter = counters.get(name);
  if (counter === undefined) {
    counter = { calls: 0, errors: 0, totalNs: 0 };
    counters.set(name, counter);
  }
  counter.calls++;
  if (failed) counter.errors++;
  counter.totalNs += ns;
}

function sorted(counters: ReadonlyMap<string, Counter>): CallCount[] {
  return [...counters]
    .map(([name, counter]) => ({ name, ...counter }))
    .sort((left, right) => right.totalNs - left.totalNs || right.calls - left.calls);
}

function table(title: string, rows: readonly CallCount[]): string {
  const sum = (pick: (row: CallCount) => number): number => rows.reduce((total, row) => total + pick(row), 0);
  const total = {
    name: 'total',
    calls: sum((r) => r.calls),
    errors: sum((r) => r.errors),
    totalNs: sum((r) => r.totalNs),
  };
  const line = ({ name, calls, errors, totalNs }: CallCount): string =>
    [
      (total.totalNs === 0 ? 0 : (100 * totalNs) / total.totalNs).toFixed(2).padStart(6),
      (totalNs / 1e9).toFixed(6).padStart(11),
      (calls === 0 ? 0 : totalNs / calls / 1000).toFixed(1).padStart(11),
      String(calls).padStart(9),
      (errors === 0 ? '' : String(errors)).padStart(9),
      ` ${name}`,
    ].join(' ');
  const rule = '------ ----------- ----------- --------- ---------  ----------------';
  return [
    `% time     seconds  usecs/call     calls    errors  ${title}`,
    rule,
    ...rows.map(line),
    rule,
    line(total),
    '',
  ].join('\n');
}

/** Another's table, with every call counted. */
class CountingTable implements CapTableView {
  readonly #table: CapTableView;
  readonly #statistics: CallStatistics;
  readonly #nowNs: () => number;

  constructor(table: CapTableView, statistics: CallStatistics, nowNs: () => number) {
    this.#table = table;
    this.#statistics = statistics;
    this.#nowNs = nowNs;
  }

  lookup(name: string): number | undefined {
    return this.#table.lookup(name);
  }

  names(): readonly string[] {
    return this.#table.names();
  }

  interfaceOf(capId: number): bigint | undefined {
    return this.#table.interfaceOf(capId);
  }

  call(
    ...[capId, ordinal, params, transfers, complete, options]: Parameters<CapTableView['call']>
  ): ReturnType<CapTableView['call']> {
    const name = methodName(this.#table.interfaceOf(capId), ordinal);
    const began = this.#nowNs();
    return this.#table.call(
      capId,
      ordinal,
      params,
      transfers,
      (outcome) => {
        this.#statistics.countMethod(name, outcome.kind !== 'results', this.#nowNs() - began);
        complete(outcome);
      },
      options,
    );
  }

  copy(capId: number): number | undefined {
    return this.#table.copy(capId);
  }

  copyFrom(other: CapTableView, capId: number): number | undefined {
    return this.#table.copyFrom(other instanceof CountingTable ? other.#table : other, capId);
  }

  release(capId: number): void {
    this.#table.release(capId);
  }
}

function methodName(interfaceId: bigint | undefined, ordinal: number): string {
  const descriptor: InterfaceDescriptor | undefined =
    interfaceId === undefined ? undefined : interfaces.get(interfaceId);
  if (descriptor === undefined) return `?.${ordinal}`;
  const method = Object.values(descriptor.methods).find((one) => one.ordinal === ordinal);
  return `${descriptor.name}.${method?.name ?? ordinal}`;
}

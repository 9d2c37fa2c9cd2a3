// The specification of capability tables, transfer and revocation: a set of edges, and what each operation does to it.
//
//   edge       (table, id) ─▶ thing, epoch, transfer mode          an id is never used twice
//   insert     one edge more, unless the table's ledger is full
//   transfer   gather: every descriptor names a live edge that may travel so, or nothing happens
//              commit: a copied edge is in both tables, a moved one at the receiver alone, epoch and mode as they were
//              rollback, cancel: everything is as before · consume: moved edges are gone, copied ones stay
//   revoke     the thing's epoch moves on: every edge of an older epoch is dead, wherever it is, and stays
//   a thing lives exactly as long as an edge, or the test, refers to it; ledgers count exactly the edges
import * as fc from 'fast-check';
import { expect } from 'vitest';
import { Ledger, RESOURCE } from '../../src/accounting/ledger.ts';
import { CapTable } from '../../src/capabilities/cap-table.ts';
import { KernelObject, ORIGIN, TRANSFER_MODE, type TransferMode } from '../../src/capabilities/kernel-object.ts';
import { GATHER, TRANSFER_BY, Transfer } from '../../src/capabilities/transfer.ts';

export class Thing extends KernelObject {
  readonly interfaceId = 1n;
  readonly label = 'thing';
  ended = false;
  call(): void {}
  protected override unreferenced(): void {
    this.ended = true;
  }
}

interface Edge {
  table: number;
  thing: number;
  epoch: number;
  mode: TransferMode;
}

/** The specification: edges by table and id. */
class Model {
  readonly edges: Map<string, Edge> = new Map();

  at(table: number, capId: number): Edge | undefined {
    return this.edges.get(`${table}/${capId}`);
  }

  put(table: number, capId: number, edge: Edge): void {
    expect(this.edges.has(`${table}/${capId}`)).toBe(false);
    this.edges.set(`${table}/${capId}`, { ...edge, table });
  }

  remove(table: number, capId: number): void {
    expect(this.edges.delete(`${table}/${capId}`)).toBe(true);
  }

  holders(thing: number): number {
    return [...this.edges.values()].filter((edge) => edge.thing === thing).length;
  }

  held(table: number): number {
    return [...this.edges.values()].filter((edge) => edge.table === table).length;
  }
}

const TABLES = 3;
const THINGS = 4;
const LIMIT = 12;
const table = fc.nat({ max: TABLES - 1 });
const mode = fc.constantFrom(TRANSFER_MODE.COPY, TRANSFER_MODE.MOVE, TRANSFER_MODE.NON_TRANSFERABLE);

const operation = fc.oneof(
  fc.record({ kind: fc.constant('insert' as const), table, thing: fc.nat({ max: THINGS - 1 }), mode }),
  fc.record({ kind: fc.constant('release' as const), table, pick: fc.nat() }),
  fc.record({ kind: fc.constant('revoke' as const), thing: fc.nat({ max: THINGS - 1 }) }),
  fc.record({
    kind: fc.constant('transfer' as const),
    from: table,
    to: table,
    picks: fc.array(fc.record({ pick: fc.nat(), by: fc.constantFrom(TRANSFER_BY.COPY, TRANSFER_BY.MOVE, 7) }), {
      maxLength: 4,
    }),
    outcome: fc.constantFrom('commit', 'rollback', 'cancel', 'consume'),
  }),
  fc.record({ kind: fc.constant('forged' as const), table, capId: fc.integer({ min: 0, max: 0xffff_ffff }) }),
);

/** One run: a random history of three tables that exchange four objects. */
export function capTableProperty(length: number): fc.IPropertyWithHooks<[unknown[]]> {
  return fc.property(fc.array(operation, { maxLength: length, size: 'max' }), (operations) => {
    const root = new Ledger();
    const ledgers = Array.from({ length: TABLES }, () => new Ledger({ capSlots: LIMIT }, root));
    const tables = ledgers.map((ledger) => new CapTable(ledger));
    const things = Array.from({ length: THINGS }, () => new Thing());
    for (const thing of things) thing.retain();
    const model = new Model();
    const known: number[][] = tables.map(() => [0]);
    const transfer = new Transfer();
    for (const action of operations) {
      if (action.kind === 'insert') {
        const thing = things[action.thing]!;
        const capId = tables[action.table]!.insert(thing, thing.epoch, action.mode, ORIGIN.KERNEL);
        expect(capId === 0).toBe(model.held(action.table) === LIMIT);
        if (capId === 0) continue;
        known[action.table]!.push(capId);
        model.put(action.table, capId, {
          table: action.table,
          thing: action.thing,
          epoch: thing.epoch,
          mode: action.mode,
        });
      } else if (action.kind === 'release') {
        const ids = known[action.table]!;
        const capId = ids[action.pick % ids.length]!;
        const slot = tables[action.table]!.slotOf(capId);
        expect(slot >= 0).toBe(model.at(action.table, capId) !== undefined);
        if (slot < 0) continue;
        tables[action.table]!.remove(slot);
        model.remove(action.table, capId);
      } else if (action.kind === 'revoke') {
        things[action.thing]!.revoke();
      } else if (action.kind === 'forged') {
        const slot = tables[action.table]!.slotOf(action.capId);
        expect(slot >= 0).toBe(model.at(action.table, action.capId) !== undefined);
      } else {
        play(action, tables, things, model, known, transfer);
      }
      check(tables, ledgers, things, model);
    }
    for (const each of tables) each.clear();
    expect(root.isEmpty).toBe(true);
    expect(things.every(({ holders, ended }) => holders === 1 && !ended)).toBe(true);
  }) as unknown as fc.IPropertyWithHooks<[unknown[]]>;
}

function play(
  action: { from: number; to: number; picks: { pick: number; by: number }[]; outcome: string },
  tables: CapTable[],
  things: Thing[],
  model: Model,
  known: number[][],
  transfer: Transfer,
): void {
  const sender = tables[action.from]!;
  const receiver = tables[action.to]!;
  transfer.begin(sender);
  const sent: { capId: number; by: number; edge: Edge }[] = [];
  for (const { pick, by } of action.picks) {
    const ids = known[action.from]!;
    const capId = ids[pick % ids.length]!;
    const edge = model.at(action.from, capId);
    const code = transfer.add(capId, by);
    expect(code).toBe(expectedCode(edge, capId, by, sent));
    if (code !== GATHER.OK) {
      transfer.rollback();
      return;
    }
    sent.push({ capId, by, edge: edge! });
  }
  transfer.hold();
  for (const { capId, by } of sent) expect(sender.slotOf(capId) >= 0).toBe(by === TRANSFER_BY.COPY);
  if (action.outcome === 'rollback') {
    transfer.rollback();
    return;
  }
  if (action.outcome === 'consume') {
    transfer.consume();
    for (const { capId, by } of sent) if (by === TRANSFER_BY.MOVE) model.remove(action.from, capId);
    return;
  }
  const reserved = transfer.reserve(receiver);
  // A moved edge gives its slot back only after the receiver's is taken: between one table and itself both count.
  expect(reserved).toBe(model.held(action.to) + sent.length <= LIMIT);
  if (!reserved || action.outcome === 'cancel') {
    if (reserved) transfer.cancelReservation(receiver);
    transfer.rollback();
    return;
  }
  const received: number[] = [];
  transfer.commit(receiver, ORIGIN.TRANSFER, {
    received(_index, capId, object) {
      received.push(capId);
      expect(object).toBe(things[sent[received.length - 1]!.edge.thing]);
    },
  });
  sent.forEach(({ capId, by, edge }, index) => {
    if (by === TRANSFER_BY.MOVE) model.remove(action.from, capId);
    known[action.to]!.push(received[index]!);
    model.put(action.to, received[index]!, edge);
  });
}

function expectedCode(
  edge: Edge | undefined,
  capId: number,
  by: number,
  sent: { capId: number; by: number }[],
): number {
  if (by !== TRANSFER_BY.COPY && by !== TRANSFER_BY.MOVE) return GATHER.MALFORMED;
  if (edge === undefined) return GATHER.BAD_CAP;
  if (edge.mode === TRANSFER_MODE.NON_TRANSFERABLE) return GATHER.NOT_PERMITTED;
  if (edge.mode === TRANSFER_MODE.MOVE && by === TRANSFER_BY.COPY) return GATHER.NOT_PERMITTED;
  const clashes = sent.some(
    (other) => other.capId === capId && (by === TRANSFER_BY.MOVE || other.by === TRANSFER_BY.MOVE),
  );
  return clashes ? GATHER.MALFORMED : GATHER.OK;
}

/** Cheaper than an expectation: this is asked after every step. */
function hold(condition: boolean, sentence: string): void {
  if (!condition) throw new Error(sentence);
}

function check(tables: CapTable[], ledgers: Ledger[], things: Thing[], model: Model): void {
  const held = tables.map(() => 0);
  const holders = things.map(() => 1);
  for (const edge of model.edges.values()) {
    held[edge.table]!++;
    holders[edge.thing]!++;
  }
  tables.forEach((each, index) => {
    hold(each.size === held[index], 'a table has as many edges as the model');
    hold(ledgers[index]!.used(RESOURCE.CAP_SLOTS) === held[index], 'a ledger counts the slots of its table');
    each.forEach((slot) => {
      const edge = model.at(index, each.capIdAt(slot));
      hold(edge !== undefined, 'an edge is in the table that the model has it in');
      const thing = things[edge!.thing]!;
      hold(each.referentAt(slot) === thing, 'an edge refers to what it was given for');
      hold(
        each.objectAt(slot) === (edge!.epoch === thing.epoch ? thing : undefined),
        'revocation ends exactly older edges',
      );
      hold(each.transferModeAt(slot) === edge!.mode, 'an edge keeps its transfer mode');
    });
  });
  things.forEach((thing, index) => {
    hold(thing.holders === holders[index], 'an object knows how many hold it');
  });
}

// The heads of translated regions: what they are entered by, side by side in lines of their own.
//
//   record of the block ──forward──▶ head ──▶ the region's function       written to, or made anew: head ──forgotten──▶ record of the block
//
// Landings and returns lead to heads, the jump cache does so after the first time. A head of a block that no region begins at, since that was
// forgotten or has not been made, is the next one's that does.

import type { CodeCache } from '../interpreter/code-cache.ts';
import { SPECIAL } from '../interpreter/handler-table.ts';
import { RECORD, REGION_HEAD, REGION_HEAD_BYTES } from '../interpreter/record.ts';
import type { Entrance, TranslatedRegion } from './translated-region.ts';

const LINE = 64;

/** Bytes of records that the heads of a region may take. */
export const headBytes = (entrances: number): number => entrances * REGION_HEAD_BYTES + LINE;

interface Led {
  readonly region: TranslatedRegion;
  readonly entrance: Entrance;
}

export class RegionHeads {
  readonly #codeCache: CodeCache;
  readonly #view: DataView;
  readonly #led = new Map<number, Led>();
  /** By physical address of the block: heads that no region made for itself, or that has been forgotten. */
  readonly #others = new Map<number, number[]>();

  constructor(codeCache: CodeCache, view: DataView) {
    this.#codeCache = codeCache;
    this.#view = view;
  }

  clear(): void {
    this.#led.clear();
    this.#others.clear();
  }

  /** Room for the heads of so many entrances; gives the address of the first. */
  reserve(entrances: number): number {
    return Math.ceil(this.#codeCache.reserve(headBytes(entrances)) / LINE) * LINE;
  }

  /** A region's own heads lead to it. */
  write(region: TranslatedRegion): void {
    for (const entrance of region.entrances) this.#write(entrance.head, region, entrance, 0);
  }

  /** REGION_HEAD_BYTES are a head of the block at a physical address, whatever region that is in now or will be. */
  share(head: number, physical: number, led: Led | undefined): void {
    const others = this.#others.get(physical);
    if (others) others.push(head);
    else this.#others.set(physical, [head]);
    if (led) this.#write(head, led.region, led.entrance, this.codeTag(led.region));
    else this.#leadToRecord(head, this.#codeCache.headAt(physical));
  }

  /** The region that a head leads to; undefined for a record. */
  at(head: number): Led | undefined {
    return this.#led.get(head);
  }

  /** What leads to a block leads to an entrance of a region whose function is in the table. */
  open(region: TranslatedRegion, entrance: Entrance): void {
    const record = this.#codeCache.headAt(entrance.physical);
    if (record !== 0) this.lead(record, entrance);
    for (const head of this.#others.get(entrance.physical) ?? []) {
      this.#write(head, region, entrance, this.codeTag(region));
    }
  }

  /** The record of a block leads to an entrance. */
  lead(record: number, { head }: Entrance): void {
    this.#view.setUint32(record + RECORD.link, head, true);
    this.#view.setUint16(record + RECORD.handler, SPECIAL.forward, true);
  }

  /** Whether the record of a block leads to an entrance. */
  isLed(record: number, { head }: Entrance): boolean {
    const isForwarded = this.#view.getUint16(record + RECORD.handler, true) === SPECIAL.forward;
    return isForwarded && this.#view.getUint32(record + RECORD.link, true) === head;
  }

  forget(region: TranslatedRegion): void {
    for (const { head, physical } of region.entrances) {
      const others = this.#others.get(physical) ?? [];
      this.#others.set(physical, others);
      others.push(head);
      const record = this.#codeCache.headAt(physical);
      for (const one of others) if (this.#led.get(one)?.region === region) this.#leadToRecord(one, record);
    }
  }

  /** A block has been decoded. */
  decoded(physical: number, record: number): void {
    for (const head of this.#others.get(physical) ?? []) if (!this.#led.has(head)) this.#leadToRecord(head, record);
  }

  /** The code tag that a region was last found good for. */
  codeTag({ entrances }: TranslatedRegion): number {
    return this.#view.getUint32(entrances[0]!.head + REGION_HEAD.codeTag, true);
  }

  setCodeTag(region: TranslatedRegion, codeTag: number): void {
    for (const { head, physical } of region.entrances) {
      this.#view.setUint32(head + REGION_HEAD.codeTag, codeTag, true);
      for (const one of this.#others.get(physical) ?? []) {
        if (this.#led.get(one)?.region === region) this.#view.setUint32(one + REGION_HEAD.codeTag, codeTag, true);
      }
    }
  }

  #write(head: number, region: TranslatedRegion, entrance: Entrance, codeTag: number): void {
    const view = this.#view;
    view.setUint16(head + REGION_HEAD.handler, region.entry, true);
    view.setUint16(head + REGION_HEAD.number, entrance.number, true);
    view.setUint32(head + REGION_HEAD.codeTag, codeTag, true);
    view.setUint32(head + REGION_HEAD.records, entrance.records, true);
    view.setInt32(head + REGION_HEAD.offset, entrance.offset, true);
    this.#led.set(head, { region, entrance });
  }

  /** @param record of the block; 0: it has none */
  #leadToRecord(head: number, record: number): void {
    this.#led.delete(head);
    this.#view.setUint32(head + REGION_HEAD.records, record, true);
    this.#view.setUint16(head + REGION_HEAD.handler, SPECIAL.forgotten, true);
  }

  /** A block that gains nothing asks no more. */
  leaveAlone(head: number): void {
    if (head === 0) return;
    this.#view.setUint32(head + RECORD.link, this.#view.getUint32(head + RECORD.immediate, true), true);
    this.#view.setUint16(head + RECORD.handler, SPECIAL.forward, true);
  }
}

// The second engine and the oracle: the same interface over SQLite, whose tables and transactions we did not write.
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { type BlobId, checkBlobId } from '../../src/blob-id.ts';
import {
  type CommitOutcome,
  type Engine,
  type EngineStatus,
  type ListQuery,
  MAX_LIST_ENTRIES,
  type RefChange,
  type RefPage,
} from '../../src/engine.ts';
import { clampRange, type EngineBounds, type EngineOptions, engineBounds, identify } from '../../src/engine-options.ts';
import { checkRefName } from '../../src/ref-name.ts';
import { StoreError } from '../../src/store-error.ts';

export class SqliteEngine implements Engine {
  readonly #bounds: EngineBounds;
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  #inTransaction = false;
  #closed = false;

  constructor(path: string, options: EngineOptions = {}) {
    this.#bounds = engineBounds(options);
    this.#database = new DatabaseSync(path);
    this.#database.exec(`
      PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
      CREATE TABLE IF NOT EXISTS blobs (id BLOB PRIMARY KEY, content BLOB NOT NULL) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS refs (name TEXT PRIMARY KEY, id BLOB NOT NULL) WITHOUT ROWID;`);
  }

  put(content: Uint8Array, algorithm?: number): BlobId {
    this.#write();
    const id = identify(content, algorithm, this.#bounds);
    this.#statement('INSERT OR IGNORE INTO blobs VALUES (?, ?)').run(id, content);
    return id;
  }

  get(id: BlobId, offset = 0, length = Number.MAX_SAFE_INTEGER): Uint8Array | undefined {
    this.#check(id);
    const row = this.#statement('SELECT content FROM blobs WHERE id = ?').get(id);
    if (row === undefined) return undefined;
    const content = row.content as Uint8Array;
    const { from, to } = clampRange(content.length, offset, length);
    return content.slice(from, to);
  }

  size(id: BlobId): number | undefined {
    this.#check(id);
    return this.#statement('SELECT length(content) AS size FROM blobs WHERE id = ?').get(id)?.size as
      | number
      | undefined;
  }

  stream(id: BlobId, chunkBytes = 65536): IterableIterator<Uint8Array> | undefined {
    const content = this.get(id);
    if (content === undefined) return undefined;
    return (function* () {
      for (let at = 0; at < content.length; at += chunkBytes) yield content.slice(at, at + chunkBytes);
    })();
  }

  resolve(name: string): BlobId | undefined {
    this.#open();
    return this.#statement('SELECT id FROM refs WHERE name = ?').get(name)?.id as BlobId | undefined;
  }

  commit(changes: readonly RefChange[]): CommitOutcome {
    this.#open();
    const seen = new Set<string>();
    for (const { name } of changes) {
      checkRefName(name);
      if (seen.has(name)) throw new StoreError('invalid-transaction', 'A transaction changes each name once.');
      seen.add(name);
    }
    if (changes.length === 0) throw new StoreError('invalid-transaction', 'A transaction changes at least one name.');
    for (const { id } of changes) if (id !== null) checkBlobId(id, this.#bounds.hashes);
    for (const { name, expected } of changes) {
      if (expected === undefined) continue;
      const bound = this.resolve(name);
      const holds =
        expected === null ? bound === undefined : bound !== undefined && Buffer.compare(bound, expected) === 0;
      if (!holds) return { outcome: 'conflict', name };
    }
    for (const { name, id } of changes) {
      if (id === null ? this.resolve(name) === undefined : this.size(id) === undefined)
        return { outcome: 'missing', name };
    }
    this.#write();
    for (const { name, id } of changes) {
      if (id === null) this.#statement('DELETE FROM refs WHERE name = ?').run(name);
      else this.#statement('INSERT OR REPLACE INTO refs VALUES (?, ?)').run(name, id);
    }
    return { outcome: 'committed' };
  }

  list({ prefix = '', after = '', limit = MAX_LIST_ENTRIES }: ListQuery = {}): RefPage {
    this.#open();
    const rows = this.#statement(
      'SELECT name, id FROM refs WHERE name > ? AND substr(name, 1, length(?)) = ? ORDER BY name LIMIT ?',
    ).all(after, prefix, prefix, limit + 1) as { name: string; id: Uint8Array }[];
    return { refs: rows.slice(0, limit).map(({ name, id }) => ({ name, id })), more: rows.length > limit };
  }

  async sync(): Promise<void> {
    this.#open();
    if (this.#inTransaction) this.#database.exec('COMMIT');
    this.#inTransaction = false;
  }

  status(): EngineStatus {
    const count = (table: string): number => this.#statement(`SELECT count(*) AS n FROM ${table}`).get()!.n as number;
    return { blobs: count('blobs'), refs: count('refs'), writable: !this.#closed, damage: [] };
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    await this.sync();
    this.#closed = true;
    this.#database.close();
  }

  /** Each statement is prepared once: the benches compare with SQLite at its best. */
  #statement(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  #write(): void {
    this.#open();
    if (!this.#inTransaction) this.#database.exec('BEGIN');
    this.#inTransaction = true;
  }

  #check(id: BlobId): void {
    this.#open();
    checkBlobId(id, this.#bounds.hashes);
  }

  #open(): void {
    if (this.#closed) throw new StoreError('closed', 'The engine was closed.');
  }
}

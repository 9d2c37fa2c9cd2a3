// A directory whose answers are written down, or are what was: a replay needs no file, and changes none.
//
// Answers are text (answers.ts), but for file contents, which are an errno (u16) and bytes.
import type { OpenDirectory, OpenFile, Status } from '@capos/store';
import { answerBytes, answerOf, damaged } from './answers.ts';
import type { JournaledLoop } from './journaled-loop.ts';

const NAME_CHARACTERS = 200;
type Answer = Status & Record<string, unknown>;

/** @param open opens the real one; not called in a replay */
export function journaledDirectory(open: () => OpenDirectory, loop: JournaledLoop, name: string): OpenDirectory {
  return new Journaling(loop, name).directory(loop.isReplay ? undefined : open());
}

class Journaling {
  readonly #loop: JournaledLoop;
  readonly #name: string;
  #lastId = 0;

  constructor(loop: JournaledLoop, name: string) {
    this.#loop = loop;
    this.#name = name;
  }

  #ask(question: string, real: () => Uint8Array): Uint8Array {
    return this.#loop.ask(`${this.#name} ${question}`.slice(0, NAME_CHARACTERS), real);
  }

  #answer<T extends Status>(question: string, real: () => T, without: readonly string[] = []): T {
    let fresh: T | undefined;
    const bytes = this.#ask(question, () => {
      fresh = real();
      return answerBytes({ ...fresh, ...Object.fromEntries(without.map((key) => [key, undefined])) });
    });
    return fresh ?? (statusOf(bytes) as T);
  }

  file(real: OpenFile | undefined): OpenFile {
    const id = `file ${++this.#lastId}`;
    return {
      read: (offset, length) => {
        const bytes = this.#ask(`${id} read ${offset} ${length}`, () => {
          const { errno, data } = real!.read(offset, length);
          const answer = new Uint8Array(2 + data.length);
          answer.set([errno & 255, errno >> 8]);
          answer.set(data, 2);
          return answer;
        });
        if (bytes.length < 2 || bytes.length - 2 > length) throw damaged('file contents of another length');
        return { errno: bytes[0]! | (bytes[1]! << 8), data: bytes.slice(2) };
      },
      write: (offset, data, append) =>
        this.#answer(`${id} write ${offset} ${data.length}`, () => real!.write(offset, data, append)),
      stat: () => this.#answer(`${id} stat`, () => real!.stat()),
      truncate: (size) => this.#answer(`${id} truncate ${size}`, () => real!.truncate(size)),
      sync: (dataOnly) => this.#sync(`${id} sync`, () => real!.sync(dataOnly)),
      setAttributes: (attributes) => this.#answer(`${id} attributes`, () => real!.setAttributes(attributes)),
      close: () => real?.close(),
    };
  }

  /** It takes as long as it takes: the run goes on at once. */
  #sync(question: string, real: () => Status | Promise<Status>): Status {
    return this.#answer(question, () => {
      const status = real();
      return 'errno' in status ? status : { errno: 0 };
    });
  }

  directory(real: OpenDirectory | undefined): OpenDirectory {
    const id = `directory ${++this.#lastId}`;
    const ask = <T extends Status>(what: string, name: Uint8Array, call: () => T, without?: readonly string[]): T =>
      this.#answer(`${id} ${what} ${Buffer.from(name).toString('latin1')}`, call, without);
    const none = new Uint8Array();
    const wrapped: OpenDirectory = {
      lookup: (name) => ask('lookup', name, () => real!.lookup(name)),
      resolve: (names) => {
        const path = names.map((name) => Buffer.from(name).toString('latin1')).join('/');
        return this.#answer(`${id} resolve ${path}`, () => real!.resolve(names));
      },
      openFile: (name, flags, mode) => {
        const opened = ask(`open ${flags} ${mode}`, name, () => real!.openFile(name, flags, mode), ['file']);
        return opened.errno === 0 ? { ...opened, file: this.file(opened.file) } : opened;
      },
      openDirectory: (name) => {
        const opened = ask('enter', name, () => real!.openDirectory(name), ['directory']);
        return opened.errno === 0 ? { ...opened, directory: this.directory(opened.directory) } : opened;
      },
      list: (cookie, limit) => ask(`list ${cookie} ${limit}`, none, () => real!.list(cookie, limit)),
      makeDirectory: (name, mode) => ask('make', name, () => real!.makeDirectory(name, mode)),
      remove: (name, directory) => ask('remove', name, () => real!.remove(name, directory)),
      rename: (name, target, to, flags) =>
        ask('rename', name, () => real!.rename(name, realOf.get(target) ?? target, to, flags)),
      link: (name, target, to) => ask('link', name, () => real!.link(name, realOf.get(target) ?? target, to)),
      symlink: (name, path) => ask('symlink', name, () => real!.symlink(name, path)),
      readLink: (name) => ask('readlink', name, () => real!.readLink(name)),
      stat: () => ask('stat', none, () => real!.stat()),
      setAttributes: (name, attributes) => ask('attributes', name, () => real!.setAttributes(name, attributes)),
      statFileSystem: () => ask('statfs', none, () => real!.statFileSystem()),
      sync: () => this.#sync(`${id} sync`, () => real!.sync()),
      close: () => real?.close(),
    };
    if (real !== undefined) realOf.set(wrapped, real);
    return wrapped;
  }
}

/** What is behind a recording directory: renaming wants both of the same kind. */
const realOf = new WeakMap<OpenDirectory, OpenDirectory>();

function statusOf(bytes: Uint8Array): Answer {
  const answer = answerOf(bytes);
  if (typeof answer.errno !== 'number') throw damaged('an answer without an errno');
  return answer as Answer;
}

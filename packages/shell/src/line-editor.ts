// The line editor: keys in, an edited line out, over nothing but bytes.
//
//   bytes → KeyDecoder → key → LineEditor.key() → what to draw (bytes), and sometimes a finished line
//
// Terminal libraries want a platform's streams; this one runs wherever a Console capability does, so it only assumes
// an ECMA-48 terminal (ECMA-48 §8.3: CUF, EL; xterm's key sequences).
import type { KeyName } from './key-decoder.ts';

/** What the editor wants done after a key. */
export type EditorEvent =
  | { readonly kind: 'continue' }
  | { readonly kind: 'line'; readonly line: string }
  | { readonly kind: 'interrupt' }
  | { readonly kind: 'end' };

/** Offers completions of the word before the cursor. `start` is where that word begins in the line. */
export type Completer = (line: string, cursor: number) => Completion | Promise<Completion>;

export interface Completion {
  readonly start: number;
  readonly candidates: readonly string[];
}

const CONTINUE: EditorEvent = { kind: 'continue' };
const HISTORY_LIMIT = 500;

export class LineEditor {
  #characters: string[] = [];
  #cursor = 0;
  #history: string[] = [];
  #historyIndex = 0;
  #pending = '';
  readonly #prompt: string;
  readonly #draw: (text: string) => void;
  readonly #complete: Completer;

  constructor(prompt: string, draw: (text: string) => void, complete: Completer) {
    this.#prompt = prompt;
    this.#draw = draw;
    this.#complete = complete;
  }

  get line(): string {
    return this.#characters.join('');
  }

  get history(): readonly string[] {
    return this.#history;
  }

  /** Shows the prompt and an empty line. */
  begin(): void {
    this.#characters = [];
    this.#cursor = 0;
    this.#historyIndex = this.#history.length;
    this.#pending = '';
    this.redraw();
  }

  redraw(): void {
    const behind = this.#characters.length - this.#cursor;
    this.#draw(`\r\x1b[K${this.#prompt}${this.line}${behind > 0 ? `\x1b[${behind}D` : ''}`);
  }

  /** Inserts typed text at the cursor. */
  insert(text: string): void {
    const characters = [...text];
    this.#characters.splice(this.#cursor, 0, ...characters);
    this.#cursor += characters.length;
    if (this.#cursor === this.#characters.length) this.#draw(text);
    else this.redraw();
  }

  /** Acts on one key; completion may ask capabilities, so the answer may take a while. */
  async key(name: KeyName): Promise<EditorEvent> {
    switch (name) {
      case 'enter':
        return this.#finish();
      case 'interrupt':
        this.#draw('^C\r\n');
        return { kind: 'interrupt' };
      case 'endOfInput':
        if (this.#characters.length === 0) {
          this.#draw('\r\n');
          return { kind: 'end' };
        }
        this.#erase(this.#cursor, this.#cursor + 1);
        break;
      case 'tab':
        await this.#completeWord();
        return CONTINUE;
      case 'backspace':
        this.#erase(this.#cursor - 1, this.#cursor);
        break;
      case 'delete':
        this.#erase(this.#cursor, this.#cursor + 1);
        break;
      case 'left':
        this.#cursor = Math.max(0, this.#cursor - 1);
        break;
      case 'right':
        this.#cursor = Math.min(this.#characters.length, this.#cursor + 1);
        break;
      case 'home':
        this.#cursor = 0;
        break;
      case 'end':
        this.#cursor = this.#characters.length;
        break;
      case 'killToStart':
        this.#erase(0, this.#cursor);
        break;
      case 'killToEnd':
        this.#erase(this.#cursor, this.#characters.length);
        break;
      case 'killWord':
        this.#erase(this.#wordStart(), this.#cursor);
        break;
      case 'clearScreen':
        this.#draw('\x1b[H\x1b[2J');
        break;
      case 'up':
        this.#recall(this.#historyIndex - 1);
        break;
      case 'down':
        this.#recall(this.#historyIndex + 1);
        break;
    }
    this.redraw();
    return CONTINUE;
  }

  #finish(): EditorEvent {
    const line = this.line;
    this.#draw('\r\n');
    if (line.trim() !== '' && line !== this.#history.at(-1)) {
      this.#history.push(line);
      if (this.#history.length > HISTORY_LIMIT) this.#history.shift();
    }
    return { kind: 'line', line };
  }

  #erase(from: number, to: number): void {
    const start = Math.max(0, from);
    this.#characters.splice(start, Math.max(0, to - start));
    this.#cursor = start;
  }

  #wordStart(): number {
    let start = this.#cursor;
    while (start > 0 && this.#characters[start - 1] === ' ') start--;
    while (start > 0 && this.#characters[start - 1] !== ' ') start--;
    return start;
  }

  #recall(index: number): void {
    if (index < 0 || index > this.#history.length) return;
    if (this.#historyIndex === this.#history.length) this.#pending = this.line;
    this.#historyIndex = index;
    this.#characters = [...(this.#history[index] ?? this.#pending)];
    this.#cursor = this.#characters.length;
  }

  async #completeWord(): Promise<void> {
    const before = this.#characters.slice(0, this.#cursor).join('');
    const { start, candidates } = await this.#complete(before, before.length);
    if (candidates.length === 0) {
      this.#draw('\x07');
      return;
    }
    const word = before.slice(start);
    const shared = commonPrefix(candidates);
    if (shared.length > word.length) {
      this.insert(shared.slice(word.length));
    }
    if (candidates.length === 1) {
      if (!shared.endsWith('/')) this.insert(' ');
    } else if (shared.length === word.length) {
      this.#draw(`\r\n${candidates.join('  ')}\r\n`);
      this.redraw();
    }
  }
}

function commonPrefix(words: readonly string[]): string {
  let prefix = words[0] ?? '';
  for (const word of words) {
    while (!word.startsWith(prefix)) prefix = prefix.slice(0, -1);
  }
  return prefix;
}

import { toUtf8 } from '@capos/abi';
import { describe, expect, test } from 'vitest';
import { KeyDecoder } from '../src/key-decoder.ts';
import { type Completer, LineEditor } from '../src/line-editor.ts';

const nothing: Completer = () => ({ start: 0, candidates: [] });

async function type(input: string, complete: Completer = nothing, editor?: LineEditor) {
  let screen = '';
  const it = editor ?? new LineEditor('> ', (text) => (screen += text), complete);
  if (editor === undefined) it.begin();
  const events = [];
  for (const key of new KeyDecoder().feed(toUtf8(input))) {
    if (key.kind === 'text') it.insert(key.text);
    else events.push(await it.key(key.name));
  }
  return { editor: it, events, screen };
}

describe('the line editor', () => {
  test('finishes a line at Enter', async () => {
    const { events } = await type('caps\r');
    expect(events).toEqual([{ kind: 'line', line: 'caps' }]);
  });

  test('edits in the middle, whole characters at a time', async () => {
    const { editor } = await type('héllo\x1b[D\x1b[D\x7f\x1b[HX');
    expect(editor.line).toBe('Xhélo');
  });

  test('kills to the start, to the end and a word back', async () => {
    expect((await type('one two\x17')).editor.line).toBe('one ');
    expect((await type('one two\x01\x0b')).editor.line).toBe('');
    expect((await type('one two\x1b[D\x15')).editor.line).toBe('o');
  });

  test('recalls history and keeps the line being typed', async () => {
    const first = await type('one\r');
    first.editor.begin();
    const { editor } = await type('dra\x1b[A', nothing, first.editor);
    expect(editor.line).toBe('one');
    await type('\x1b[B', nothing, editor);
    expect(editor.line).toBe('dra');
  });

  test('does not remember an empty line or the same line twice', async () => {
    const { editor } = await type('a\r');
    for (const line of ['a\r', '  \r', 'b\r']) {
      editor.begin();
      await type(line, nothing, editor);
    }
    expect(editor.history).toEqual(['a', 'b']);
  });

  test('Ctrl-C abandons the line; Ctrl-D ends only on an empty one', async () => {
    expect((await type('half\x03')).events).toEqual([{ kind: 'interrupt' }]);
    expect((await type('\x04')).events).toEqual([{ kind: 'end' }]);
    expect((await type('ab\x01\x04')).editor.line).toBe('b');
  });

  test('completes as far as the candidates agree, then lists them', async () => {
    const complete: Completer = (line) => ({
      start: line.lastIndexOf(' ') + 1,
      candidates: ['hello', 'help'].filter((word) => word.startsWith(line.slice(line.lastIndexOf(' ') + 1))),
    });
    expect((await type('run h\t', complete)).editor.line).toBe('run hel');
    expect((await type('run hel\t', complete)).screen).toContain('hello  help');
    expect((await type('run hell\t', complete)).editor.line).toBe('run hello ');
    expect((await type('run x\t', complete)).screen).toContain('\x07');
  });
});

describe('the key decoder', () => {
  test('joins sequences and characters that arrive in pieces', () => {
    const decoder = new KeyDecoder();
    expect(decoder.feed(Uint8Array.of(0x1b))).toEqual([]);
    expect(decoder.feed(Uint8Array.of(0x5b))).toEqual([]);
    expect(decoder.feed(Uint8Array.of(0x41))).toEqual([{ kind: 'key', name: 'up' }]);
    expect(decoder.feed(Uint8Array.of(0xc3))).toEqual([]);
    expect(decoder.feed(Uint8Array.of(0xa9))).toEqual([{ kind: 'text', text: 'é' }]);
  });

  test('passes over sequences it does not know', () => {
    expect(new KeyDecoder().feed(toUtf8('\x1b[200~x'))).toEqual([{ kind: 'text', text: 'x' }]);
  });

  test('an endless sequence is given up, not hoarded', () => {
    const decoder = new KeyDecoder();
    decoder.feed(toUtf8(`\x1b[${'1'.repeat(500)}`));
    expect(decoder.feed(toUtf8('q\r')).at(-1)).toEqual({ kind: 'key', name: 'enter' });
  });
});

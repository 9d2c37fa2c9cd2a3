// The capability shell: a capOS program that shows, runs and reads through the capabilities it holds.
export { CommandLineError, splitWords } from './command-line.ts';
export { type Key, KeyDecoder, type KeyName } from './key-decoder.ts';
export { type Completer, type Completion, type EditorEvent, LineEditor } from './line-editor.ts';
export { shellProgram } from './program.ts';

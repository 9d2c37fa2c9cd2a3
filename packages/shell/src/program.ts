// The shell as a program: on a terminal it edits lines, on anything else it runs its input as a script.
//
//   terminal   prompt (raw mode) → line → run it (line mode: Ctrl-C interrupts the program) → prompt …
//   otherwise  line → run it → …, and at the end of input: exit with the last status

import { fromUtf8, type HostedProgram } from '@capos/abi';
import { openEnvironment } from '@capos/runtime';
import { CommandLineError, splitWords } from './command-line.ts';
import { COMMANDS } from './commands/table.ts';
import { complete } from './completion.ts';
import { KeyDecoder } from './key-decoder.ts';
import { type EditorEvent, LineEditor } from './line-editor.ts';
import { Session } from './session.ts';
import { ShellError, STATUS_MISUSE, STATUS_NOT_FOUND } from './shell-error.ts';

const PROMPT = 'capos> ';
const SIGINT = 2;
const LONGEST_LINE = 65_536;
const READ_BYTES = 4096;

/** The shell. It needs `console`; with `boot`, `spawner`, `processes` and directories it can do more. */
export const shellProgram: HostedProgram = (port, args) => {
  const session = new Session(openEnvironment(port));
  start(session, args).then(
    (status) => port.exit(status),
    () => port.exit(1),
  );
};

async function start(session: Session, args: readonly string[]): Promise<number> {
  // `shell -c LINE` runs one line, as other shells do.
  if (args[1] === '-c') return runLine(session, args[2] ?? '');
  const { isTerminal } = await session.console.getSize({});
  return isTerminal ? converse(session) : runScript(session);
}

/** Runs one line and answers its status; what goes wrong is told in a sentence. */
async function runLine(session: Session, line: string): Promise<number> {
  try {
    const [name, ...args] = splitWords(line);
    if (name === undefined) return session.status;
    const command = COMMANDS.get(name);
    if (command === undefined) {
      await session.print(`${name}: no such command; help lists them, and run starts programs\n`);
      return STATUS_NOT_FOUND;
    }
    return await command.run(session, args);
  } catch (error) {
    await session.print(`${error instanceof Error ? error.message : String(error)}\n`);
    if (error instanceof ShellError) return error.status;
    return error instanceof CommandLineError ? STATUS_MISUSE : 1;
  }
}

async function runScript(session: Session): Promise<number> {
  for await (const line of scriptLines(session)) {
    session.status = await runLine(session, line);
    if (session.ended) break;
  }
  return session.status;
}

/** The lines of a console that is no terminal. */
async function* scriptLines(session: Session): AsyncGenerator<string> {
  let pending = new Uint8Array();
  for (;;) {
    const newline = pending.indexOf(10);
    if (newline >= 0) {
      yield fromUtf8(pending.subarray(0, newline));
      pending = pending.slice(newline + 1);
      continue;
    }
    if (pending.length > LONGEST_LINE) throw new ShellError(`a line is longer than ${LONGEST_LINE} bytes`);
    const { data } = await session.console.read({ maxLength: READ_BYTES });
    if (data.length === 0) break;
    const joined = new Uint8Array(pending.length + data.length);
    joined.set(pending);
    joined.set(data, pending.length);
    pending = joined;
  }
  if (pending.length > 0) yield fromUtf8(pending);
}

/** Ctrl-C in line mode reaches the program in the foreground, for as long as the shell lives. */
async function passInterrupts(session: Session): Promise<never> {
  for (;;) {
    await session.console.waitInterrupt();
    await session.foreground?.kill({ signal: SIGINT }).catch(() => undefined);
  }
}

async function converse(session: Session): Promise<number> {
  await session.print(
    'capOS. Every name below is a capability this shell was given: caps, procs, run, ls, cat, help.\n',
  );
  // Ends with the console, and then so does the shell.
  passInterrupts(session).catch(() => undefined);
  const drawings: string[] = [];
  const editor = new LineEditor(
    PROMPT,
    (text) => drawings.push(text),
    (line) => complete(session, line),
  );
  const decoder = new KeyDecoder();
  const draw = async (): Promise<void> => {
    if (drawings.length > 0) await session.print(drawings.splice(0).join(''));
  };
  const prompt = async (): Promise<void> => {
    await session.console.setMode({ raw: true });
    editor.begin();
    await draw();
  };

  await prompt();
  for (;;) {
    const { data } = await session.console.read({ maxLength: READ_BYTES });
    if (data.length === 0) break;
    for (const key of decoder.feed(data)) {
      let event: EditorEvent = { kind: 'continue' };
      if (key.kind === 'text') editor.insert(key.text);
      else event = await editor.key(key.name);
      await draw();
      if (event.kind === 'end') session.ended = true;
      if (event.kind === 'line') {
        await session.console.setMode({ raw: false });
        session.status = await runLine(session, event.line);
      }
      if (session.ended) break;
      if (event.kind !== 'continue') await prompt();
    }
    if (session.ended) break;
  }
  await session.console.setMode({ raw: false });
  return session.status;
}

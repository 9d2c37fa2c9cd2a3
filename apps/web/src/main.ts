// capOS in a page: a terminal, and behind it the system in a Worker of its own, so that the page answers whatever runs there.
import '@xterm/xterm/css/xterm.css';
import { FitAddon } from '@xterm/addon-fit';
import { Terminal } from '@xterm/xterm';
import type { FromPage, FromSystem } from './page-messages.ts';

const status = document.getElementById('status')!;
const terminal = new Terminal({ cursorBlink: true, fontFamily: 'monospace', fontSize: 14 });
const fit = new FitAddon();
terminal.loadAddon(fit);
terminal.open(document.getElementById('terminal')!);
fit.fit();
window.addEventListener('resize', () => fit.fit());
terminal.focus();

const system = new Worker('system-worker.js', { type: 'module' });
const send = (message: FromPage): void => system.postMessage(message);
system.onmessage = ({ data }: MessageEvent<FromSystem>) => {
  if (data.kind === 'status') status.textContent = data.text;
  else terminal.write(data.text, () => send({ kind: 'shown', characters: data.text.length }));
};
system.onerror = (event) => {
  status.textContent = `the system could not run: ${event.message}`;
};
terminal.onData((data) => send({ kind: 'typed', data }));
terminal.onResize(({ cols, rows }) => send({ kind: 'size', columns: cols, rows }));
send({ kind: 'start', columns: terminal.cols, rows: terminal.rows });

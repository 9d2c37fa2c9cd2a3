// Two capOS systems in one page: the first listens, the second connects, and a third that holds no network can't.
//
// The programs are busybox's nc, an unmodified Linux binary that the page's server offers as `busybox`. No packet leaves the page.
// `two-systems.html?workers` has each system in a Worker of its own.
import { inThisThread, inWorkers } from './system-places.ts';

const LISTENER = '10.0.0.1';
const CALLER = '10.0.0.2';
const PORT = '7000';

const show = (id: string) => (text: string) => {
  document.getElementById(id)!.textContent += text;
};
const status = document.getElementById('status')!;

async function start(): Promise<void> {
  const answer = await fetch('busybox');
  if (!answer.ok) throw new Error('the server of this page offers no static busybox');
  const image = new Uint8Array(await answer.arrayBuffer());
  const runSystem = location.search === '?workers' ? inWorkers('networked-worker.js') : inThisThread();
  const listening = runSystem({
    image,
    arguments: ['nc', '-l', '-p', PORT],
    address: LISTENER,
    // It says its line and no more; the caller hears the end, and ends, which ends the listener.
    input: 'a line from the system that listens\n',
    inputEnds: true,
    onOutput: show('listener'),
  });
  const call = {
    image,
    arguments: ['nc', LISTENER, PORT] as const,
    input: 'a line from the system that connects\n',
    inputEnds: false,
  };
  // Until the listener is there and listens, connecting fails, as anywhere; the caller tries again.
  let called: Awaited<typeof listening>;
  for (;;) {
    const heard: string[] = [];
    called = await runSystem({ ...call, address: CALLER, onOutput: (text) => heard.push(text) });
    if (heard.some((text) => /refused|unreachable/.test(text))) continue;
    for (const text of heard) show('caller')(text);
    break;
  }
  const listened = await listening;
  const outside = await runSystem({ ...call, address: undefined, onOutput: show('outsider') });
  status.textContent = `ended: ${[listened, called, outside].map((how) => (how.which === 'exited' ? how.exited : how.which)).join(', ')}`;
}

start().catch((error: unknown) => {
  status.textContent = `could not start: ${error instanceof Error ? error.message : String(error)}`;
});

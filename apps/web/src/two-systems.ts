// Two capOS systems in one page: the first listens, the second connects, and a third that holds no network can't.
//
// The programs are busybox's nc, an unmodified Linux binary that the page's server offers as `busybox`. No packet leaves the page.
import { VirtualNetwork } from '@capos/network';
import { runNetworked } from './networked-system.ts';

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
  const network = new VirtualNetwork();
  const listening = runNetworked({
    image,
    arguments: ['nc', '-l', '-p', PORT],
    host: network.host(LISTENER),
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
  // Until the listener listens, connecting is refused, as anywhere; the caller tries again.
  const host = network.host(CALLER);
  let called: Awaited<typeof listening>;
  for (;;) {
    const heard: string[] = [];
    called = await runNetworked({ ...call, host, onOutput: (text) => heard.push(text) });
    if (heard.some((text) => text.includes('refused'))) continue;
    for (const text of heard) show('caller')(text);
    break;
  }
  const listened = await listening;
  const outside = await runNetworked({ ...call, host: undefined, onOutput: show('outsider') });
  status.textContent = `ended: ${[listened, called, outside].map((how) => (how.which === 'exited' ? how.exited : how.which)).join(', ')}`;
}

start().catch((error: unknown) => {
  status.textContent = `could not start: ${error instanceof Error ? error.message : String(error)}`;
});

// A page: the same system in the browser's Workers; what its console prints stands in the page.
import { webClock, webEntropy, webEventLoop, webWorkers } from '@capos/kernel/host-web';
import { run } from '../run.ts';

const output = document.querySelector('#output')!;
const status = document.querySelector('#status')!;
const print = (text: string): void => void output.append(text);

const ended = await run(
  {
    clock: webClock,
    entropy: webEntropy,
    workers: webWorkers,
    loop: webEventLoop(),
    // Beside the page, as the build puts them.
    modules: { clock: new URL('./clock.js', import.meta.url), client: new URL('./client.js', import.meta.url) },
    log: (line) => print(`${line}\n`),
  },
  {
    write(bytes) {
      print(new TextDecoder().decode(bytes));
      return bytes.length;
    },
    onInput: () => {},
    size: () => ({ columns: 80, rows: 24, isTerminal: false }),
    setRaw: () => {},
    onInterrupt: () => {},
  },
);
status.textContent = ended.which === 'exited' ? `exited ${ended.exited}` : ended.which;

// Init's own voice: whole lines on the console it was given, in the order they were said.

import { Console, toUtf8 } from '@capos/abi';
import type { Client, Environment } from '@capos/runtime';

/** Bytes of a line; names in it may come from a manifest. */
const MAX_LINE = 4000;

export class Report {
  private readonly console: Client<typeof Console> | undefined;
  private written: Promise<unknown> = Promise.resolve();

  constructor(environment: Environment) {
    const { capSet } = environment;
    // Init without a console works, and keeps quiet.
    this.console = capSet.interfaceId('console') === Console.id ? capSet.get('console', Console) : undefined;
  }

  /** Prints `init: …` and a line end. */
  say(sentence: string): void {
    const { console } = this;
    if (console === undefined) return;
    const text = printable(sentence).slice(0, MAX_LINE);
    this.written = this.written.then(() => console.write({ data: toUtf8(`init: ${text}\n`) })).catch(() => {});
  }

  /** Resolves when all that was said is written, or can't be. */
  async flush(): Promise<void> {
    await this.written;
  }
}

/** Without control characters: what is quoted from a manifest must not drive the terminal. */
function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is the purpose
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, '�');
}

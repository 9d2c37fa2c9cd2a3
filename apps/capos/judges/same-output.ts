// The verdict of judges that compare: the same bytes on standard output as on Linux, and a clean end on both.
import type { JudgeUnit, RunOutcome } from './judge.ts';

/** `settle` takes out what differs between two runs on Linux too, such as times. */
export function sameOutput(
  name: string,
  settle: (output: string) => string = (output) => output,
): JudgeUnit['verdicts'] {
  const said = ({ stdout }: RunOutcome): string => settle(Buffer.from(stdout).toString('latin1'));
  return (outcome, native) => {
    const clean = outcome.ending.how === 'exited' && outcome.ending.code === 0;
    return new Map([[name, clean && (native === undefined || said(outcome) === said(native))]]);
  };
}

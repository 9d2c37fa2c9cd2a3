// The table through which a process makes its calls: counted, where the embedder wants statistics.

import { type CapTableView, type ForeignProcess, WELL_KNOWN_CAP } from '@capos/abi';
import type { PosixOptions } from '../posix-options.ts';

export function capabilityTable(host: ForeignProcess, { statistics }: PosixOptions): CapTableView {
  if (statistics === undefined) return host.caps;
  const timer = host.caps.lookup(WELL_KNOWN_CAP.TIMER);
  let latestNs = 0;
  // A process that has ended has no clock any more, though answers may come to it.
  return statistics.counting(host.caps, () => {
    if (timer !== undefined && host.caps.interfaceOf(timer) !== undefined) latestNs = host.nowNs();
    return latestNs;
  });
}

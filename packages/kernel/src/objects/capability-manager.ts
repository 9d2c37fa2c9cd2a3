// CapabilityManager: what the caller's process holds, for looking; and revocation of what it had made itself.

import { CapabilityManager, type CapabilityManagerEntry, CapError, interfaces } from '@capos/abi';
import { ORIGIN, TRANSFER_MODE } from '../capabilities/kernel-object.ts';
import type { Process } from '../processes/process.ts';
import { type ServedInterface, ServedObject, serve } from './serve.ts';

export class CapabilityManagerObject extends ServedObject {
  protected get served(): ServedInterface {
    return capabilityManagerInterface;
  }
}

const MODES = {
  [TRANSFER_MODE.COPY]: 'copy',
  [TRANSFER_MODE.MOVE]: 'move',
  [TRANSFER_MODE.NON_TRANSFERABLE]: 'nonTransferable',
} as const;
const ORIGINS = {
  [ORIGIN.KERNEL]: 'kernel',
  [ORIGIN.SPAWN_GRANT]: 'spawnGrant',
  [ORIGIN.TRANSFER]: 'transfer',
  [ORIGIN.RESULT]: 'result',
} as const;

/** What a process holds, for looking. */
export function entriesOf({ table, names }: Process): CapabilityManagerEntry[] {
  const nameOf = new Map([...names].map(([name, capId]) => [capId, name]));
  const entries: CapabilityManagerEntry[] = [];
  table.forEach((slot) => {
    const object = table.referentAt(slot);
    const cap = table.capIdAt(slot);
    entries.push({
      cap,
      interfaceId: object.interfaceId,
      badge: object.badge,
      name: nameOf.get(cap) ?? interfaces.get(object.interfaceId)?.name ?? object.label,
      transferMode: MODES[table.transferModeAt(slot)],
      origin: ORIGINS[table.originAt(slot)],
      live: table.objectAt(slot) !== undefined,
    });
  });
  return entries;
}

const capabilityManagerInterface: ServedInterface = serve<CapabilityManagerObject, typeof CapabilityManager>(
  CapabilityManager,
  {
    list: (_manager, _params, call) => ({ entries: entriesOf(call.process) }),
    revoke: (_manager, { cap }, call) => {
      const { id, table } = call.process;
      const slot = table.slotOf(cap);
      const object = slot < 0 ? undefined : table.objectAt(slot);
      if (object === undefined) throw new CapError('invalidArgument', 'no live capability has this id');
      if (object.makerId !== id)
        throw new CapError('invalidArgument', 'only the process that made an object may revoke it');
      object.revoke();
      // The owner's own reference goes on: it is everybody else's that ends.
      table.renew(slot);
      return {};
    },
  },
);

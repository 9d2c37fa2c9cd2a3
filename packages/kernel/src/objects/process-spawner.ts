// ProcessSpawner: starts programs that hold exactly what their spawner passes on, and nothing else.

import { CapError, type Grant, ProcessSpawner, type ResourceAmount } from '@capos/abi';
import type { LedgerLimits } from '../accounting/ledger.ts';
import { TRANSFER_MODE, type TransferMode } from '../capabilities/kernel-object.ts';
import type { ObjectCall } from '../ipc/object-call.ts';
import { KernelError } from '../kernel-error.ts';
import type { SpawnGrant, SpawnService } from '../processes/spawn.ts';
import { PersonalityObject } from './personality.ts';
import { ProcessHandleObject } from './process-handle.ts';
import { type ServedInterface, ServedObject, serve } from './serve.ts';

/** The name of the grant that makes a process a foreign one. */
export const PERSONALITY_GRANT = 'personality';

/** Amounts as limits. @throws CapError for a resource that this kernel does not count */
function limitsOf(amounts: readonly ResourceAmount[]): LedgerLimits {
  const limits: { -readonly [Name in keyof LedgerLimits]: number } = {};
  for (const { resource, amount } of amounts) {
    if (typeof resource === 'number') throw new CapError('invalidArgument', `no resource has number ${resource}`);
    limits[resource] = Number(amount);
  }
  return limits;
}

// From free to bound: a grant takes whichever is later here, the spawner's own mode or the one it asks for.
const MODES = {
  copy: TRANSFER_MODE.COPY,
  move: TRANSFER_MODE.MOVE,
  nonTransferable: TRANSFER_MODE.NON_TRANSFERABLE,
} as const;

const isStricter = (one: TransferMode, other: TransferMode): boolean => one > other;

/** What the child is to hold. @throws CapError for a mode there is not, and for two of what there may only be one of */
function grantsOf(grants: readonly Grant[], call: ObjectCall): SpawnGrant[] {
  const single = new Set<number>();
  return grants.map(({ name, cap, transferMode }) => {
    const { object, epoch, transferMode: own } = call.capability(cap);
    if (typeof transferMode === 'number') {
      throw new CapError('invalidArgument', `no transfer mode has number ${transferMode}`);
    }
    if (own !== TRANSFER_MODE.COPY) {
      if (single.has(cap)) throw new CapError('invalidArgument', `"${name}" names a capability that can't be copied`);
      single.add(cap);
    }
    const asked = MODES[transferMode];
    return { name, capability: { object, epoch, transferMode: isStricter(own, asked) ? own : asked } };
  });
}

/** Words of the results: root pointer, data, pointer. */
const RESULT_BYTES = 24;

export class ProcessSpawnerObject extends ServedObject {
  readonly service: Pick<SpawnService, 'spawn'>;

  constructor(service: Pick<SpawnService, 'spawn'>) {
    super();
    this.service = service;
  }

  protected get served(): ServedInterface {
    return processSpawnerInterface;
  }
}

const processSpawnerInterface: ServedInterface = serve<ProcessSpawnerObject, typeof ProcessSpawner>(ProcessSpawner, {
  spawn: ({ service }, params, call) => {
    call.requireRoom(RESULT_BYTES, 1);
    const grants = grantsOf(params.grants, call);
    const personality = grants.find(({ name }) => name === PERSONALITY_GRANT)?.capability.object;
    if (personality !== undefined && !(personality instanceof PersonalityObject)) {
      throw new CapError('invalidArgument', 'the grant named personality must be a Personality');
    }
    try {
      const process = service.spawn({
        name: params.name,
        // The bytes lie in the caller's memory, and the process keeps them.
        image: params.image.length > 0 ? params.image.slice() : undefined,
        program: params.program === '' ? undefined : params.program,
        arguments: params.arguments,
        environment: params.environment,
        grants: grants.filter(({ name }) => name !== PERSONALITY_GRANT),
        personality: personality?.factory,
        spawner: call.process,
        limits: limitsOf(params.limits),
      });
      const handle = new ProcessHandleObject(process);
      if (!handle.chargeTo(call.process.ledger)) {
        process.end({ which: 'killed', killed: 9 });
        throw new CapError('overloaded', 'no kernel object left in the ledger');
      }
      return { process: call.addCapability(handle, TRANSFER_MODE.COPY), processId: BigInt(process.id) };
    } catch (error) {
      if (error instanceof KernelError) throw new CapError('invalidArgument', error.message);
      throw error;
    }
  },
});

// ProcessList: every process, for looking only.

import { ProcessList } from '@capos/abi';
import type { Nucleus } from '../nucleus.ts';
import { processInfo } from './process-handle.ts';
import { type ServedInterface, ServedObject, serve } from './serve.ts';

export class ProcessListObject extends ServedObject {
  readonly nucleus: Nucleus;

  constructor(nucleus: Nucleus) {
    super();
    this.nucleus = nucleus;
  }

  protected get served(): ServedInterface {
    return processListInterface;
  }
}

const processListInterface: ServedInterface = serve<ProcessListObject, typeof ProcessList>(ProcessList, {
  list: ({ nucleus }) => ({ processes: [...nucleus.processes.values()].map(processInfo) }),
});

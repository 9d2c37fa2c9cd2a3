// A call that never reached its object, as an error: which transport error, and the kind that tells what to do about it.
import { CapError, type CapExceptionKind } from '@capos/abi';
import { TRANSPORT_ERRORS } from '@capos/ipc-ring';

const KINDS: Readonly<Record<string, CapExceptionKind>> = {
  BAD_OPERATION: 'unimplemented',
  BAD_CAP: 'disconnected',
  BAD_ADDRESS: 'invalidArgument',
  BUFFER_TOO_SMALL: 'invalidArgument',
  NO_CREDIT: 'overloaded',
  CANCELED: 'failed',
  TIMED_OUT: 'overloaded',
  MALFORMED: 'invalidArgument',
  NOT_PERMITTED: 'invalidArgument',
  NO_MEMORY: 'overloaded',
  DISCONNECTED: 'disconnected',
  TOO_LARGE: 'invalidArgument',
  WRONG_INTERFACE: 'unimplemented',
};

/** The ring's own refusal of a submission (docs/reference/ring-operations.md, "Transport errors"). */
export class TransportError extends CapError {
  override readonly name: string = 'TransportError';
  /** One of ipc-ring's `TRANSPORT_…` numbers. */
  readonly code: number;
  /** Its name, such as `BAD_CAP`. */
  readonly transport: string;

  constructor(code: number, attempted: string) {
    const known = TRANSPORT_ERRORS.find((error) => error.value === code);
    const transport = known?.name ?? `transport error ${code}`;
    super(KINDS[transport] ?? 'failed', `${attempted}: ${transport}${known === undefined ? '' : `, ${known.meaning}`}`);
    this.code = code;
    this.transport = transport;
  }
}

// siginfo_t: 128 bytes (sigaction(2)).
//
//    0 si_signo   4 si_errno   8 si_code   16 …: by kind
//   kill, tkill, sigqueue: 16 pid, 20 uid, 24 value     fault: 16 address
//   timer: 16 id, 20 overrun, 24 value                  child: 16 pid, 20 uid, 24 status
//   readiness: 16 band, 24 descriptor                 call: 16 instruction pointer, 24 number, 28 architecture

/** What is told beside a signal's number. */
export interface SignalInfo {
  readonly signal: number;
  readonly code: number;
  readonly pid?: number;
  readonly uid?: number;
  readonly value?: bigint;
  readonly address?: bigint;
  readonly timer?: number;
  /** Expirations of the timer since the signal was sent; counts on while it is pending. */
  overrun?: number;
  /** How a child ended; with `band`, the descriptor that is ready. */
  readonly status?: number;
  /** POLL bits of what became ready. */
  readonly band?: number;
  /** si_errno. */
  readonly error?: number;
  /** A call that was not let through. */
  readonly refusedCall?: { readonly address: bigint; readonly number: number; readonly architecture: number };
  /** The 128 bytes as rt_sigqueueinfo passed them. */
  readonly raw?: Uint8Array;
}

export const SIGNAL_INFO_SIZE = 128;

export function encodeSignalInfo(info: SignalInfo): Uint8Array {
  if (info.raw !== undefined) return info.raw;
  const bytes = new Uint8Array(SIGNAL_INFO_SIZE);
  const view = new DataView(bytes.buffer);
  view.setInt32(0, info.signal, true);
  view.setInt32(4, info.error ?? 0, true);
  view.setInt32(8, info.code, true);
  if (info.refusedCall !== undefined) {
    view.setBigUint64(16, info.refusedCall.address, true);
    view.setInt32(24, info.refusedCall.number, true);
    view.setUint32(28, info.refusedCall.architecture, true);
  } else if (info.address !== undefined) {
    view.setBigUint64(16, info.address, true);
  } else if (info.timer !== undefined) {
    view.setInt32(16, info.timer, true);
    view.setInt32(20, info.overrun ?? 0, true);
    view.setBigUint64(24, BigInt.asUintN(64, info.value ?? 0n), true);
  } else if (info.band !== undefined) {
    view.setBigInt64(16, BigInt(info.band), true);
    view.setInt32(24, info.status ?? 0, true);
  } else {
    view.setInt32(16, info.pid ?? 0, true);
    view.setInt32(20, info.uid ?? 0, true);
    if (info.status !== undefined) view.setInt32(24, info.status, true);
    else view.setBigUint64(24, BigInt.asUintN(64, info.value ?? 0n), true);
  }
  return bytes;
}

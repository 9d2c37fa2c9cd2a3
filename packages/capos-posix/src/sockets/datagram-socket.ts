// What sockets of datagrams have in common, UDP's and those of the domain: two sides that shutdown(2) ends.
import { ERRNO } from '../linux/errno.ts';
import { POLL } from '../linux/file-flags.ts';
import { SHUT } from '../linux/socket-numbers.ts';
import { SocketFile } from './socket-file.ts';

export abstract class DatagramSocket extends SocketFile {
  protected sending = true;
  protected receiving = true;

  protected abstract get isConnected(): boolean;

  override shutdown(how: number): number {
    if (how < SHUT.RD || how > SHUT.RDWR) return -ERRNO.EINVAL;
    if (!this.isConnected) return -ERRNO.ENOTCONN;
    if (how !== SHUT.WR) this.receiving = false;
    if (how !== SHUT.RD) this.sending = false;
    this.changed.notify();
    return 0;
  }

  /** What poll(2) says of sides that have ended. */
  protected get endedReadiness(): number {
    if (this.receiving) return 0;
    return POLL.IN | POLL.RDNORM | POLL.RDHUP | (this.sending ? 0 : POLL.HUP);
  }
}

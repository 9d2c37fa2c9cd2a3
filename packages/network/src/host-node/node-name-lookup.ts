// Names as the host finds them: its own hosts file and name servers.
import { lookup, reverse } from 'node:dns';
import { formatAddress, parseAddress } from '../address.ts';
import type { NameLookup } from '../network-backend.ts';
import { failureOf } from './host-failure.ts';

export function nodeNameLookup(): NameLookup {
  return {
    resolve: (name, done) => {
      lookup(name, { all: true, verbatim: true }, (error, found) => {
        if (error !== null) done(failureOf(error));
        else done(found.map(({ address }) => parseAddress(address)!).filter((address) => address !== undefined));
      });
    },
    reverse: (address, done) => {
      reverse(formatAddress(address), (error, names) => {
        if (error !== null) done(failureOf(error));
        else done(names);
      });
    },
  };
}

// Reach: what a network capability may do, as layers of rules. Each restriction adds a layer; what is asked for must be
// allowed by one rule of every layer. So a narrower manager can never reach more than the one it was made from.
//
//   connect 10.0.0.0/8 ports 1–1023   ∧   connect 10.1.2.3 port 80     reaches 10.1.2.3:80 and nothing else
import type { NetworkRule } from '@capos/abi';
import { hasPrefix, plainAddress } from './address.ts';

export interface Wish {
  readonly action: 'connect' | 'listen';
  readonly protocol: 'tcp' | 'udp';
  readonly address: Uint8Array;
  readonly port: number;
}

export class Reach {
  readonly layers: readonly (readonly NetworkRule[])[];

  constructor(layers: readonly (readonly NetworkRule[])[] = []) {
    this.layers = layers;
  }

  /** Everything the network has. */
  static readonly ALL: Reach = new Reach();

  narrowedBy(rules: readonly NetworkRule[]): Reach {
    return new Reach([...this.layers, rules]);
  }

  allows(wish: Wish): boolean {
    return this.layers.every((rules) => rules.some((rule) => ruleAllows(rule, wish)));
  }

  /** Whether there is anything at all that it may do of this kind: then a socket for it makes sense. */
  allowsSome(action: Wish['action'], protocol: Wish['protocol']): boolean {
    return this.layers.every((rules) => rules.some((rule) => rule.action === action && rule.protocol === protocol));
  }
}

/** Whether one rule allows it. Port 0 (any free one) needs a rule that begins at 0; a wildcard address, one for every address. */
export function ruleAllows(rule: NetworkRule, { action, protocol, address, port }: Wish): boolean {
  if (rule.action !== action || rule.protocol !== protocol) return false;
  if (port < rule.firstPort || port > rule.lastPort) return false;
  return rule.address.length === 0 || hasPrefix(plainAddress(address), plainAddress(rule.address), rule.prefixLength);
}

/** A rule from its parts; what is left out is everything. */
export function networkRule(rule: Partial<NetworkRule> & Pick<NetworkRule, 'action' | 'protocol'>): NetworkRule {
  const address = rule.address ?? new Uint8Array();
  return {
    action: rule.action,
    protocol: rule.protocol,
    address,
    prefixLength: rule.prefixLength ?? address.length * 8,
    firstPort: rule.firstPort ?? 0,
    lastPort: rule.lastPort ?? rule.firstPort ?? 0xffff,
  };
}

// Personality: the right to run a process under a foreign personality. Granted at spawn under the name `personality`.

import { Personality, type PersonalityFactory } from '@capos/abi';
import { type ServedInterface, ServedObject, serve } from './serve.ts';

export class PersonalityObject extends ServedObject {
  readonly factory: PersonalityFactory;

  constructor(factory: PersonalityFactory) {
    super();
    this.factory = factory;
  }

  protected get served(): ServedInterface {
    return personalityInterface;
  }
}

const personalityInterface: ServedInterface = serve<PersonalityObject, typeof Personality>(Personality, {
  getName: ({ factory }) => ({ name: factory.name }),
});

// Programs that hold nothing beyond a list, and a certificate of the list.

export {
  type Certificate,
  type ClientGrant,
  type Component,
  type Constructed,
  type ConstructedProgram,
  Constructor,
} from './constructor.ts';
export { ConstructorError, type ConstructorErrorCode } from './constructor-error.ts';
export { DISCREET_INTERFACES } from './discreet-objects.ts';

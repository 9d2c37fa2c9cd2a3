// The capOS contract: Cap'n Proto schema, generated types and bounded codecs, CapId, CapSet and process layout.

export { AbiError } from './abi-error.ts';
export {
  CapError,
  type CapExceptionKind,
  capErrorOf,
  exceptionMessage,
  type ServerEnding,
} from './cap-exception.ts';
export {
  CAP_GENERATION_BITS,
  CAP_SLOT_BITS,
  type CapId,
  capGeneration,
  capSlot,
  formatCapId,
  MAX_CAP_GENERATION,
  MAX_CAP_SLOTS,
  makeCapId,
  NULL_CAP_ID,
} from './cap-id.ts';
export {
  CAP_SET_ENTRY_SIZE,
  CAP_SET_HEADER_SIZE,
  CAP_SET_MAGIC,
  type CapSetEntry,
  capSetSize,
  MAX_CAP_NAME_LENGTH,
  readCapSet,
  writeCapSet,
} from './cap-set.ts';
export { type Codec, type InterfaceDescriptor, type MethodDescriptor, NO_CAPABILITY } from './codec/codec.ts';
export { CodecError, type CodecErrorCode } from './codec/codec-error.ts';
export { decodeLent } from './codec/lent-data.ts';
export { type ProgramFormat, programFormat } from './elf-note.ts';
export {
  type CallOutcome,
  type CapTableView,
  type CapTransfer,
  type ExitStatusLike,
  type ForeignMemory,
  type ForeignPersonality,
  type ForeignProcess,
  type ForeignThread,
  type ForeignThreadInit,
  type ForkedProcess,
  type LoadedElf,
  type MappedFile,
  type MemoryFailure,
  type PendingCall,
  type PersonalityFactory,
  PROTECTION,
  REGISTER,
  type ReceivedCap,
  type SignalVerdict,
  type UserAddress,
} from './foreign-personality.ts';
export * from './generated/codecs/index.ts';
export {
  type ArrivedCall,
  CALL_OUTCOME,
  type CallOutcomeCode,
  type HostedPort,
  type HostedProgram,
  type ProcedureAnswer,
  type ProtectedProcedure,
  type WorkerExit,
  type WorkerStart,
} from './hosted-program.ts';
export { joinBytes } from './join-bytes.ts';
export {
  CAP_ENTER_FORM,
  CAP_SET_ADDRESS,
  DO_NOT_WAIT_NS,
  KERNEL_GIVEN_BASE,
  KERNEL_GIVEN_END,
  MAP_TOP,
  MAX_CAP_SET_PAGES,
  NATIVE_ELF_NOTE,
  PAGE_SIZE,
  PIE_BASE,
  RING_ADDRESS,
  STACK_SIZE,
  STACK_TOP,
  SYSTEM_CALL,
  UNKNOWN_SYSTEM_CALL_RESULT,
  USER_ADDRESS_END,
  WAIT_FOREVER_NS,
  WELL_KNOWN_CAP,
} from './process-layout.ts';
export { decodeUtf8, encodeUtf8, fromUtf8, toUtf8, utf8Length } from './utf8.ts';

@0xf4fa798db40f7461;
# Processes and threads.

using import "memory.capnp".MemoryObject;
using import "memory.capnp".VirtualMemory;
using import "capability.capnp".AddressClass;
using import "capability.capnp".CapabilityManager;
using import "accounting.capnp".ResourceAmount;
using import "scheduling.capnp".SchedulingContext;

struct Grant {
  # A capability that a new process is to hold.
  name @0 :Text;
  # In its CapSet: 1 to 31 bytes of UTF-8.
  cap @1 :UInt32;
  # Ordinal of the capability among those transferred beside the call.
  transferMode @2 :CapabilityManager.TransferMode;
  # How it may travel on from there; never more freely than the spawner itself could pass it.
}

struct ExitStatus {
  # How a process ended.
  union {
    exited @0 :Int32;
    # The program's own exit code, 0–255.
    faulted @1 :Fault;
    # The processor raised an exception that nobody handled.
    killed @2 :Int32;
    # Ended from outside, or by a fatal signal of its personality: the signal number.
  }
}

struct Fault {
  # An exception of the processor (SDM 3A §6.15).
  vector @0 :UInt8;
  errorCode @1 :UInt32;
  address @2 :UInt64;
  # What a page fault was about (CR2).
  instruction @3 :UInt64;
  addressClass @4 :AddressClass;
}

interface ProcessSpawner {
  # Starts programs, on the account of whoever asks.
  spawn @0 (
    name :Text,
    image :Data,          # an ELF64 file; empty when `program` names one of the boot package
    program :Text,        # name of a program in the boot package: ELF or hosted
    arguments :List(Text),
    environment :List(Text),
    grants :List(Grant),
    limits :List(ResourceAmount)
  ) -> (process :ProcessHandle, processId :UInt64);
  # The child holds exactly `grants`, and nothing else. A grant named `personality` makes it a foreign process.
  # limits: the most it may use of a resource, its children included; of what is not named, the system's default. Whatever it
  # uses counts on the spawner's account too.
}

interface ProcessHandle {
  # One process. Letting go of the handle does not end it.
  wait @0 () -> (status :ExitStatus);
  # Answers when it has ended, any number of times.
  kill @1 (signal :Int32);
  # Ends it now; it is not asked. Without effect once it has ended.
  info @2 () -> (info :ProcessInfo);
  # What there is to see of it from outside.
  capabilities @3 () -> (entries :List(CapabilityManager.Entry));
  # What it holds at this moment: to look at, never to use.
}

struct ProcessInfo {
  # A process as tools show it.
  processId @0 :UInt64;
  name @1 :Text;
  kind @2 :Text;          # elf, hosted, worker, foreign
  state @3 :Text;         # running, ready, blocked, dead
  threads @4 :UInt32;
  caps @5 :UInt32;
  frames @6 :UInt64;
  cpuTimeNs @7 :UInt64;
  instructions @8 :UInt64;
  # Of the machine, that its threads executed; 0 for hosted programs, whose code is the host's.
  contextId @9 :UInt64;
  # The scheduling context its threads start on; 0 for programs that the machine does not run.
}

interface ProcessList {
  # For tools: looks at every process, can touch none.
  list @0 () -> (processes :List(ProcessInfo));
  # Every process there is.
}

interface ThreadSpawner {
  # Threads of the process that calls.
  create @0 (entry :UInt64, stack :UInt64, argument :UInt64, fsBase :UInt64, ring :UInt64) -> (thread :ThreadControl, threadId :UInt64);
  # ring: address of a zeroed page in the caller's space that becomes the thread's ring; 0 for none. Entry: RDI ring, RSI thread id, RDX argument.
  exit @1 ();
  # Ends the calling thread; does not return.
  current @2 () -> (thread :ThreadControl, threadId :UInt64);
  # The thread that calls.
}

interface ThreadControl {
  # One thread.
  join @0 ();
  # Answers when it has ended.
  setFsBase @1 (fsBase :UInt64);
  # Moves its thread-local storage.
  bind @2 (context :SchedulingContext);
  # It runs on that context from now on.
  unbind @3 ();
  # It has no context of its own any more: a passive server, which runs only on the context of who waits for it.
  getUsage @4 () -> (instructions :UInt64, contextId :UInt64);
  # Executed so far; contextId 0 for a passive thread.
}

interface ParkSpace {
  # futex on a capability: keys are addresses of the holder's space, or offsets of a shared MemoryObject.
  park @0 (address :UInt64, expected :UInt32, timeoutNs :UInt64) -> (woken :Bool);
  # Sleeps while the word at address holds `expected`, until woken or timeoutNs are over (2^64 − 1: no limit).
  # woken: false when the time was over.
  unpark @1 (address :UInt64, count :UInt32) -> (woken :UInt32);
  # Wakes at most count sleepers, in the order they came.
  requeue @2 (address :UInt64, expected :UInt32, wake :UInt32, target :UInt64, move :UInt32) -> (matched :Bool, woken :UInt32, moved :UInt32);
  # If the word at address holds `expected`: wakes `wake` sleepers, and has at most `move` others sleep at `target` instead, after
  # those who do already. Their deadlines stay. matched: false, and nothing was done, if it holds something else.
}

interface Personality {
  # What answers the system calls of a foreign process. Granted at spawn under the name `personality`.
  getName @0 () -> (name :Text);
  # The name it was registered under.
}

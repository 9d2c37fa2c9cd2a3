@0xb99b1fa6065ee552;
# Processor time: the contexts that threads run on, and the policy that decides about them. Mechanism is in the kernel; who gets
# how much is decided by whoever holds SchedulingPolicy.

using import "notification.capnp".Notification;

struct SchedulingParameters {
  priority @0 :UInt8 = 128;
  # 0 to 255; higher ones run first.
  budgetNs @1 :UInt64;
  # Processor time in any window of one period, counted as 200 instructions a microsecond; 0: no limit.
  periodNs @2 :UInt64;
  # Of the monotonic clock. At least 10,000, and no shorter than the budget.
  sliceNs @3 :UInt64;
  # One turn among contexts of the same priority, counted like the budget; 0: 500,000.
  processors @4 :UInt64 = 0xffffffffffffffff;
  # On which it may run, one bit each. Bit 0 is the one processor there is: without it the context rests.
}

struct ContextInfo {
  # A context as schedulers and tools see it.
  contextId @0 :UInt64;
  name @1 :Text;
  # Of the process it was made for.
  parameters @2 :SchedulingParameters;
  instructions @3 :UInt64;
  # Executed on it so far, by whichever thread.
  cpuTimeNs @4 :UInt64;
  # What they took.
  depletions @5 :UInt64;
  # Times it had something to run and no budget for it.
  threads @6 :UInt32;
  # Bound to it.
  ready @7 :Bool;
  # It has something to run, or may have.
  processes @8 :List(UInt64);
  # Whose threads run on it unless they are bound otherwise.
}

interface SchedulingContext {
  # A share of the processor. ThreadControl.bind puts a thread of the holder's on it.
  getInfo @0 () -> (info :ContextInfo);
  notifyDepleted @1 (notification :Notification, bits :UInt64);
  # The timeout fault: signals when the context has something to run and no budget left. It runs again when budget comes back,
  # or when its policy is changed. bits 0: nobody is told any more.
}

interface SchedulingPolicy {
  # Decides about every context there is.
  list @0 () -> (contexts :List(ContextInfo));
  configure @1 (contextId :UInt64, parameters :SchedulingParameters);
  # invalidArgument: no such context, or parameters that make no sense. failed: another process attends.
  create @2 (name :Text, parameters :SchedulingParameters) -> (context :SchedulingContext, contextId :UInt64);
  # A context that no process has yet, on the caller's account.
  bind @3 (processId :UInt64, contextId :UInt64);
  # Every thread of a process runs on that context from now on; 0: on none of its own, only on what those who wait for it lend.
  attend @4 (leaseNs :UInt64);
  # The caller takes charge for so long; renewing is calling again. When the lease runs out, the caller ends or another process
  # attends, everything that it configured meanwhile is undone: the kernel's round robin goes on.
  resign @5 ();
  # The caller is no longer in charge. Without effect on one that is not.
}

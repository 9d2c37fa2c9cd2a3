// What prctl(2) and /proc set of a process beside all else. fork hands it on, but for whether orphans come to it.

export class ProcessAttributes {
  /** PR_SET_DUMPABLE: 1 unless the program says otherwise. */
  dumpable = 1;
  /** PR_SET_NO_NEW_PRIVS: cannot be taken back. */
  noNewPrivileges = false;
  /** PR_SET_CHILD_SUBREAPER: descendants whose parent ends get this process for a parent. */
  childSubreaper = false;
  /** PR_SET_TIMERSLACK, in nanoseconds: kept and told, timers are as exact as they can be. */
  timerSlackNs = DEFAULT_TIMER_SLACK_NS;
  /** What PR_SET_TIMERSLACK with 0 goes back to: what it was in the parent when that forked. */
  defaultTimerSlackNs = DEFAULT_TIMER_SLACK_NS;
  /** What membarrier(2) has been told that the process will ask for. */
  barriers = 0;
  /** personality(2): what the program takes its system for. */
  persona = 0;
  /** /proc/PID/oom_score_adj: kept and told. */
  oomScoreAdjustment = 0;

  /** A child's. */
  inherited(): ProcessAttributes {
    return Object.assign(new ProcessAttributes(), this, {
      childSubreaper: false,
      defaultTimerSlackNs: this.timerSlackNs,
    });
  }
}

const DEFAULT_TIMER_SLACK_NS = 50_000;

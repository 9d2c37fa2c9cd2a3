// How the round-trip bench tells its other end that a run is over.

/** User data of the last NOP of a run. */
export const REST = 0xffff_fffe;

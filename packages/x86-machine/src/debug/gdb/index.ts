// GDB's remote protocol over whatever can be debugged, a bare machine for one: an entry of its own, which most programs do without.

export { createMachineTarget, type MachineTarget } from '../machine-target.ts';
export { GdbServer, type GdbServerOptions } from './gdb-server.ts';

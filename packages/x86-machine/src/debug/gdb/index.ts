// GDB's remote protocol over whatever can be debugged: an entry of its own, which most programs do without.
export { GdbServer, type GdbServerOptions } from './gdb-server.ts';

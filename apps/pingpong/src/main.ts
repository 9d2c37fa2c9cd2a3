// Two native programs and a badge: typed IPC, a moved capability, a revoked one.
export {};

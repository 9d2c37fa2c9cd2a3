// POSIX calls turned into capability calls, in process; runs unmodified Linux x86-64 binaries.
export {};

// The capOS command line: boot, run, inspect.
export {};

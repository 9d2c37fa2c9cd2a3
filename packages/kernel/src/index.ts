// The capOS capability microkernel: ring 0 of the machine, written in TypeScript.
export {};

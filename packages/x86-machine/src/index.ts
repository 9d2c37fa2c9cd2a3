// The emulated x86-64 PC: CPU, memory, buses and devices, alone or under a supervisor written in TypeScript.
export {};

// The first program of a capOS system: reads the boot package, checks the manifest and starts every service.
export {};

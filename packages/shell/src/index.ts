// The capability shell: a capOS program that shows, runs and reads through the capabilities it holds.
export {};

// The default capOS system: the capability shell over a store.
export {};

// A capOS system as data: manifest, validation, packing and lock.
export {};

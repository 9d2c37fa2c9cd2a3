// The smallest whole capOS system: machine, kernel and one native program.
export {};

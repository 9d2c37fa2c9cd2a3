// io_uring-shaped submission and completion rings over shared memory, between any two threads.
export {};

// Store and Namespace: content-addressed blobs and bound names as a capOS service, with durable engines.
export {};

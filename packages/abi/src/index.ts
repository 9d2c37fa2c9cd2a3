// The capOS contract: Cap'n Proto schema, generated types and bounded codecs, CapId, CapSet and process layout.
export {};

// The table that everything is dispatched through: who owns which entries.
//
//   0 …                    handlers of rows, and their variants       shared by all machines
//   FIRST_REGION_ENTRY …   translated regions                          each machine's own

export const TABLE_ENTRIES = 32_768;
export const FIRST_REGION_ENTRY = 16_384;
export const LAST_VARIANT_ENTRY = 9216;

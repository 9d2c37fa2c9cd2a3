// camelCase field names as ABI constants spell them.

/** `paramsAddress` → `PARAMS_ADDRESS`. */
export function screamingName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}

/** `paramsAddress` → `params_address`. */
export function snakeName(name: string): string {
  return screamingName(name).toLowerCase();
}

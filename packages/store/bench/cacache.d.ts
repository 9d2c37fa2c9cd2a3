// The two functions of cacache that the benches call; the package has no declarations of its own.
declare module 'cacache' {
  const cacache: {
    put(
      cache: string,
      key: string,
      data: Uint8Array,
      options: { readonly algorithms: readonly string[] },
    ): Promise<unknown>;
    readonly get: { byDigest(cache: string, integrity: string): Promise<Uint8Array> };
  };
  // biome-ignore lint/style/noDefaultExport: the module is CommonJS and has only this
  export default cacache;
}

export async function inspect(_o: { file: string; json: boolean }): Promise<number> {
  return 0;
}

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const MAIN = join(import.meta.dirname, '../src/main.ts');

/** Runs the shell over a script on its standard input. */
function script(text: string): Promise<{ status: number | null; output: string }> {
  const child = spawn(process.execPath, [MAIN], { stdio: ['pipe', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stdin.end(text);
  return new Promise((resolve) => child.on('close', (status) => resolve({ status, output })));
}

describe('the shell over a script', () => {
  test('shows what it holds, and holds nothing but what its manifest grants', async () => {
    const { output } = await script('caps\n');
    const names = output
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(' ')[0]);
    expect(names).toEqual([
      'console',
      'boot',
      'spawner',
      'processes',
      'timer',
      'entropy',
      'system',
      'home',
      'personality.linux',
    ]);
  });

  test('runs native programs and ends with the last status', async () => {
    expect(await script('run hello\n')).toMatchObject({ status: 0, output: expect.stringContaining('Hello') });
    expect(await script('run nothing\n')).toMatchObject({ status: 127 });
    expect(await script('exit 7\n')).toMatchObject({ status: 7 });
  });

  test('a program gets the capabilities named and no others', async () => {
    const { output, status } = await script('run --with nonsense hello\n');
    expect(output).toContain('holds no such capability');
    expect(status).toBe(2);
  });

  test('keeps files in the store, through the directory it holds', async () => {
    const { output, status } = await script(
      'mkdir /home/notes\nwrite /home/notes/a kept in the store\ncat /home/notes/a\nls /home/notes\nrm /home/notes/a\nls /home/notes\n',
    );
    expect(output).toBe('kept in the store\na\n');
    expect(status).toBe(0);
    expect(await script('cat /home/../boot\n')).toMatchObject({ status: 2, output: expect.stringContaining('no ..') });
    expect(await script('cat /elsewhere/x\n')).toMatchObject({ output: expect.stringContaining('holds no elsewhere') });
  });

  test('lists the processes there are', async () => {
    const { output } = await script('procs\n');
    expect(output).toMatch(/1 +init +hosted/);
    expect(output).toMatch(/4 +shell +hosted/);
  });

  test('shows the services of the system, and applies a manifest to it', async () => {
    const { output, status } = await script(
      'services\nmanifest /home/now\napply /home/now\nwrite /home/wrong no manifest at all\napply /home/wrong\n',
    );
    expect(output).toMatch(/store +\d+ +1/);
    expect(output).toContain('nothing to change\n');
    expect(output).toMatch(/the manifest can't be read/);
    expect(status).toBe(1);
  });

  test('tells what it does not know, and goes on', async () => {
    const { output, status } = await script("frobnicate\necho 'still here'\n");
    expect(output).toContain('frobnicate: no such command');
    expect(output).toContain('still here');
    expect(status).toBe(0);
  });

  test('a background program is ended by its number', async () => {
    const { output } = await script('run threads &\nprocs\n');
    expect(output).toMatch(/\[5\] threads/);
    expect(output).toMatch(/5 +threads +elf/);
  });
});

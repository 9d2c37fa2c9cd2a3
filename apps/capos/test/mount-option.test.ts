import { describe, expect, test } from 'vitest';
import { parseMount } from '../src/mount-option.ts';

describe('--mount', () => {
  test('names a guest path and a host path', () => {
    expect(parseMount('/src=.')).toEqual({ guest: '/src', host: '.', readOnly: false });
    expect(parseMount('/src/=/home/me:ro')).toEqual({ guest: '/src', host: '/home/me', readOnly: true });
    expect(parseMount('/=root:rw')).toEqual({ guest: '/', host: 'root', readOnly: false });
  });

  test('leaves = and : of a host path alone', () => {
    expect(parseMount('/a=b=c:d')).toEqual({ guest: '/a', host: 'b=c:d', readOnly: false });
  });

  test.each(['', '/src', '/src=', '=host', 'src=.', '/a/../b=.', '/a=:ro'])('refuses %j with a remedy', (value) => {
    expect(() => parseMount(value)).toThrow(/--mount/);
  });
});

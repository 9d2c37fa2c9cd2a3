import { describe, expect, test } from 'vitest';
import { parseMount, parseUnion } from '../src/mount-option.ts';

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

describe('--union', () => {
  test('names layers, the topmost first, and where changes go', () => {
    expect(parseUnion('/=a:b/c')).toEqual({ guest: '/', lower: ['a', 'b/c'], upper: undefined });
    expect(parseUnion('/x=a,upper=c:d')).toEqual({ guest: '/x', lower: ['a'], upper: { kind: 'host', path: 'c:d' } });
    expect(parseUnion('/x=a:b,tmpfs')).toEqual({ guest: '/x', lower: ['a', 'b'], upper: { kind: 'tmpfs' } });
  });

  test('takes a backslash before what would separate', () => {
    expect(parseUnion('/x=a\\:b\\,c:d')).toEqual({ guest: '/x', lower: ['a:b,c', 'd'], upper: undefined });
  });

  test.each(['/x', '/x=', 'x=a', '/x=a::b', '/x=a:', '/x=a,upper=', '/x=a,tmpfs,tmpfs', '/x=a,ro'])(
    'refuses %j with a remedy',
    (value) => {
      expect(() => parseUnion(value)).toThrow(/--union/);
    },
  );
});

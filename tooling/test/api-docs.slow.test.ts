// The pages of every package's interface can be made, and every link in its comments leads somewhere.
import { expect, test } from 'vitest';
import { documentedPackages, makeApiDocs } from '../src/api-docs.ts';

test.each(documentedPackages())('TypeDoc reads the interface of %s without a complaint', (name) => {
  expect(makeApiDocs(name, 'none')).toBe('');
});

// What `--net` and `--publish` grant, and how a mistake is told.
import { parseAddress } from '@capos/network';
import { expect, test } from 'vitest';
import { parseNet, parsePublish, withPublications } from '../src/net-option.ts';

test('none grants nothing, loopback a loopback', () => {
  expect(parseNet('none', undefined)).toBeUndefined();
  expect(parseNet('loopback', undefined)).toEqual({ connect: [], publish: [], everyName: false });
  expect(() => parseNet('none', parseNet('loopback', undefined))).toThrow(/contradicts/);
});

test('host ports are listened on, one by one or in ranges', () => {
  const { publish } = parseNet('host:80,8000-8001', undefined)!;
  expect(publish.map(({ hostPort, guestPort }) => [hostPort, guestPort])).toEqual([
    [80, 80],
    [8000, 8000],
    [8001, 8001],
  ]);
});

test('connections go to names, addresses, networks or everywhere', () => {
  const grant = parseNet('connect:Example.com:443,10.0.0.0/8:1-1023,[::1]:5432,connect:*:80', undefined)!;
  expect(grant.connect).toEqual([
    { host: { name: 'example.com' }, firstPort: 443, lastPort: 443 },
    { host: { address: parseAddress('10.0.0.0'), prefixLength: 8 }, firstPort: 1, lastPort: 1023 },
    { host: { address: parseAddress('::1'), prefixLength: 128 }, firstPort: 5432, lastPort: 5432 },
    { host: 'everywhere', firstPort: 80, lastPort: 80 },
  ]);
});

test('grants add up', () => {
  const first = parseNet('connect:a:1', undefined);
  const both = withPublications(parseNet('dns', first), [parsePublish('8080:80')]);
  expect(both).toMatchObject({ everyName: true, connect: [{ firstPort: 1 }], publish: [{ hostPort: 8080 }] });
  expect(withPublications(undefined, [])).toBeUndefined();
});

test.each([
  ['hosts:80', /write none, loopback, dns, host:PORT or connect/],
  ['connect:example.com', /write it as connect:HOST:PORT/],
  ['connect:exa mple:80', /is no host name/],
  ['connect:10.0.0.0/99:80', /not between 0 and 32/],
  ['connect:example.com:99999', /99999 is no port; ports are 1 to 65535/],
  ['host:', /the port is missing/],
  ['loopback:1', /takes nothing after it/],
])('--net %s is refused in words that say what to write', (value, message) => {
  expect(() => parseNet(value, undefined)).toThrow(message);
});

test('a publication names the host side first', () => {
  expect(parsePublish('8080:80')).toEqual({ address: parseAddress('127.0.0.1'), hostPort: 8080, guestPort: 80 });
  expect(parsePublish('0.0.0.0:0:80')).toMatchObject({ address: parseAddress('0.0.0.0'), hostPort: 0 });
  for (const wrong of ['80', 'a:b', '1:2:3', '70000:80', '80:0', '300.1.1.1:80:80'])
    expect(() => parsePublish(wrong)).toThrow(/HOSTPORT:GUESTPORT/);
});

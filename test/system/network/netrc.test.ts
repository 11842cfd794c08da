import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { basic as header, netrcAuthorization } from '../../../src/system/network/credentials.ts';
import { netrcSlip, parseNetrc, readNetrc } from '../../../src/system/network/netrc.ts';

const text = `
machine plain.test login alice password one
machine port.test:8443
	login bob
	password two
macdef init
	machine inmacro.test login x password y

machine path.test/team login carol password three
machine incomplete.test login dave
machine same.test login dora password four default
machine after.test login never password read
`;
const logins = parseNetrc(text);
const basic = (user: string, password: string): string =>
  header({ user: Buffer.from(user), password: Buffer.from(password) });
const of = (url: string, byHost = false): string | null =>
  netrcAuthorization({ logins, byHost }, new URL(url), url.split('/')[2]);

describe('netrc, as go reads it', () => {
  test('machines with all three parts, up to default', () => {
    expect(logins.map(({ machine }) => machine)).toEqual([
      'plain.test',
      'port.test:8443',
      'path.test/team',
      'same.test',
    ]);
  });
  test.each([
    ['https://plain.test/mod', basic('alice', 'one')],
    // Go compares what is written, the default port too.
    ['https://plain.test:443/', null],
    ['https://PLAIN.test/', null],
    ['https://me:pw@plain.test/', null],
    ['https://plain.test:8443/', null],
    ['http://plain.test/', null],
    ['https://port.test:8443/x/@v/list', basic('bob', 'two')],
    ['https://port.test/', null],
    ['https://path.test/team/x', basic('carol', 'three')],
    ['https://path.test/other', null],
    ['https://inmacro.test/', null],
    ['https://nobody.test/', null],
  ])('%s: %s', (url, expected) => expect(of(url)).toBe(expected));
  test('before Go 1.24 a machine is a host alone, and wins over the URL', () => {
    expect(of('https://plain.test/mod', true)).toBe(basic('alice', 'one'));
    expect(of('https://port.test:8443/x', true)).toBe(basic('bob', 'two'));
    expect(of('https://path.test/team/x', true)).toBeNull();
  });
  test('a byte order mark is no white space: the first word is not machine then', () => {
    expect(parseNetrc('\uFEFFmachine a.test login x password y\nmachine b.test login x password y\n')).toHaveLength(1);
  });
  test.each([
    ['netrc', 1],
    ['', 1],
    ['off', 0],
    ['git /srv; netrc', 1],
    ['mycommand --netrc', 0],
    [' netrc ; off', 1],
  ])('GOAUTH=%j', async (goauth, count) => {
    const file = join(mkdtempSync(join(tmpdir(), 'go-mirror-netrc-')), 'netrc');
    writeFileSync(file, 'machine a.test login x password y\n');
    const context = {
      env: { NETRC: file },
      cwd: '/',
      platform: process.platform,
      signal: new AbortController().signal,
    };
    expect((await readNetrc(context, goauth)).logins).toHaveLength(count);
  });
});

describe('a login that go does not find', () => {
  const host = 'athens.corp.example.com';
  test.each([
    ['byte-order-mark', `\ufeffmachine ${host} login dev password pw\n`],
    ['no-password', `machine ${host} login dev\n`],
    ['no-password', `machine ${host}\n  login dev\nmachine other.example.com login x password y\n`],
    ['no-login', `machine ${host} password pw\n`],
    ['other-name', `machine ${host}:443 login dev password pw\n`],
    ['other-name', `machine http://${host} login dev password pw\n`],
    ['other-name', `machine Athens.Corp.Example.com login dev password pw\n`],
    ['punctuation', `machine: ${host} login: dev password: pw\n`],
    ['in-macro', `macdef init\ncd /pub\nmachine ${host} login dev password pw\n`],
  ])('is seen: %s', (kind, text) => {
    const line = text.split('\n').findIndex(one => /machine/i.test(one)) + 1;
    expect(netrcSlip(text, host)).toMatchObject({ kind, line });
  });

  test.each([
    `machine ${host} login dev password pw\n`,
    `machine https://${host} login dev password pw\n`,
    'machine other.example.com login dev password pw\n',
    `machine ${host}:443 login dev password pw\nmachine ${host} login dev password pw\n`,
    '',
  ])('is none: %j', text => expect(netrcSlip(text, host)).toBeNull());

  test('may be one for another port', () => {
    expect(netrcSlip(`machine ${host} login dev password pw\n`, `${host}:8443`)).toMatchObject({ kind: 'other-name' });
  });
});

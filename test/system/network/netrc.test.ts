import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { basic as header } from '../../../src/system/network/credentials.ts';
import { type AuthRules, openLogins } from '../../../src/system/network/logins.ts';
import { netrcSlip, parseNetrc } from '../../../src/system/network/netrc.ts';

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
/** What is added to the first request to a URL. */
async function of(url: string, rules: Partial<AuthRules> = {}, file: string | Buffer = text): Promise<string | null> {
  const NETRC = join(mkdtempSync(join(tmpdir(), 'go-mirror-netrc-')), 'netrc');
  writeFileSync(NETRC, file);
  const { signal } = new AbortController();
  const context = { env: { NETRC }, cwd: '/', platform: process.platform, signal };
  const found = await openLogins(context, { goauth: 'netrc', minor: null, ...rules }, signal).before(url, signal);
  return (found.authorization as string | undefined) ?? null;
}

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
    ['https://port.test:8443/x/@v/list', basic('bob', 'two')],
    ['https://port.test/', null],
    ['https://path.test/team/x', basic('carol', 'three')],
    ['https://path.test/other', null],
    ['https://inmacro.test/', null],
    ['https://nobody.test/', null],
  ])('%s: %s', async (url, expected) => expect(await of(url)).toBe(expected));
  test.each([
    ['https://plain.test/mod', 23, basic('alice', 'one')],
    ['https://me:pw@plain.test/mod', 23, basic('alice', 'one')],
    ['https://port.test:8443/x', 23, basic('bob', 'two')],
    ['https://plain.test:8443/x', 23, null],
    ['https://plain.test:8443/x', 18, basic('alice', 'one')],
    ['https://port.test:8443/x', 18, null],
    ['https://path.test/team/x', 23, null],
  ])(
    'before GOAUTH a machine is a host alone, and wins over the URL: %s, Go 1.%i: %s',
    async (url, minor, expected) => {
      expect(await of(url, { minor, goauth: 'off' })).toBe(expected);
    },
  );
  test('a password that is no UTF-8 is sent as its bytes', async () => {
    const file = Buffer.from('machine a.test login m\xfcller password \xa0\x85x\n', 'latin1');
    const expected = Buffer.from('m\xfcller:\xa0\x85x', 'latin1').toString('base64');
    expect(await of('https://a.test/', {}, file)).toBe(`Basic ${expected}`);
  });
  test('a byte order mark is no white space: the first word is not machine then', () => {
    expect(parseNetrc('\uFEFFmachine a.test login x password y\nmachine b.test login x password y\n')).toHaveLength(1);
  });
  test.each([
    ['netrc', true],
    ['', true],
    ['off', false],
    [' off ', false],
    ['/bin/true; netrc', true],
    ['mycommand --netrc', false],
    ['netrc ignored', true],
  ])('GOAUTH=%j reads it: %s', async (goauth, isRead) => {
    const found = await of('https://a.test/', { goauth }, 'machine a.test login x password y\n');
    expect(found).toBe(isRead ? basic('x', 'y') : null);
  });
  test.each(['netrc;', ';netrc', 'netrc; off', 'off;netrc', 'git', 'git a b', 'git rel', 'git /nowhere'])(
    'GOAUTH=%j, which go refuses, sends nothing',
    async goauth => {
      await expect(of('https://a.test/', { goauth })).rejects.toMatchObject({ target: 'GOAUTH' });
    },
  );
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

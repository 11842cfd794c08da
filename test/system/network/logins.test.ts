import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { urlBelow, writtenBelow } from '../../../src/modproxy/proxy-url.ts';
import { openClient } from '../../../src/system/network/client.ts';
import { readNetwork } from '../../../src/system/network/connection.ts';
import type { AuthRules } from '../../../src/system/network/logins.ts';
import { certificateAuthority } from '../../lab/certificates.ts';
import { type LabMirror, labMirror } from '../../lab/mirror.ts';
import { type Sandbox, sandbox } from '../../lab/sandbox.ts';
import { goRelease } from '../../lab/tools.ts';

const ca = certificateAuthority();
const tls = ca.leaf({ names: ['localhost', 'sub.localhost', '127.0.0.1'] });
/** What go asks for first. */
const asked = '/m.test/@v/v1.0.0.info';
const files = { [asked]: '{"Version":"v1.0.0"}', '/next': '{"Version":"v1.0.0"}' };

/** `A` and `B` are the ports of two servers; where `redirect` leads is asked of A for the file, and `second` of B for `/next`. */
interface Case {
  base: string;
  netrc: string;
  redirect?: string;
  second?: string;
}

const login = (machine: string, user = 'u'): string => `machine ${machine} login ${user} password p${user}\n`;
const cases: [string, Case][] = [
  ['no login', { base: 'https://127.0.0.1:A', netrc: '' }],
  ['of the URL', { base: 'https://me:p%2Fw@127.0.0.1:A', netrc: '' }],
  ['of the URL, no UTF-8', { base: 'https://%ff:%80@127.0.0.1:A', netrc: '' }],
  ['a name alone', { base: 'https://me@127.0.0.1:A', netrc: '' }],
  ['a password alone', { base: 'https://:pw@127.0.0.1:A', netrc: '' }],
  ['netrc with the port', { base: 'https://127.0.0.1:A', netrc: login('127.0.0.1:A') }],
  ['netrc without it', { base: 'https://127.0.0.1:A', netrc: login('127.0.0.1') }],
  ['netrc and the URL', { base: 'https://me:pw@127.0.0.1:A', netrc: login('127.0.0.1:A') }],
  [
    'netrc of a folder',
    { base: 'https://127.0.0.1:A', netrc: login('127.0.0.1:A/m.test') + login('127.0.0.1:A', 'v') },
  ],
  ['netrc of another folder', { base: 'https://127.0.0.1:A', netrc: login('127.0.0.1:A/other') }],
  ['netrc with a scheme', { base: 'https://127.0.0.1:A', netrc: login('https://127.0.0.1:A/') }],
  ['two of the same', { base: 'https://127.0.0.1:A', netrc: login('127.0.0.1:A', 'x') + login('127.0.0.1:A', 'y') }],
  ['upper case', { base: 'https://LOCALHOST:A', netrc: login('localhost:A') }],
  ['default', { base: 'https://127.0.0.1:A', netrc: 'default login d password pd\n' }],
  ['relative redirect, URL', { base: 'https://me:pw@127.0.0.1:A', netrc: '', redirect: '/next' }],
  ['relative redirect, netrc', { base: 'https://127.0.0.1:A', netrc: login('127.0.0.1:A'), redirect: '/next' }],
  [
    'absolute redirect to the same, URL',
    { base: 'https://me:pw@127.0.0.1:A', netrc: '', redirect: 'https://127.0.0.1:A/next' },
  ],
  [
    'absolute redirect to the same, netrc',
    { base: 'https://127.0.0.1:A', netrc: login('127.0.0.1:A'), redirect: 'https://127.0.0.1:A/next' },
  ],
  ['another port, URL', { base: 'https://me:pw@127.0.0.1:A', netrc: '', redirect: 'https://127.0.0.1:B/next' }],
  [
    'another port, netrc',
    { base: 'https://127.0.0.1:A', netrc: login('127.0.0.1:A'), redirect: 'https://127.0.0.1:B/next' },
  ],
  [
    'another host, netrc',
    { base: 'https://127.0.0.1:A', netrc: login('127.0.0.1:A'), redirect: 'https://localhost:B/next' },
  ],
  [
    'netrc of the target',
    { base: 'https://127.0.0.1:A', netrc: login('localhost:B'), redirect: 'https://localhost:B/next' },
  ],
  [
    'netrc of both',
    {
      base: 'https://127.0.0.1:A',
      netrc: login('127.0.0.1:A') + login('localhost:B', 'v'),
      redirect: 'https://localhost:B/next',
    },
  ],
  ['login in the redirect', { base: 'https://127.0.0.1:A', netrc: '', redirect: 'https://r:pr@localhost:B/next' }],
  [
    'a host that differs in case alone',
    { base: 'https://LOCALHOST:A', netrc: login('LOCALHOST:A'), redirect: 'https://localhost:A/next' },
  ],
  ['relative, a host in upper case', { base: 'https://LOCALHOST:A', netrc: login('LOCALHOST:A'), redirect: '/next' }],
  ...[
    '\\\\localhost:B/next',
    'https:/localhost:B/next',
    'https:localhost:B/next',
    'https:\\\\localhost:B/next',
    '///localhost:B/next',
  ].map((redirect): [string, Case] => [
    `what is another host for browsers alone: ${redirect}`,
    { base: 'https://127.0.0.1:A', netrc: login('127.0.0.1:A'), redirect },
  ]),
  [
    'login in the redirect, and netrc',
    { base: 'https://127.0.0.1:A', netrc: login('127.0.0.1:A'), redirect: 'https://r:pr@127.0.0.1:B/next' },
  ],
  [
    'away and back, netrc',
    {
      base: 'https://127.0.0.1:A',
      netrc: login('127.0.0.1:A'),
      redirect: 'https://localhost:B/next',
      second: 'https://127.0.0.1:A/next',
    },
  ],
  [
    'away and on, URL',
    { base: 'https://me:pw@127.0.0.1:A', netrc: '', redirect: 'https://localhost:B/next', second: '/next?x' },
  ],
];

describe('who gets which login is what go does', () => {
  let box: Sandbox;
  let env: Record<string, string>;

  beforeAll(async () => {
    box = await sandbox();
    env = { SSL_CERT_FILE: ca.writeTo(box.root), GOSUMDB: 'off', GOFLAGS: '-mod=mod', GODEBUG: 'netdns=go' };
  });

  /** What two servers were sent for the file and where it led, by who asks. */
  async function watch({ base, netrc, redirect, second }: Case, ask: (base: string, netrc: string) => Promise<void>) {
    const [a, b] = [await labMirror({ files, tls }), await labMirror({ files, tls })];
    const filled = (text: string): string => text.replaceAll(/:A\b/g, `:${a.port}`).replaceAll(/:B\b/g, `:${b.port}`);
    const to = (path: string | RegExp, location: string) => ({
      path,
      status: 302,
      headers: { location: filled(location) },
    });
    if (redirect) a.faults.push(to(asked, redirect));
    if (second) b.faults.push(to(/\/next$/, second), { path: '/next?x', status: 200, body: '{"Version":"v1.0.0"}' });
    const file = join(mkdtempSync(join(box.root, 'netrc-')), 'netrc');
    writeFileSync(file, filled(netrc));
    await ask(filled(base), file);
    const seen = (mirror: LabMirror, name: string): string[] =>
      mirror.requests
        .filter(({ path }) => path === asked || path.startsWith('/next'))
        .map(({ path, headers }) => `${name}${path} ${headers.authorization ?? '-'}`);
    const all = [...new Set([...seen(a, 'A'), ...seen(b, 'B')])];
    await Promise.all([a.close(), b.close()]);
    return all;
  }

  const byGo =
    (go: string, more: Record<string, string> = {}) =>
    async (base: string, NETRC: string): Promise<void> => {
      const own = { NETRC, GOPROXY: base, GOMODCACHE: mkdtempSync(join(box.root, 'mod-')) };
      await box.exec(go, ['mod', 'download', 'm.test@v1.0.0'], { env: { ...env, ...more, ...own } });
    };
  const byUs =
    (rules?: AuthRules) =>
    async (base: string, NETRC: string): Promise<void> => {
      const context = {
        env: { ...env, NETRC },
        cwd: tmpdir(),
        platform: process.platform,
        signal: new AbortController().signal,
      };
      const client = openClient(await readNetwork(context, rules), context.signal);
      const url = urlBelow(base, asked.slice(1));
      // What can't be followed has asked nobody else.
      const answer = await client.get(url, context.signal, { written: writtenBelow(base, url) }).catch(() => null);
      answer?.body.resume();
      if (answer) await new Promise(resolve => answer.body.once('close', resolve));
      client.close();
    };

  test.each(cases)('%s', async (_, each) => {
    const expected = await watch(each, byGo('go'));
    expect(expected.length).toBeGreaterThan(0);
    expect(await watch(each, byUs())).toEqual(expected);
  });

  test.each(cases.filter(([, { redirect }]) => !redirect))('before GOAUTH (Go 1.22): %s', async (_, each) => {
    const expected = await watch(each, byGo(await goRelease('1.22.12'), { GOTOOLCHAIN: 'local' }));
    expect(await watch(each, byUs({ goauth: '', minor: 22 }))).toEqual(expected);
  });

  test.each(['off', 'git /srv', 'netrc'])('GOAUTH=%s', async goauth => {
    const each = { base: 'https://127.0.0.1:A', netrc: login('127.0.0.1:A') };
    const expected = await watch(each, byGo('go', { GOAUTH: goauth }));
    expect(await watch(each, byUs({ goauth, minor: null }))).toEqual(expected);
  });
});

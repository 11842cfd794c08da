import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { certificateAuthority } from '../lab/certificates.ts';
import type { Fault, Recorded } from '../lab/fault.ts';
import { madeModule } from '../lab/made-module.ts';
import { type LabMirror, labMirror } from '../lab/mirror.ts';
import { type LabProxy, labProxy, type ProxyOptions } from '../lab/proxy.ts';
import { type Sandbox, sandbox } from '../lab/sandbox.ts';
import { type Random, seeded } from './random.ts';

/** What one generated case showed: who got which log-in by which proxy, from go-mirror and from the real go. */
export interface LoginResult {
  seed: number;
  /** What go does and we do not, and the other way round; empty where all is well. */
  differences: string[];
  description: string;
}

/** In texts `{A}` and `{B}` stand for the ports of two servers, `{P}` and `{D}` for the URLs of a proxy and of one that nobody should ask. */
interface Case {
  goproxy: string;
  isSecure: boolean;
  http1: boolean;
  env: Record<string, string>;
  proxy: Pick<ProxyOptions, 'kind' | 'login'>;
  netrc: string;
  /** What the command of GOAUTH prints at first, and when it is told of a refusal. */
  printed: [first: string, later: string];
  needs: 'nothing' | 'login' | 'token' | 'never';
  status: number;
  redirect: string | null;
  command: 'pull' | 'probe';
}

const path = '/m.test/@v/v1.0.0';
const own = madeModule('m.test', { 'v1.0.0': {} });
const files = {
  ...own,
  ...Object.fromEntries(
    Object.entries(own).flatMap(([name, body]) => [
      [`/go${name}`, body],
      [`/moved${name}`, body],
    ]),
  ),
};
const authority = certificateAuthority();
const names = ['mirror.test', 'other.test', 'sub.mirror.test', 'localhost', '127.0.0.1', '0.0.0.0'];
const tls = authority.leaf({ names });

function caseOf(random: Random): Case {
  const isSecure = random.next() < 0.8;
  const scheme = isSecure ? 'https' : 'http';
  // Loopback is never proxied; 0.0.0.0 is this machine too, and is; names are known beyond the proxy alone.
  const kind = random.pick(['loopback', 'loopback', 'any', 'any', 'name', 'name']);
  const host = {
    loopback: random.pick(['127.0.0.1:{A}', 'localhost:{A}']),
    any: '0.0.0.0:{A}',
    name: random.pick(['mirror.test', 'mirror.test:8443', 'MIRROR.test']),
  }[kind]!;
  const info = isSecure
    ? random.pick(['', '', '', 'me:p%2Fw@', 'me@', ':pw@'])
    : random.pick(['', '', '', '', 'me:pw@']);
  const base = random.pick(['', '', '/go']);

  const proxyKind = random.pick(['http', 'http', 'socks5', 'https'] as const);
  const login = random.pick([undefined, undefined, 'dev:p%40ss', 'dev:']);
  // `dev:` is what a name alone comes to.
  const given =
    login === undefined
      ? random.pick(['', '', 'x:y@'])
      : random.pick([`${login}@`, `${login}@`, `${login}@`, 'dev:wrong@', '']);
  const schemes = {
    http: ['http://', 'http://', 'HTTP://', '', 'ftp://'],
    socks5: ['socks5://', 'socks5h://', 'SOCKS5://'],
    https: ['https://'],
  };
  const odd = kind === 'any' && random.next() < 0.2;
  const value = odd
    ? random.pick([
        ' http://{P}',
        'http://{P} ',
        'http//{P}',
        'http://{P}\t',
        '://{P}',
        'http://u%zz@{P}',
        'http://a b@{P}',
      ])
    : `${random.pick(schemes[proxyKind])}${given}{P}${random.pick(['', '', '/', '/x?y'])}`;
  const upper = random.next() < 0.6;
  const variable = isSecure ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const other = isSecure ? 'HTTP_PROXY' : 'HTTPS_PROXY';
  const isProxied = kind === 'name' || random.next() < 0.8;
  const env: Record<string, string> = {};
  if (isProxied) env[upper ? variable : variable.toLowerCase()] = value;
  // The upper-case name wins.
  if (isProxied && upper && random.next() < 0.3) env[variable.toLowerCase()] = 'http://{D}';
  if (random.next() < 0.3) env[random.pick(['ALL_PROXY', 'all_proxy'])] = 'http://{D}';
  if (random.next() < 0.3) env[random.pick([other, other.toLowerCase()])] = 'http://{D}';
  if (random.next() < 0.12) env.REQUEST_METHOD = 'GET';
  const apart = [
    'corp.test',
    '10.0.0.0/8',
    '.other',
    '*.mirror.test.example',
    ' ',
    '127.0.0.1',
    'a.mirror.test',
    '0.0.0.0:1',
    '<local>',
  ];
  const matching = ['0.0.0.0', '0.0.0.0/8', '0.0.0.0:{A}', '*', ' 0.0.0.0 ', '0.0.0.0/0'];
  if (random.next() < 0.5) {
    const entries = [random.pick(apart), random.pick(kind === 'any' ? [...matching, ...apart] : apart)];
    env[random.pick(['NO_PROXY', 'no_proxy'])] = entries.join(random.pick([',', ', ']));
  }

  const places = [
    host,
    '127.0.0.1:{A}',
    'localhost:{B}',
    'other.test',
    'mirror.test',
    host.replace(/:.*$/, ''),
    `${host}/go`,
    `${host}/m.test`,
    `${host}:443`,
  ];
  const machines = [0, 1, 2]
    .filter(() => random.next() < 0.5)
    .map(
      index =>
        `machine ${random.next() < 0.5 ? host : random.pick(places)}${random.pick([' ', '\n  '])}login n${index} password q`,
    );
  const odds = random.pick(['', '', '', 'default login d password q\n', '# machine\n', '\ufeff', 'macdef init\n']);
  const netrc = `${odds}${machines.join('\n')}\n`;

  const block = (): string => {
    const prefix = `https://${random.next() < 0.7 ? host : random.pick(places)}${random.pick(['', '', '/', '/go', '/m.test'])}`;
    const header = random.pick([
      'Authorization: Bearer tok',
      'Authorization: Basic dTpw',
      'Private-Token: tok\nX-Other: 1',
      'Authorization: Bearer a\nPrivate-Token: b',
      '',
    ]);
    return `${prefix}\n\n${header}${header ? '\n' : ''}\n`;
  };
  const printed: [string, string] = [random.pick(['', block()]), random.pick(['', block(), block(), 'broken'])];
  const goauth = random.pick([
    '',
    '',
    'off',
    '{S}',
    '{S}',
    'netrc;{S}',
    '{S} ; netrc',
    '{S};git {G}',
    'git {G}',
    'netrc;git {G}',
    'git rel',
    'netrc;',
    'false;netrc',
  ]);
  if (goauth !== '') env.GOAUTH = goauth;

  const beyond =
    kind === 'name' ? ['other.test', 'sub.mirror.test', 'mirror.test'] : ['localhost:{B}', '127.0.0.1:{B}', host];
  const redirect = random.pick([
    null,
    null,
    null,
    '/moved',
    `${scheme}://${random.pick(beyond)}`,
    `${scheme}://${random.pick(beyond)}`,
    `${scheme}://r:pr@${random.pick(beyond)}`,
    `//${random.pick(beyond)}`,
    'http://127.0.0.1:{B}',
  ]);
  return {
    goproxy: `${scheme}://${info}${host}${base}`,
    isSecure,
    http1: random.next() < 0.4,
    env,
    proxy: { kind: odd ? 'http' : proxyKind, ...(login === undefined ? {} : { login }) },
    netrc,
    printed,
    needs: random.pick(['nothing', 'nothing', 'login', 'login', 'login', 'token', 'never']),
    status: random.pick([401, 401, 403, 404]),
    redirect,
    command: random.next() < 0.65 ? 'pull' : 'probe',
  };
}

/** One side's servers, proxies and machine. */
async function world(made: Case) {
  const lacks = ({ headers }: Recorded): boolean =>
    made.needs === 'never' ||
    (made.needs === 'login' && !headers.authorization) ||
    (made.needs === 'token' && !headers['private-token']);
  const options = { files, ...(made.isSecure ? { tls, http1: made.http1 } : {}) };
  const a = await labMirror({
    ...options,
    address: '0.0.0.0',
    faults: [{ path: lacks, status: made.status, body: 'no\n' }],
  });
  // What a redirect leads to may be http even from https.
  const isPlain = made.redirect === 'http://127.0.0.1:{B}';
  const b = await labMirror({ ...(isPlain ? { files } : options) });
  const to = { 'mirror.test': a.port, 'other.test': b.port, 'sub.mirror.test': b.port, '0.0.0.0': a.port };
  const certificate = made.proxy.kind === 'https' ? { tls: authority.leaf({ names: ['127.0.0.1'] }) } : {};
  const proxy = await labProxy({ ...made.proxy, ...certificate, to });
  const decoy = await labProxy({ kind: 'http', to });
  const box = await sandbox();
  const [script, repository] = [join(box.root, 'auth.sh'), box.root];
  const filled = (text: string): string =>
    text
      .replaceAll('{A}', String(a.port))
      .replaceAll('{B}', String(b.port))
      .replaceAll('{P}', proxy.host)
      .replaceAll('{D}', decoy.host)
      .replaceAll('{S}', script)
      .replaceAll('{G}', repository);
  if (made.redirect !== null) {
    const { redirect } = made;
    const moves = ['.info', '.mod', '.zip'].map((end): Fault => {
      const location = `${filled(redirect)}/moved${path}${end}`;
      const isFirst = ({ path: asked }: Recorded): boolean =>
        asked.endsWith(`${path}${end}`) && !asked.startsWith('/moved');
      return { path: isFirst, status: 302, headers: { location } };
    });
    a.faults.push(...moves);
  }
  await writeFile(join(box.home, '.netrc'), filled(made.netrc));
  const [first, later] = made.printed.map(filled);
  await writeFile(script, `#!/bin/sh\nif [ $# -eq 0 ]; then printf '%s' '${first}'; else printf '%s' '${later}'; fi\n`);
  await chmod(script, 0o755);
  const helper = '!f() { test "$1" = get && echo username=git && echo password=secret; }; f';
  await writeFile(join(box.home, '.gitconfig'), `[credential]\n\thelper = "${helper.replaceAll('"', '\\"')}"\n`);
  Object.assign(box.env, {
    ...Object.fromEntries(Object.entries(made.env).map(([name, value]) => [name, filled(value)])),
    SSL_CERT_FILE: authority.writeTo(box.root),
    GOPROXY: filled(made.goproxy),
    GOSUMDB: 'off',
    GOFLAGS: '-modcacherw',
    GOTOOLCHAIN: 'local',
    GIT_TERMINAL_PROMPT: '0',
  });
  return { a, b, proxy, decoy, box };
}

interface Seen {
  a: LabMirror;
  b: LabMirror;
  proxy: LabProxy;
  decoy: LabProxy;
  box: Sandbox;
}

/** Each server with each log-in that it was given, and each proxy with whom it was asked for by which log-in. */
function seenBy({ a, b, proxy, decoy }: Seen): string[] {
  const asked = (name: string, { requests }: LabMirror): string[] =>
    requests
      .filter(({ method }) => method === 'GET')
      .map(({ path: where, headers }) => {
        const moved = where.startsWith('/moved') ? ' moved' : '';
        return `${name}${moved}: ${[headers.authorization, headers['private-token'], headers['x-other']].map(one => one ?? '-').join(' ')}`;
      });
  const ports = (text: string): string => text.replaceAll(`:${a.port}`, ':A').replaceAll(`:${b.port}`, ':B');
  const passed = (name: string, { seen, logins }: LabProxy): string[] =>
    // A name is the same in upper and lower case; ours are in lower case.
    seen.map(
      (line, index) =>
        `${name} ${ports(line.replace(/^(GET \w+:\/\/[^/]*).*/, '$1').toLowerCase())} as ${logins[index]}`,
    );
  return [
    ...new Set([...asked('A', a), ...asked('B', b), ...passed('proxy', proxy), ...passed('decoy', decoy)]),
  ].sort();
}

/** Makes the case of a seed, runs go and go-mirror on it, and compares. */
export async function runLoginCase(seed: number): Promise<LoginResult> {
  const made = caseOf(seeded(seed));
  const [theirs, own] = [await world(made), await world(made)];
  const timeoutMs = 60_000;
  try {
    const went = await theirs.box.go(['mod', 'download', 'm.test@v1.0.0'], { timeoutMs });
    const url = `${own.box.env.GOPROXY}${path}.info`;
    const args = made.command === 'pull' ? ['pull', 'm.test@v1.0.0', '--json'] : ['probe', url, '--json'];
    const ran = await own.box.run(args, { timeoutMs });
    const [expected, found] = [seenBy(theirs), seenBy(own)];
    const differences = [
      ...expected.filter(line => !found.includes(line)).map(line => `go alone: ${line}`),
      ...found.filter(line => !expected.includes(line)).map(line => `we alone: ${line}`),
      ...(made.command === 'pull' && went.exitCode === 0 && ran.exitCode !== 0 ? ['failed where go succeeds'] : []),
      ...(made.command === 'pull' && went.exitCode !== 0 && ran.exitCode === 0 ? ['succeeded where go fails'] : []),
    ];
    const ends = `go ended with ${went.exitCode}: ${went.stderr}\nours ended with ${ran.exitCode}: ${ran.stderr}${ran.stdout.slice(0, 2000)}`;
    return { seed, differences, description: `${JSON.stringify(made, null, 1)}\n${ends}` };
  } finally {
    for (const { a, b, proxy, decoy, box } of [theirs, own])
      await Promise.all([a.close(), b.close(), proxy.close(), decoy.close(), box.remove()]);
  }
}

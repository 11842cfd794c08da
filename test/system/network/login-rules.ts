import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { quote } from '../../../src/system/go-text.ts';
import { parseCredentials, parseGitCredential, splitQuoted } from '../../../src/system/network/auth-command.ts';
import { basic, type LoginHeaders } from '../../../src/system/network/credentials.ts';
import { openLogins } from '../../../src/system/network/logins.ts';
import { parseNetrc } from '../../../src/system/network/netrc.ts';
import { proxyFor } from '../../../src/system/network/proxy-env.ts';
import { askJudge, type Question } from '../../go/judge.ts';
import { type Random, seeded } from '../../relay/random.ts';

/** A rule of logins or proxies that is pure: made cases, and what go and we make of them, each as a text. */
interface Rule {
  question: Question;
  ours: () => string | Promise<string>;
}

const nothing = { Value: '', Path: '' };
const some = <T>(random: Random, most: number, make: () => T): T[] =>
  Array.from({ length: Math.floor(random.next() * (most + 1)) }, make);

const hosts = [
  'a.test',
  'a.test:8443',
  'b.a.test',
  'A.test',
  '10.0.0.1',
  '[fd12::1]:8443',
  'me:pw@a.test',
  'me@a.test',
];
const folders = ['', '', '/', '/go', '/go/', '/go/m.test', '/go/m.test/@v/v1.info', '/%41b', '/x?q=1', '/x/?q'];

/** Files of netrc: entries as they should be, and everything that goes wrong in them. */
function netrc(random: Random): Buffer {
  const odd = [
    '\ufeff',
    '#',
    '"',
    "'",
    '# machine a.test login c password c',
    'account x',
    'default',
    'macdef init',
    ',',
  ];
  const blank = (): string =>
    random.pick([' ', ' ', ' ', '\n', '\t', '  ', '\r\n', '\n\n', '\v', '\u00a0', '\u0085', '\u2003']);
  const word = (): string =>
    random.pick(['u', '"u v"', 'pw', 'p#w', 'pä', 'm\u00fcller', "'q'", 'machine', 'password', 'default']);
  const parts = some(random, 4, () => {
    if (random.next() < 0.25) return random.pick(odd);
    const machine = `${random.pick(['', '', '', 'https://', 'http://', '"'])}${random.pick(hosts)}${random.pick(folders)}`;
    const fields = [`machine${blank()}${machine}`, `login${blank()}${word()}`, `password${blank()}${word()}`];
    if (random.next() < 0.2) fields.splice(Math.floor(random.next() * 3), 1);
    if (random.next() < 0.2) fields.reverse();
    return fields.join(blank());
  });
  const text = parts.join(random.pick(['\n', '\n', '\n\n', ' ', '\r\n']));
  const mark = random.next() < 0.1 ? '\ufeff' : '';
  // Some files are of an older system.
  return Buffer.from(`${mark}${text}\n`, random.next() < 0.15 ? 'latin1' : 'utf8');
}

function netrcRule(random: Random): Rule {
  const file = netrc(random);
  return {
    question: { ...nothing, Kind: 'netrc', Data: file.toString('base64') },
    ours: () =>
      listText(
        parseNetrc(file).flatMap(({ machine, login, password }) =>
          [machine, login, password].map(part => Buffer.from(part, 'latin1').toString('utf8')),
        ),
      ),
  };
}

function proxyRule(random: Random): Rule {
  const name = (): string =>
    random.pick([
      'a.test',
      'b.a.test',
      'ba.test',
      '10.0.0.1',
      '10.1.2.3',
      '[fd12::1]',
      '[::1]',
      '127.0.0.1',
      'localhost',
    ]);
  const more = (): string =>
    random.pick([
      '127.9.9.9',
      '0.0.0.0',
      '[::ffff:7f]',
      '[::ffff:10.0.0.1]',
      '[::ffff:127.0.0.1]',
      'a.test.',
      'xn--bcher-kva.test',
    ]);
  const host = (): string => (random.next() < 0.75 ? name() : more());
  const port = (): string => random.pick(['', '', ':443', ':80', ':8080', ':99999', ':x', ':']);
  const url = `${random.pick(['http', 'https', 'https'])}://${host()}${random.pick(['', '', ':443', ':80', ':8080'])}/x`;
  const scheme = random.pick([
    'http://',
    'http://',
    'https://',
    'socks5://',
    'socks5h://',
    'HTTP://',
    'ftp://',
    '',
    '',
    '//',
    'http:/',
    ' http://',
    'http:',
  ]);
  const user = random.pick([
    '',
    '',
    'user@',
    'user:pw@',
    'us%65r:p%2Fw@',
    'u%zz@',
    'a:b:c@',
    ':pw@',
    '@',
    'u ser@',
    'u@v@',
    'ü:ß@',
    '%ff:%80@',
    'u:p#w@',
    'u:p/w@',
  ]);
  const at =
    random.next() < 0.85
      ? host()
      : random.pick(['', 'bücher.test', 'b%C3%BCcher.test', '[fe80::1%25eth0]', 'under_score', 'a b']);
  const proxy = `${scheme}${user}${at}${port()}${random.pick(['', '', '', '/', '/path', '?q', '#f', ' ', '\n', '%zz'])}`;
  const exception = (): string =>
    random.next() < 0.55
      ? `${random.pick(['', '', '.', '*.', '*', ' ', '..', '*.*.'])}${host()}${port()}${random.pick(['', '', ' ', '\t', '/'])}`
      : random.pick([
          ...[
            '10.0.0.0/8',
            '10.0.0.0/33',
            '10.0.0.0/08',
            '10.1.2.3/31',
            'fd00::/8',
            '0.0.0.0/0',
            '::/0',
            '::ffff:10.0.0.0/104',
            '::ffff:10.0.0.0/90',
          ],
          ...[
            '1',
            '0.0.1',
            '010.0.0.1',
            '[fd12::1]:443',
            '[fd12::1]',
            'fd12::1',
            'fd12:0::1',
            '[a.test]:443',
            'A.TEST',
            '/8',
            ':',
            'a.test:',
            '*:80',
          ],
          ...[
            'test',
            '.',
            '*.',
            'bücher.test',
            'BÜCHER.test',
            '*.bücher.test',
            '<local>',
            'a.test;b.test',
            'a.test b.a.test',
            '*',
            '',
            'fe80::1%eth0',
            '10.0.0.0/8:443',
          ],
        ]);
  const no = some(random, 3, exception).join(random.pick([',', ',', ', ']));
  const pick = (...names: string[]): string => random.pick(names);
  const env: Record<string, string> = {
    [pick('HTTP_PROXY', 'http_proxy', 'Http_Proxy')]: proxy,
    [pick('HTTPS_PROXY', 'https_proxy')]: proxy,
    [pick('NO_PROXY', 'no_proxy')]: no,
    ...(random.next() < 0.3
      ? { [pick('HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy')]: random.pick(['', 'http://other:1']) }
      : {}),
    ...(random.next() < 0.2 ? { [pick('NO_PROXY', 'no_proxy')]: random.pick(['', 'a.test']) } : {}),
    ...(random.next() < 0.1 ? { REQUEST_METHOD: random.pick(['GET', '']) } : {}),
  };
  return {
    question: {
      Kind: 'proxy',
      Value: '',
      Path: url,
      List: Object.entries(env).map(([key, value]) => `${key}=${value}`),
    },
    ours: () => {
      try {
        const found = proxyFor(env, new URL(url));
        if (!found) return listText([]);
        const login = found.login ? basic(found.login) : '';
        return listText([found.scheme, found.host, String(found.port), login]);
      } catch {
        return 'refused';
      }
    },
  };
}

/** Go leaves a port that is not written, and this machine where no host is, to the dialer. */
function proxyText(list: readonly string[] | null): string {
  if (!list || list.length === 0) return listText([]);
  const [scheme, host, port, login] = list as [string, string, string, string];
  const usual: Record<string, string> = { http: '80', https: '443', socks5: '1080', socks5h: '1080' };
  return listText([scheme, host || 'localhost', String(Number(port || (usual[scheme] ?? '0'))), login]);
}

function quotedRule(random: Random): Rule {
  const command = some(random, 6, () =>
    random.pick(['cmd', '"a b"', "'", '"', ' ', '\t', "'x\"y'", 'a"b"', '-f', '\u00a0', '""', 'ü', '\\"']),
  ).join(random.pick([' ', '', '  ']));
  return {
    question: { ...nothing, Kind: 'quoted', Value: command },
    ours: () => {
      const words = splitQuoted(command);
      return words ? listText(words) : 'refused';
    },
  };
}

const prefixes = (random: Random, below: readonly string[]): string[] =>
  some(random, 3, () =>
    random.next() < 0.85
      ? `https://${random.pick(hosts)}${random.pick(below)}`
      : random.pick([
          'a.test',
          '/a.test',
          '//a.test/x',
          'https:a.test',
          'https://a.test/%zz',
          'https://a test/',
          '*',
          'https://a.test/#f',
          'http://a.test',
          'https://a.test/a b',
          ':x',
          'https://https://a.test',
        ]),
  );

function headerLines(random: Random): string[] {
  return some(random, 2, () =>
    random.pick([
      ...[
        'Authorization: Bearer t1',
        'authorization: Basic dTpw',
        'Authorization: Bearer t2',
        'Private-Token: t3',
        'X-Empty: ',
        'X-Two:  a  b ',
      ],
      ...[
        'X-Colon: a: b',
        'Nocolon',
        'No:blank',
        ' X-Lead: a',
        'X Bad: a',
        'X-Tab: a\tb',
        'X-Ü: a',
        'X-Val: ü',
        'X-Ctl: a\u0001b',
        ': a',
      ],
    ]),
  );
}

/** What a command prints; `broken`: also what go refuses. */
function printed(random: Random, broken: boolean): string {
  // Of two prefixes that come to the same, chance decides for go.
  const below = folders.filter(folder => broken || (!folder.endsWith('/') && folder !== '/x/?q'));
  const blocks = some(random, 3, () => {
    const usual = [
      `https://${random.pick(hosts)}${random.pick(below)}`,
      ...prefixes(random, below).filter(line => broken || line.startsWith('https://')),
    ];
    const lines = broken
      ? headerLines(random)
      : random.pick([['Authorization: Bearer t1'], ['Authorization: Bearer t2', 'Private-Token: t3'], []]);
    return `${usual.join('\n')}\n\n${lines.join('\n')}${lines.length > 0 ? '\n' : ''}\n`;
  });
  const end = broken ? random.pick(['', '', '', '', '\n', '\n\n', 'https://a.test', 'x']) : '';
  const text = blocks.join('') + end;
  return broken && random.next() < 0.1 ? text.replaceAll('\n', '\r\n') : text;
}

function commandRule(random: Random): Rule {
  const output = printed(random, true);
  return {
    question: { ...nothing, Kind: 'command', Value: output },
    ours: () => {
      const found = parseCredentials(output);
      return found
        ? listText(found.map(([prefix, headers]) => `${prefix} ${headersText(headers)}`).sort(byBytes))
        : 'refused';
    },
  };
}

function gitRule(random: Random): Rule {
  const output = some(random, 6, () =>
    random.pick([
      ...[
        'protocol=https',
        'host=a.test',
        'host=a.test:8443',
        'host=a b',
        'path=go/x',
        'path=/go',
        'path=a b%41',
        'username=u',
        'password=p=w',
        'password=',
      ],
      ...[
        'url=https://me@a.test/x',
        'url=a.test',
        'url=https:x',
        ' username = v ',
        'quit=1',
        'noequals',
        '',
        'PASSWORD=x',
        'path=',
        'url=https://a.test?q#f',
      ],
    ]),
  ).join('\n');
  return {
    question: { ...nothing, Kind: 'git', Data: Buffer.from(output).toString('base64') },
    ours: () => {
      const { prefix, user, password } = parseGitCredential(output);
      return listText([prefix, user, password]);
    },
  };
}

/** A chain of GOAUTH over some requests of one run. */
async function chainRule(random: Random, folder: string, index: number): Promise<Rule> {
  const file = netrc(random);
  const entries = some(
    random,
    3,
    () => `machine ${random.pick(hosts)}${random.pick(folders)} login u${random.pick(['1', '2'])} password p\n`,
  );
  const data = random.next() < 0.7 ? Buffer.from(entries.join('')) : file;
  let scripts = 0;
  const command = async (): Promise<string> => {
    const chosen = random.next();
    if (chosen < 0.35) return random.pick(['netrc', 'netrc', ' netrc ', 'netrc x']);
    if (chosen < 0.42)
      return random.pick(['off', '', ' ', 'git', 'git rel', 'git /nowhere', `git ${folder}/none`, 'git a b']);
    if (chosen < 0.5)
      return random.pick(['false', '/nonexistent/helper', '"unended', `cat ${folder}/none`, 'true', '""']);
    const path = join(folder, `${index}-${++scripts} x.sh`);
    const later = random.pick([
      printed(random, false),
      `${printed(random, false)}https://${random.pick(hosts)}\n\nX-Stdin: $(sort | cksum | cut -d' ' -f1)\nX-Url: $1\n\n`,
      'broken',
    ]);
    const end = random.pick(['', '', '', 'exit 3\n']);
    const shown = (text: string): string => (text === '' ? ':\n' : `printf %s "${text}"\n`);
    await writeFile(
      path,
      `if [ $# -eq 0 ]; then\n${shown(printed(random, false))}else\n${shown(later.replace(/broken$/, 'broken\n'))}fi\n${end}`,
    );
    return random.pick([`sh '${path}'`, `"sh"\t"${path}"`]);
  };
  const goauth: string[] = [];
  for (let left = 1 + Math.floor(random.next() * 3); left > 0; left -= 1) goauth.push(await command());
  const asked = Array.from({ length: 1 + Math.floor(random.next() * 3) }, () => ({
    url: `https://${random.pick(hosts)}${random.pick(folders)}`,
    status: random.pick([0, 401, 401, 403, 404]),
  }));
  // An empty one is none.
  const value = goauth.join(random.pick([';', ' ; '])) || 'netrc';
  return {
    question: {
      Kind: 'logins',
      Value: value,
      Path: '',
      Data: data.toString('base64'),
      List: asked.map(({ url }) => url),
      Statuses: asked.map(({ status }) => status),
    },
    async ours() {
      const NETRC = join(folder, `${index}.netrc`);
      await writeFile(NETRC, data);
      const { signal } = new AbortController();
      const context = { env: { PATH: process.env.PATH, NETRC }, cwd: folder, platform: process.platform, signal };
      const logins = openLogins(context, { goauth: value, minor: null }, signal);
      const added: string[] = [];
      try {
        for (const { url, status } of asked) {
          const had = await logins.before(url, signal);
          added.push(headersText(had));
          if (status === 0) continue;
          const headers = { 'www-authenticate': 'Basic realm=lab', 'x-twice': 'a, b' };
          const refused = { status, statusText: '', headers, protocol: 'HTTP/1.1' as const };
          added.push(headersText((await logins.after(url, refused, had, { signal })) ?? had));
        }
      } catch {
        added.push('fatal');
      }
      return listText(added);
    },
  };
}

function headersText(headers: LoginHeaders): string {
  const lines = Object.entries(headers).map(([name, value]) => {
    const joined = Buffer.from([value].flat().join('|'), 'latin1').toString('utf8');
    return `${name}=${quote(joined)};`;
  });
  return lines.sort(byBytes).join('');
}

/** Of bytes that are no UTF-8 JSON shows marks, and how many is a matter of taste. */
const oneMark = (text: string): string => text.replace(/\ufffd+/g, '\ufffd');
const byBytes = (one: string, other: string): number => Buffer.compare(Buffer.from(one), Buffer.from(other));
const listText = (list: readonly string[]): string => JSON.stringify(list);

/** The kinds of rules, and how many of 100 generated cases are of each. */
export const ruleKinds = { netrc: 25, proxy: 40, logins: 10, command: 15, git: 5, quoted: 5 } as const;
export type RuleKind = keyof typeof ruleKinds;

/** What go and we make of generated cases of a kind: each on which they differ, in words. Throws for what go-mirror itself throws. */
export async function differences(kind: RuleKind, { seed, count }: { seed: number; count: number }): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'go-mirror-rules-'));
  try {
    const makers = { netrc: netrcRule, proxy: proxyRule, command: commandRule, git: gitRule, quoted: quotedRule };
    const rules: Rule[] = [];
    for (let index = 0; index < count; index += 1) {
      const random = seeded(seed * 1_000_003 + index);
      rules.push(kind === 'logins' ? await chainRule(random, folder, index) : makers[kind](random));
    }
    const answers = await askJudge(rules.map(({ question }) => question));
    const found: string[] = [];
    for (const [index, { question, ours }] of rules.entries()) {
      const { error, list } = answers[index]!;
      const theirs = error ? 'refused' : kind === 'proxy' ? proxyText(list) : listText(list ?? []);
      const own = await ours();
      const data = question.Data ? Buffer.from(question.Data, 'base64').toString('latin1') : '';
      if (oneMark(own) !== oneMark(theirs))
        found.push(`${JSON.stringify({ ...question, Data: data })}\n  go: ${theirs}\n  we: ${own}`);
    }
    return found;
  } finally {
    await rm(folder, { recursive: true });
  }
}

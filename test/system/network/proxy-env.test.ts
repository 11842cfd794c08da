import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ProxyChoice, proxyFor } from '../../../src/system/network/proxy-env.ts';
import { askGo } from '../../modproxy/proofs.ts';

const proxied = (env: Record<string, string>, url: string): string | null => shown(proxyFor(env, new URL(url)));
const shown = (proxy: ProxyChoice | null): string | null => proxy && `${proxy.host}:${proxy.port}`;

// The cases of golang.org/x/net/http/httpproxy, by its rules.
describe('the proxy of a URL', () => {
  test.each([
    [{ HTTP_PROXY: 'proxy.test:8080' }, 'http://a.test/', 'proxy.test:8080'],
    [{ http_proxy: 'http://lower.test:1' }, 'http://a.test/', 'lower.test:1'],
    [{ HTTP_PROXY: 'http://upper.test:1', http_proxy: 'http://lower.test:1' }, 'http://a.test/', 'upper.test:1'],
    [{ HTTP_PROXY: 'http://p.test:1' }, 'https://a.test/', null],
    [{ HTTPS_PROXY: 'http://p.test:1' }, 'https://a.test/', 'p.test:1'],
    [{ HTTPS_PROXY: 'socks5://p.test:1080' }, 'https://a.test/', 'p.test:1080'],
    [{ ALL_PROXY: 'http://p.test:1' }, 'https://a.test/', null],
    [{ HTTPS_PROXY: 'http://p.test:1' }, 'https://localhost/', null],
    [{ HTTPS_PROXY: 'http://p.test:1' }, 'https://127.5.6.7:8443/', null],
    [{ HTTPS_PROXY: 'http://p.test:1' }, 'https://[::1]/', null],
    [{ HTTPS_PROXY: 'http://p.test:1' }, 'https://sub.localhost/', 'p.test:1'],
    [{ HTTPS_PROXY: 'http://p.test:1' }, 'https://192.168.0.9/', 'p.test:1'],
  ])('%j, %s: %s', (env, url, expected) => expect(proxied(env, url)).toBe(expected));

  test.each([
    ['*', 'https://a.test/', true],
    ['a.test', 'https://a.test/', true],
    ['a.test', 'https://b.a.test/', true],
    ['a.test', 'https://ba.test/', false],
    ['.a.test', 'https://a.test/', false],
    ['.a.test', 'https://b.a.test/', true],
    ['*.a.test', 'https://b.a.test/', true],
    ['*.a.test', 'https://a.test/', false],
    ['A.TEST', 'https://a.test/', true],
    [' x.test , a.test ', 'https://a.test/', true],
    ['a.test:443', 'https://a.test/', true],
    ['a.test:8443', 'https://a.test/', false],
    ['a.test:8443', 'https://a.test:8443/', true],
    ['10.0.0.0/8', 'https://10.20.30.40/', true],
    ['10.0.0.0/8', 'https://11.20.30.40/', false],
    ['10.1.2.3', 'https://10.1.2.3/', true],
    ['10.1.2.3:80', 'https://10.1.2.3/', false],
    ['fd00::/8', 'https://[fd12::1]/', true],
    ['[fd12::1]:443', 'https://[fd12::1]/', true],
    ['1', 'https://10.0.0.1/', false],
    ['0.0.1', 'https://10.0.0.1/', false],
    ['', 'https://a.test/', false],
  ])('NO_PROXY=%s keeps %s away: %s', (NO_PROXY, url, kept) => {
    expect(proxied({ HTTPS_PROXY: 'http://p.test:1', NO_PROXY }, url)).toBe(kept ? null : 'p.test:1');
  });
});

describe('the proxy of a URL is the one that net/http chooses', () => {
  const word = fc.constantFrom(
    'a.test',
    'b.a.test',
    'ba.test',
    '10.0.0.1',
    '10.1.2.3',
    '[fd12::1]',
    '[::1]',
    '127.0.0.1',
    'localhost',
    '192.168.1.1',
    '',
  );
  const port = fc.constantFrom('', ':443', ':80', ':8080', ':99999', ':x', ':');
  const url = fc
    .tuple(
      fc.constantFrom('http', 'https'),
      word.filter(each => each !== ''),
      fc.constantFrom('', ':443', ':80', ':8080'),
    )
    .map(([scheme, host, at]) => `${scheme}://${host}${at}/x`);
  const proxy = fc
    .tuple(
      fc.constantFrom(
        'http://',
        'https://',
        'socks5://',
        'socks5h://',
        'HTTP://',
        'ftp://',
        '',
        '//',
        'http:/',
        ' http://',
      ),
      fc.constantFrom('', 'user@', 'user:pw@', 'us%65r:p%2Fw@', 'u%zz@', 'a:b:c@', ':pw@', '@', 'u ser@', 'u@v@'),
      word,
      port,
      fc.constantFrom('', '/', '/path', '?q', '#f', ' '),
    )
    .map(parts => parts.join(''));
  const exception = fc.oneof(
    fc.tuple(fc.constantFrom('', '.', '*.', '*', ' '), word, port).map(parts => parts.join('')),
    fc.constantFrom(
      '10.0.0.0/8',
      '10.0.0.0/33',
      'fd00::/8',
      '0.0.0.0/0',
      '1',
      '0.0.1',
      '[fd12::1]:443',
      '[a.test]:443',
      'A.TEST',
      '/8',
      ':',
      'a.test:',
      '*:80',
    ),
  );
  const cases = fc.record({
    url,
    proxy,
    no: fc.array(exception, { maxLength: 3 }).map(list => list.join(',')),
    names: fc.constantFrom(['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'], ['http_proxy', 'https_proxy', 'no_proxy']),
  });

  test('for 600 generated values, and none of them throws', async () => {
    const sample = fc.sample(cases, { seed: 1, numRuns: 600 });
    const environments = sample.map(({ proxy: value, no, names: [plain, secure, none] }) => ({
      [plain!]: value,
      [secure!]: value,
      [none!]: no,
    }));
    const answers = await askGo(
      sample.map(({ url: URL }, index) => ({
        Kind: 'proxy',
        URL,
        Env: Object.entries(environments[index]!).map(([name, value]) => `${name}=${value}`),
      })),
    );
    let proxies = 0;
    for (const [index, { error, text }] of answers.entries()) {
      expect(error).toBe('');
      const mine = proxyFor(environments[index]!, new URL(sample[index]!.url));
      const said = text && (JSON.parse(text) as string[]);
      const [scheme, host, at, user, password] = said || [];
      const expected = said ? [scheme, host || 'localhost', at || String(ports[scheme!] ?? 0), user, password] : null;
      const login = mine?.login ?? { user: '', password: '' };
      expect(
        mine && [mine.scheme, mine.host, String(mine.port), `${login.user}`, `${login.password}`],
        JSON.stringify([sample[index], text]),
      ).toEqual(expected);
      if (mine) proxies += 1;
    }
    expect(proxies).toBeGreaterThan(150);
    expect(proxies).toBeLessThan(500);
  });

  test('no value at all throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (HTTPS_PROXY, NO_PROXY) => {
        proxyFor({ HTTPS_PROXY, NO_PROXY }, new URL('https://[fd12::1]/'));
        proxyFor({ HTTPS_PROXY, NO_PROXY }, new URL('https://a.test/'));
      }),
      { seed: 2, numRuns: 2000 },
    );
  });
});

const ports: Readonly<Record<string, number>> = { http: 80, https: 443, socks5: 1080, socks5h: 1080 };

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ProxyChoice, proxyFor } from '../../../src/system/network/proxy-env.ts';

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
    [{ HTTPS_PROXY: 'http://p.test:1' }, 'https://[::ffff:127.0.0.1]/', null],
    // 0.0.255.127 in another form, and no loopback address.
    [{ HTTPS_PROXY: 'http://p.test:1' }, 'https://[::ffff:7f]/', 'p.test:1'],
    [{ HTTPS_PROXY: 'http://bücher.test:1' }, 'https://a.test/', 'xn--bcher-kva.test:1'],
    [{ HTTPS_PROXY: 'http://b%C3%BCcher.test:1' }, 'https://a.test/', 'xn--bcher-kva.test:1'],
    [{ HTTPS_PROXY: 'http://[fe80::1%25eth0]:1' }, 'https://a.test/', 'fe80::1%eth0:1'],
  ])('%j, %s: %s', (env, url, expected) => expect(proxied(env, url)).toBe(expected));

  test('where a visitor of a web server may have set HTTP_PROXY it is refused, but for https', () => {
    const env = { HTTP_PROXY: 'http://p.test:1', HTTPS_PROXY: 'http://p.test:1', REQUEST_METHOD: 'GET', NO_PROXY: '*' };
    expect(() => proxied(env, 'http://localhost/')).toThrow('refusing to use HTTP_PROXY');
    expect(proxied(env, 'https://a.test/')).toBeNull();
  });

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
    ['10.0.0.0/8', 'https://[::ffff:10.0.0.1]/', true],
    ['::ffff:10.0.0.0/104', 'https://10.0.0.1/', true],
    ['::/0', 'https://10.0.0.1/', false],
    ['bücher.test', 'https://xn--bcher-kva.test/', true],
    ['.BÜCHER.test', 'https://a.bücher.test/', true],
  ])('NO_PROXY=%s keeps %s away: %s', (NO_PROXY, url, kept) => {
    expect(proxied({ HTTPS_PROXY: 'http://p.test:1', NO_PROXY }, url)).toBe(kept ? null : 'p.test:1');
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

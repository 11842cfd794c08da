import { describe, expect, test } from 'vitest';
import { proxyFor } from '../../../src/system/network/proxy-env.ts';

const proxied = (env: Record<string, string>, url: string): string | null =>
  proxyFor(env, new URL(url))?.url.host ?? null;

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

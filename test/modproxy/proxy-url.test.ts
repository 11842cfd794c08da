import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseGoproxy } from '../../src/go/goproxy.ts';
import { versionFile } from '../../src/modproxy/proxy-file.ts';
import { urlBelow } from '../../src/modproxy/proxy-url.ts';
import { NetworkFailure } from '../../src/system/network/failure.ts';
import { onCleanup } from '../lab/cleanup.ts';
import { type Sandbox, sandbox } from '../lab/sandbox.ts';

const module = 'example.test/Mixed-Case/x~1y';
const version = 'v1.0.0-RC1+incompatible';

describe('the URL of a file is the one that go asks for', () => {
  let box: Sandbox;
  let port: number;
  const asked: string[] = [];

  beforeAll(async () => {
    box = await sandbox({ env: { GOSUMDB: 'off', GOFLAGS: '-mod=mod' } });
    const server = createServer((request, response) => {
      asked.push(request.url!);
      response.writeHead(410).end();
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onCleanup(() => void server.close());
    port = (server.address() as AddressInfo).port;
  });

  it.each([
    '',
    '/',
    '//',
    '/goproxy',
    '/goproxy/',
    '//a//b//',
    '/a/./b/../c',
    '/a%2Fb',
    '/a%20b/ü',
    '/a b',
    "/a!b'(c)*$&+;=:@",
    '/%41',
    '?token=x&y=%20z',
    '/x?token=x/y',
    '/x/#fragment',
    '/x?',
  ])('below %j', async path => {
    asked.length = 0;
    const base = `http://127.0.0.1:${port}${path}`;
    await box.go(['mod', 'download', `${module}@${version}`], { env: { GOPROXY: base } });
    const { pathname, search } = urlBelow(base, versionFile(module, version, 'info').path);
    expect(asked.map(url => url.replace(/\?$/, ''))).toContain(pathname + search);
  });
});

describe('what go takes and can’t ask is a failure with a cause', () => {
  it.each([
    ['https://host:99999', 'goproxy-malformed', 'host:99999'],
    ['https://[::1]:70000', 'goproxy-malformed', '[::1]:70000'],
    ['https://999.999.999.999', 'dns-failure', '999.999.999.999'],
    ['https://1.2', 'dns-failure', '1.2'],
    ['https://0x7f.1', 'dns-failure', '0x7f.1'],
    ['http://[::1%25lo]:1', 'network-unreachable', '[::1%25lo]:1'],
    ['https://', 'goproxy-malformed', 'https:'],
    ['https:///x', 'goproxy-malformed', 'https:///x'],
    ['https://:443/x', 'goproxy-malformed', 'https://:443/x'],
    ['https://a<b>.test', 'dns-failure', 'a<b>.test'],
    ['https://user:p%40w@:1', 'goproxy-malformed', 'https://user:xxxxx@:1'],
  ])('%s', (base, cause, target) => {
    expect(parseGoproxy(base).ok).toBe(true);
    expect(() => urlBelow(base, 'rsc.io/quote/@v/list')).toThrow(NetworkFailure);
    try {
      urlBelow(base, 'rsc.io/quote/@v/list');
    } catch (error) {
      expect(error).toMatchObject({ cause, target });
    }
  });

  it.each([
    ['https://user:p%2Fw@host.test', 'https://user:p%2Fw@host.test/x/@v/list'],
    ['https://%ff:%ff@host.test', 'https://%ff:%ff@host.test/x/@v/list'],
    ['https://HOST.test:0443', 'https://host.test/x/@v/list'],
    ['https://host.test:', 'https://host.test/x/@v/list'],
    ['https://127.0.0.1', 'https://127.0.0.1/x/@v/list'],
    ['https://[fd00::1]', 'https://[fd00::1]/x/@v/list'],
    ['file:///srv/go', 'file:///srv/go/x/@v/list'],
  ])('%s is asked', (base, url) => {
    expect(urlBelow(base, 'x/@v/list').href).toBe(url);
  });
});

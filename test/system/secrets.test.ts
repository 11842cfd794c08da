import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskDeep, maskSecrets, maskValue, rememberSecrets, withPlaceholders } from '../../src/system/secrets.ts';

describe('maskSecrets', () => {
  it.each([
    ['https://user:hunter2@host/path', 'https://user:xxxxx@host/path'],
    ['https://user:p@ss@host', 'https://user:xxxxx@host'],
    ["https://user:it's#1@host/x", 'https://user:xxxxx@host/x'],
    ['Get "https://user:it/is?1#x@host:1/a/@v/list": EOF', 'Get "https://user:xxxxx@host:1/a/@v/list": EOF'],
    ['Get "https://me@corp.example.com:a/b@host/x": EOF', 'Get "https://xxxxx@corp.example.com:xxxxx@host/x": EOF'],
    ['ssh://git@github.com:team/lib@v1', 'ssh://git@github.com:team/lib@v1'],
    ['https://ghp_0123456789@host', 'https://xxxxx@host'],
    ['https://:secret@host', 'https://xxxxx@host'],
    ['a,https://u:p@h|http://v:q@i:80/x,direct', 'a,https://u:xxxxx@h|http://v:xxxxx@i:80/x,direct'],
    ['https://host/x?access_token=abc&y=1', 'https://host/x?access_token=xxxxx&y=1'],
    ['https://blob.example/x?sv=1&sig=ab%3D&pwd=c', 'https://blob.example/x?sv=1&sig=xxxxx&pwd=xxxxx'],
    ['https://host/x?signed=1&pass_through=yes', 'https://host/x?signed=1&pass_through=yes'],
    ['Authorization: Basic dXNlcjpwYXNzd29yZA==', 'Authorization: Basic xxxxx'],
    // Nothing to hide.
    ['http://127.0.0.1:8080/rsc.io/quote@v1.5.2', 'http://127.0.0.1:8080/rsc.io/quote@v1.5.2'],
    ['http://[::1]:8080/rsc.io/quote@v1.5.2', 'http://[::1]:8080/rsc.io/quote@v1.5.2'],
    ['https://goproxy.cn,direct', 'https://goproxy.cn,direct'],
    ['rsc.io/quote@v1.5.2', 'rsc.io/quote@v1.5.2'],
    ['https://goproxy.cn/rsc.io/quote/@v/v1.5.2.info', 'https://goproxy.cn/rsc.io/quote/@v/v1.5.2.info'],
    [
      'git config --global url."ssh://git@github.com/".insteadOf "https://github.com/"',
      'git config --global url."ssh://git@github.com/".insteadOf "https://github.com/"',
    ],
    ['https://user:PASSWORD@host', 'https://user:PASSWORD@host'],
  ])('%s', (text, masked) => expect(maskSecrets(text)).toBe(masked));

  it('reaches into values', () => {
    expect(maskDeep({ a: ['https://u:p@h'], n: 1, z: null })).toEqual({ a: ['https://u:xxxxx@h'], n: 1, z: null });
  });
});

describe('maskValue', () => {
  it.each([
    ['user:hunter2@athens.corp.example.com,direct', 'user:xxxxx@athens.corp.example.com,direct'],
    ['https://user:a/b@host,https://goproxy.cn,direct', 'https://user:xxxxx@host,https://goproxy.cn,direct'],
    ['https://user:a b@host', 'https://user:xxxxx@host'],
    ['https://user:a,b|c@host/x,direct', 'https://user:xxxxx@host/x,direct'],
    ['https://user:a?b#c@host', 'https://user:xxxxx@host'],
    ['https://goproxy.cn,https://u:p@h', 'https://goproxy.cn,https://u:xxxxx@h'],
    ['sum.golang.org https://u:p@h/sumdb', 'sum.golang.org https://u:xxxxx@h/sumdb'],
    ['sum.golang.org u:a b/c@h/sumdb', 'sum.golang.org u:xxxxx@h/sumdb'],
    ['db.corp+033de0ae+AbC= u:p@h', 'db.corp+033de0ae+AbC= u:xxxxx@h'],
    ['me@corp.example.com:a/b@host,direct', 'me@corp.example.com:xxxxx@host,direct'],
    ['CORP/me:a/b c@host', 'CORP/me:xxxxx@host'],
    ['CORP\\me:a/b@host', 'CORP\\me:xxxxx@host'],
    ['user:/a:b@host', 'user:xxxxx@host'],
    ['https://me@corp.example.com:a/b@host/x', 'https://me@corp.example.com:xxxxx@host/x'],
    ['https://user:a@b/c@host', 'https://user:xxxxx@host'],
    ['https://user:a@b:c/d@host:80|direct', 'https://user:xxxxx@host:80|direct'],
    ['https://user:a@:/d@host,direct', 'https://user:xxxxx@host,direct'],
    ['https://token@host:x', 'https://xxxxx@host:x'],
    ['https://u:p@h.example/team@corp/go,direct', 'https://u:xxxxx@h.example/team@corp/go,direct'],
    ['https://u:p@[::1]:80/team@corp', 'https://u:xxxxx@[::1]:80/team@corp'],
    ['https://u:p@athens:3000/team@corp,direct', 'https://u:xxxxx@athens:3000/team@corp,direct'],
    ['https://u:p@athens/rsc.io/quote/@v/list', 'https://u:xxxxx@athens/rsc.io/quote/@v/list'],
    // Nothing to hide.
    ['https://goproxy.cn|https://goproxy.io,direct', 'https://goproxy.cn|https://goproxy.io,direct'],
    ['https://goproxy.cn/rsc.io/quote/@v/list', 'https://goproxy.cn/rsc.io/quote/@v/list'],
    ['git.corp.example.com,*.example.org', 'git.corp.example.com,*.example.org'],
    ['https://user:hush7', 'https://user:xxxxx'],
    ['https://host:99999,http://[::1]:80|https://h:,direct', 'https://host:99999,http://[::1]:80|https://h:,direct'],
    ['file:///srv/go@1', 'file:///srv/go@1'],
    ['golang.org@v1.2.3', 'golang.org@v1.2.3'],
    ['git@github.com:team/lib', 'git@github.com:team/lib'],
    ['john.doe@example.com', 'john.doe@example.com'],
    ['ssh://j.smith@build.corp.example.com', 'ssh://j.smith@build.corp.example.com'],
    ['', ''],
  ])('%s', (value, masked) => expect(maskValue(value)).toBe(masked));

  it('hides every password of every character, and wherever it turns up afterwards', () => {
    const char = fc.oneof(
      fc.constantFrom(...'\'"#@/ %?,|:;&=+$\\`<>{}[]()*!~^'),
      fc.constantFrom(...'@/:x'),
      fc.string({ minLength: 1, maxLength: 2, unit: 'binary' }),
    );
    const password = fc.array(char, { minLength: 1, maxLength: 12 }).map(chars => `s3${chars.join('')}cr3t`);
    const around = fc.constantFrom(
      (info: string) => `https://${info}@athens.corp.example.com`,
      (info: string) => `https://${info}@athens.corp.example.com/go,direct`,
      (info: string) => `https://goproxy.cn,https://${info}@athens.corp.example.com:8443|direct`,
      (info: string) => `${info}@athens.corp.example.com,direct`,
      (info: string) => `sum.golang.org https://${info}@athens.corp.example.com/sumdb`,
    );
    fc.assert(
      fc.property(password, around, (secret, value) => {
        const text = value(`user:${secret}`);
        const masked = maskValue(text);
        expect(masked).not.toContain('cr3t');
        expect(masked).toContain('athens.corp.example.com');
        rememberSecrets(text);
        expect(maskSecrets(`go: parse "${secret}": it is ${JSON.stringify(secret)}`)).not.toContain(secret);
      }),
      { seed: 13, numRuns: 1000 },
    );
  });

  it.each([
    '/usr/bin:/home/j.smith/bin:/opt/rsc.io/go@1.22/bin',
    '/opt/node_modules/.pnpm/a@1/bin:/home/j.smith/rsc.io:/opt/b@2/bin',
    '.:/home/j.smith/rsc.io/go@1.22/bin',
    ':/home/j.smith/rsc.io/man@1',
    '..:/home/j.smith/rsc.io/go@1',
    'bin/x:/home/j.smith/rsc.io@1/bin',
    'C:\\home\\j.smith\\rsc.io@1;D:\\bin',
    'C:/home/j.smith/rsc.io@1;D:/bin',
    'export A=b:/home/j.smith/c; go get rsc.io/quote@v1.5.2',
    '-X main.built=12:00 -X main.by=/home/j.smith/rsc.io@v1',
    'ssh://j.smith@build.corp.example.com',
    'ssh -l j.smith:rsc.io git@host',
  ])('takes nothing for a password that is none, wherever it turns up afterwards: %s', value => {
    rememberSecrets(value);
    const text = '/home/j.smith/app needs rsc.io/quote; go is /opt/rsc.io/go@1.22/bin/go';
    expect(maskValue(value)).toBe(value);
    expect(maskSecrets(text)).toBe(text);
  });

  it.each([
    'a'.repeat(100_000),
    'a.'.repeat(50_000),
    `https://u:p@${'a.'.repeat(50_000)}:x`,
    `https://u@${'a@'.repeat(50_000)}:x/y@h`,
    `${'a/'.repeat(50_000)}:x@y/z@b`,
    `${'a.b '.repeat(25_000)}u:p@h`,
  ])('takes a long value in one go: %#', value => {
    const started = performance.now();
    maskValue(value);
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it.each([
    ['qx/kz', 'qx'],
    ['qx?kz', 'qx'],
    ['qx#kz', 'qx'],
    ['qx,kz', 'qx'],
    ['qx|kz', 'qx'],
    ['qx kz', 'qx'],
    ["qx'/kz", "qx'"],
    ['qx"#kz', 'qx"'],
    ["q'x#'kz", "q'x"],
  ])('hides a short password too of which go names a part: %s', (password, part) => {
    const value = `https://jo:${password}@127.0.0.1:1/x,direct`;
    rememberSecrets(value);
    const cut = `https://jo:${part}`;
    const port = JSON.stringify(`:${part}`);
    const said = [`parse "${cut}": invalid port ${port} after host`, `✗ go cannot ask ${cut}`, `${cut} * - -`, value];
    for (const text of said) expect(maskSecrets(maskValue(text))).not.toMatch(/q'?x|kz/);
  });

  it('of what go says of a URL that it cannot take apart, hides the part it names', () => {
    rememberSecrets('https://user:hush7/word@host');
    expect(maskSecrets('invalid port ":hush7" after host')).toBe('invalid port ":xxxxx" after host');
    rememberSecrets('https://user:test@host,https://user:proxy/x@host');
    expect(maskSecrets('go-mirror test https://goproxy.cn')).toBe('go-mirror test https://goproxy.cn');
    expect(maskSecrets('invalid port ":proxy" after host')).toBe('invalid port ":xxxxx" after host');
    rememberSecrets('https://user:ab/cd@host');
    expect(maskSecrets('invalid port ":ab" after host, about it')).toBe('invalid port ":xxxxx" after host, about it');
  });
});

it('a command that is proposed has a placeholder, which no mask changes', () => {
  const command = withPlaceholders("go env -w 'GOPROXY=https://user:tr0ub4dor@athens.corp.example.com,direct'");
  expect(command).toBe("go env -w 'GOPROXY=https://user:PASSWORD@athens.corp.example.com,direct'");
  expect(maskSecrets(command)).toBe(command);
});

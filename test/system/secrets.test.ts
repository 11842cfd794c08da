import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskDeep, maskSecrets, maskValue, rememberSecrets, withPlaceholders } from '../../src/system/secrets.ts';

describe('maskSecrets', () => {
  it.each([
    ['https://user:hunter2@host/path', 'https://user:xxxxx@host/path'],
    ['https://user:p@ss@host', 'https://user:xxxxx@host'],
    ["https://user:it's#1@host/x", 'https://user:xxxxx@host/x'],
    ['Get "https://user:it/is?1#x@host:1/a/@v/list": EOF', 'Get "https://user:xxxxx@host:1/a/@v/list": EOF'],
    ['https://ghp_0123456789@host', 'https://xxxxx@host'],
    ['https://:secret@host', 'https://xxxxx@host'],
    ['a,https://u:p@h|http://v:q@i:80/x,direct', 'a,https://u:xxxxx@h|http://v:xxxxx@i:80/x,direct'],
    ['https://host/x?access_token=abc&y=1', 'https://host/x?access_token=xxxxx&y=1'],
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
    ['', ''],
  ])('%s', (value, masked) => expect(maskValue(value)).toBe(masked));

  it('hides every password of every character, and wherever it turns up afterwards', () => {
    const char = fc.oneof(
      fc.constantFrom(...'\'"#@/ %?,|:;&=+$\\`<>{}[]()*!~^'),
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

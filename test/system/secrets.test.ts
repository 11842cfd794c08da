import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskDeep, maskSecrets } from '../../src/system/secrets.ts';

describe('maskSecrets', () => {
  it.each([
    ['https://user:hunter2@host/path', 'https://user:xxxxx@host/path'],
    ['https://user:p@ss@host', 'https://user:xxxxx@host'],
    ['https://ghp_0123456789@host', 'https://xxxxx@host'],
    ['https://:secret@host', 'https://xxxxx@host'],
    ['a,https://u:p@h|http://v:q@i:80/x,direct', 'a,https://u:xxxxx@h|http://v:xxxxx@i:80/x,direct'],
    ['https://host/x?access_token=abc&y=1', 'https://host/x?access_token=xxxxx&y=1'],
    ['Authorization: Basic dXNlcjpwYXNzd29yZA==', 'Authorization: Basic xxxxx'],
    ['https://goproxy.cn,direct', 'https://goproxy.cn,direct'],
    ['rsc.io/quote@v1.5.2', 'rsc.io/quote@v1.5.2'],
    ['https://goproxy.cn/rsc.io/quote/@v/v1.5.2.info', 'https://goproxy.cn/rsc.io/quote/@v/v1.5.2.info'],
  ])('%s', (text, masked) => expect(maskSecrets(text)).toBe(masked));

  it('hides every password, whatever stands around it', () => {
    const secret = fc.stringMatching(/^[A-Za-z0-9._~!$&*+;=%-]{6,20}$/);
    fc.assert(
      fc.property(secret, fc.string(), fc.string(), (password, before, after) => {
        fc.pre(
          !before.includes(password) && !after.includes(password) && !'https://user:@host.example/'.includes(password),
        );
        expect(maskSecrets(`${before} https://user:${password}@host.example/ ${after}`)).not.toContain(`:${password}@`);
      }),
    );
  });

  it('reaches into values', () => {
    expect(maskDeep({ a: ['https://u:p@h'], n: 1, z: null })).toEqual({ a: ['https://u:xxxxx@h'], n: 1, z: null });
  });
});

import { describe, expect, it } from 'vitest';
import { planUse, useRequest } from '../../src/changes/plan-use.ts';
import { type Settings, settingNames } from '../../src/go/settings.ts';
import builtIn from '../../src/mirrors/catalogue.json' with { type: 'json' };
import { mirrorFrom } from '../../src/mirrors/catalogue.ts';
import { catalogueSchema } from '../../src/mirrors/schema.ts';

const mirrors = catalogueSchema.parse(builtIn).mirrors.map(mirrorFrom);

/** Settings of which the file says this and nothing else is set. */
function settingsOf(file: Readonly<Record<string, string>>): Settings {
  const defaults: Record<string, string> = { GOSUMDB: 'sum.golang.org' };
  const values = settingNames.map(name => {
    const value = file[name];
    const source = value === undefined ? ('default' as const) : ('file' as const);
    return [name, { value: value ?? defaults[name] ?? '', source, shadowed: null }];
  });
  return {
    go: { version: 'go1.26.8', path: '/go' },
    envFile: { path: '/env', exists: true, off: false, ignored: [] },
    values: Object.fromEntries(values),
  };
}

const plan = (
  text: string,
  file: Record<string, string> = {},
  more: { sumdb?: string; chosenOver?: string | null } = {},
) => {
  const { chosenOver, ...options } = more;
  const request = useRequest(mirrors, text, options);
  return planUse(settingsOf(file), { ...request, modules: [], sudoUser: null, chosenOver });
};
const codes = (text: string) => plan(text).warnings.map(({ code }) => code);

describe('what a list of proxies is warned of', () => {
  it.each([
    ['goproxy.cn,aliyun,direct', ['comma-stops-on-errors']],
    ['goproxy.cn,aliyun|tencent,direct', ['comma-stops-on-errors']],
    ['https://athens.corp.example.com|goproxy.cn,direct', ['gatekeeper-bypassed']],
    ['https://athens.corp.example.com|direct', ['gatekeeper-bypassed']],
    ['http://me:secret@mirror.example.net', ['insecure-credentials']],
    ['goproxy.io', ['mirror-degraded']],
    ['https://goproxy.baidu.com', ['mirror-retired']],
    ['goproxy.cn', []],
    ['goproxy.cn|aliyun|direct', []],
    ['https://athens.corp.example.com,goproxy.cn,direct', []],
    ['https://athens.corp.example.com|off', []],
    ['https://me:secret@mirror.example.net', []],
    ['direct', []],
  ])('%s: %j', (text, expected) => {
    expect(codes(text)).toEqual(expected);
  });
});

describe('the GOSUMDB that goes with a list of proxies', () => {
  const sumdb = (...args: Parameters<typeof plan>) => plan(...args).wanted.get('GOSUMDB');

  it.each([
    ['aliyun', {}, 'sum.golang.google.cn'],
    ['aliyun', { GOSUMDB: 'sum.golang.org' }, 'sum.golang.google.cn'],
    ['aliyun|huawei|direct', {}, 'sum.golang.google.cn'],
    ['aliyun|goproxy.cn|direct', {}, undefined],
    ['goproxy.cn', {}, undefined],
    ['tencent', {}, undefined],
    ['direct', {}, undefined],
    ['aliyun', { GOSUMDB: 'off' }, undefined],
    ['aliyun', { GOSUMDB: 'sum.golang.org https://goproxy.cn/sumdb/sum.golang.org' }, undefined],
    ['goproxy.cn', { GOSUMDB: 'sum.golang.org https://goproxy.cn' }, 'sum.golang.org'],
    ['aliyun', { GOSUMDB: 'sum.golang.org https://goproxy.cn' }, 'sum.golang.google.cn'],
    ['goproxy.cn', { GOSUMDB: 'sum.golang.org https://mirrors.aliyun.com/goproxy/' }, 'sum.golang.org'],
    ['goproxy.cn', { GOSUMDB: 'sum.golang.google.cn' }, undefined],
  ])('%s with %j: %s', (text, file, expected) => {
    expect(sumdb(text, file)).toBe(expected);
  });

  it('goes back to what it was before go-mirror chose it', () => {
    const file = { GOSUMDB: 'sum.golang.google.cn' };
    expect(sumdb('goproxy.cn', file, { chosenOver: null })).toBeNull();
    expect(sumdb('goproxy.cn', file, { chosenOver: 'sum.golang.org' })).toBe('sum.golang.org');
    expect(sumdb('tencent', file, { chosenOver: null })).toBeUndefined();
  });

  it('is what was asked for', () => {
    expect(sumdb('aliyun', {}, { sumdb: 'sum.golang.org' })).toBe('sum.golang.org');
    expect(sumdb('goproxy.cn', { GOSUMDB: 'off' }, { sumdb: 'auto' })).toBeNull();
    expect(sumdb('aliyun', { GOSUMDB: 'off' }, { sumdb: 'auto' })).toBe('sum.golang.google.cn');
  });

  it.each([
    ['nonsense', 'use.bad-sumdb'],
    ['https://sum.golang.org', 'use.bad-sumdb'],
    ['sum.golang.org https://goproxy.cn', 'use.sumdb-is-proxy'],
  ])('%s is refused', (value, code) => {
    expect(() => plan('aliyun', {}, { sumdb: value })).toThrowError(expect.objectContaining({ code, exitCode: 2 }));
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseGoproxy } from '../../src/go/goproxy.ts';
import { parseGosumdb } from '../../src/go/gosumdb.ts';
import { judgeSettings, type Remark } from '../../src/go/judge-settings.ts';
import { type SettingName, settingNames } from '../../src/go/settings.ts';
import builtIn from '../../src/mirrors/catalogue.json' with { type: 'json' };
import { mirrorFrom } from '../../src/mirrors/catalogue.ts';
import { lookUpIn } from '../../src/mirrors/look-up.ts';
import { catalogueSchema } from '../../src/mirrors/schema.ts';
import { settingsWith } from './settings-with.ts';

const lookUp = lookUpIn(catalogueSchema.parse(builtIn).mirrors.map(mirrorFrom));
const judged = (given: Partial<Record<SettingName, string>>): Remark[] => judgeSettings(settingsWith(given), lookUp);
const said = (given: Partial<Record<SettingName, string>>): string[] =>
  judged(given).map(({ setting, level, code }) => `${setting} ${level} ${code}`);

const key = 'sum.corp.example.com+6a1a3c4c+AbCd';

describe('the judge of settings', () => {
  it.each<[Partial<Record<SettingName, string>>, string[]]>([
    // The list of proxies.
    [{ GOPROXY: 'https://goproxy.cn,direct' }, ['GOPROXY note not-found-only']],
    [{ GOPROXY: 'https://goproxy.cn|direct' }, []],
    [
      { GOPROXY: 'https://goproxy.cn,https://mirrors.aliyun.com/goproxy/,direct' },
      ['GOPROXY warn comma-stops-on-errors'],
    ],
    [{ GOPROXY: 'https://goproxy.cn|https://mirrors.aliyun.com/goproxy/|direct' }, []],
    [{ GOPROXY: 'https://goproxy.cn|https://mirrors.aliyun.com/goproxy/,direct' }, ['GOPROXY note not-found-only']],
    [{ GOPROXY: 'https://athens.example.com,https://goproxy.cn,direct' }, ['GOPROXY note not-found-only']],
    [{ GOPROXY: 'https://athens.example.com|https://goproxy.cn' }, ['GOPROXY warn gatekeeper-bypassed']],
    [{ GOPROXY: 'https://athens.example.com|https://b.example.com' }, []],
    [{ GOPROXY: 'https://athens.example.com|direct' }, ['GOPROXY warn gatekeeper-bypassed']],
    [{ GOPROXY: 'https://me:secret@goproxy.cn|direct' }, ['GOPROXY warn gatekeeper-bypassed']],
    [{ GOPROXY: 'http://me:secret@athens.example.com' }, ['GOPROXY warn insecure-credentials']],
    [
      { GOPROXY: 'https://goproxy.cn,direct,https://goproxy.io' },
      ['GOPROXY note not-found-only', 'GOPROXY warn setting-without-effect'],
    ],
    [{ GOPROXY: 'direct,https://goproxy.cn' }, ['GOPROXY note direct-only', 'GOPROXY warn setting-without-effect']],
    [{ GOPROXY: 'off' }, ['GOPROXY warn proxy-off']],
    [{ GOPROXY: 'https://goproxy.baidu.com' }, ['GOPROXY warn mirror-retired']],
    [{ GOPROXY: 'https://goproxy.io' }, ['GOPROXY warn mirror-degraded']],
    [{ GOPROXY: 'https://goproxy.qiniu.com' }, ['GOPROXY warn mirror-never-existed']],
    [{ GOPROXY: 'https://goproxy.cn,direct # qiniu' }, ['GOPROXY fail value-malformed-meant']],
    [{ GOPROXY: 'https://goproxy.cn;direct' }, ['GOPROXY warn value-meant']],
    [{ GOPROXY: 'ftp://goproxy.cn' }, ['GOPROXY fail value-malformed']],
    // The checksum database. What a gatekeeper serves nobody knows from its name.
    [{ GOSUMDB: 'off' }, ['GOSUMDB warn sumdb-off']],
    [{ GOSUMDB: 'sum.golang.org https://goproxy.cn' }, ['GOSUMDB warn sumdb-wrong-url']],
    [{ GOSUMDB: 'sum.golang.org https://goproxy.cn/sumdb/sum.golang.org' }, []],
    [{ GOSUMDB: 'sum.golang.org https://goproxy.corp.example.com' }, []],
    [{ GOSUMDB: 'sum.golang.org https://mirror.corp.example.com/sum' }, []],
    [{ GOSUMDB: 'on' }, ['GOSUMDB fail value-malformed-meant']],
    [{ GOSUMDB: key }, ['GOSUMDB fail value-malformed']],
    // Patterns.
    [{ GOPRIVATE: '*' }, ['GOPRIVATE warn pattern-everything']],
    [{ GONOSUMDB: 'a.com,*' }, ['GONOSUMDB warn pattern-everything']],
    [{ GOPRIVATE: 'a.example.com, B.example.com' }, ['GOPRIVATE warn pattern-matches-nothing']],
    [{ GOPRIVATE: 'git.[corp' }, ['GOPRIVATE warn pattern-unusable']],
    [{ GOPRIVATE: '*.example.com' }, ['GOPRIVATE note pattern-subdomains-only']],
    [{ GOPRIVATE: '*.example.com,example.com' }, []],
    [
      { GOPRIVATE: 'a.com', GONOPROXY: 'none', GOPROXY: 'https://goproxy.cn|direct' },
      ['GONOPROXY warn no-proxy-replaces-private'],
    ],
    [{ GOPRIVATE: 'a.com', GONOPROXY: 'none', GOPROXY: 'https://athens.a.com' }, []],
    // The others.
    [{ GOFLAGS: '-mod=vendor' }, ['GOFLAGS warn flag-vendor']],
    [{ GOFLAGS: "--mod=vendor '-ldflags=-s -w'" }, ['GOFLAGS warn flag-vendor']],
    [{ GOFLAGS: '-ldflags=-X=main.a=-mod=vendor' }, []],
    [{ GOFLAGS: '-modcacherw -insecure' }, ['GOFLAGS warn flag-insecure']],
    [{ GOFLAGS: 'mod=vendor' }, ['GOFLAGS fail value-malformed']],
    [{ GOFLAGS: '"-mod=vendor' }, ['GOFLAGS fail value-malformed']],
    [{ GO111MODULE: 'off' }, ['GO111MODULE warn modules-off']],
    [{ GO111MODULE: 'yes' }, ['GO111MODULE fail value-malformed']],
    [{ GOVCS: 'public' }, ['GOVCS fail value-malformed']],
    [{}, []],
  ])('%j: %j', (given, expected) => {
    const withProxy = { GOPROXY: 'https://goproxy.cn|direct', ...given };
    expect(said(withProxy)).toEqual(expected);
  });

  it('says what a variable of the environment hides', () => {
    const settings = settingsWith({ GOPRIVATE: 'a.com' }, 'os');
    settings.values.GOPRIVATE.shadowed = { value: 'b.com', source: 'file' };
    expect(judgeSettings(settings, lookUp)).toContainEqual({
      setting: 'GOPRIVATE',
      level: 'warn',
      code: 'hides',
      args: { value: 'a.com', hidden: 'b.com' },
      meant: null,
    });
  });

  it('never throws, and fails what go refuses', () => {
    const piece = fc.constantFrom(
      ...[
        'https://',
        'goproxy.cn',
        ',',
        '|',
        ' ',
        ';',
        'direct',
        'off',
        '*',
        '#',
        '@',
        '%',
        ':',
        '/',
        '"',
        '-mod=',
        'x',
      ],
      ...['sum.golang.org', '+', '\u0000', '，', '𠀀', '[', '=', '\\', '99999'],
    );
    const value = fc.array(piece, { maxLength: 8 }).map(pieces => pieces.join(''));
    fc.assert(
      fc.property(fc.constantFrom(...settingNames), value, (name, text) => {
        const failing = judged({ [name]: text }).some(({ setting, level }) => setting === name && level === 'fail');
        if (name === 'GOPROXY') expect(failing).toBe(!parseGoproxy(text).ok);
        if (name === 'GOSUMDB') expect(failing).toBe(!parseGosumdb(text).ok);
      }),
      { seed: 11, numRuns: 5000 },
    );
  });
});

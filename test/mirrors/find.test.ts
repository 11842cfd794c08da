import { describe, expect, it } from 'vitest';
import builtIn from '../../src/mirrors/catalogue.json' with { type: 'json' };
import { mirrorFrom } from '../../src/mirrors/catalogue.ts';
import { findByUrl, findMirror, mirrorOf } from '../../src/mirrors/find.ts';
import { namedTargets } from '../../src/mirrors/probe-targets.ts';
import { resolveMirror } from '../../src/mirrors/resolve.ts';
import { catalogueSchema } from '../../src/mirrors/schema.ts';

const mirrors = catalogueSchema.parse(builtIn).mirrors.map(mirrorFrom);

describe('finding a mirror', () => {
  it.each(['goproxy.cn', 'qiniu', '七牛', 'GOPROXY.CN'])('by the name %s', name => {
    expect(findMirror(mirrors, name)?.name).toBe('goproxy.cn');
  });

  it.each([
    ['https://mirrors.aliyun.com/goproxy', 'aliyun'],
    ['https://mirrors.aliyun.com/goproxy///', 'aliyun'],
    ['https://user:secret@goproxy.cn/', 'goproxy.cn'],
    ['goproxy.cn', 'goproxy.cn'],
    ['https://mirrors.cloud.tencent.com/go/', 'tencent'],
    ['https://mirrors.tuna.tsinghua.edu.cn/goproxy/', 'tuna'],
    ['https://mirrors.aliyun.com/other', undefined],
    ['http://goproxy.cn', undefined],
  ])('by the URL %s', (url, name) => {
    expect(findByUrl(mirrors, url)?.name).toBe(name);
  });

  it.each([
    ['https://goproxy.cn,direct', 'goproxy.cn'],
    [' , https://goproxy.cn|https://mirrors.aliyun.com/goproxy/,direct', 'goproxy.cn'],
    ['direct', undefined],
    ['off', undefined],
    ['', undefined],
    ['https://goproxy.example.com,https://goproxy.cn', undefined],
  ])('by the GOPROXY value %j', (value, name) => {
    expect(mirrorOf(mirrors, value)?.name).toBe(name);
  });
});

describe('what the command line names', () => {
  it.each(['tuna', 'TUNA', 'ustc', 'goproxy.huaweicloud.com', 'https://goproxy.qiniu.com/', 'goproxy.tencent.com/x'])(
    '%s is answered with what to use instead',
    name => {
      expect(() => resolveMirror(mirrors, name)).toThrowError(
        expect.objectContaining({ code: 'mirrors.never-existed', exitCode: 2 }),
      );
    },
  );

  it('a retired mirror is refused by name, and taken by URL', () => {
    expect(() => resolveMirror(mirrors, 'gocenter')).toThrowError(expect.objectContaining({ code: 'mirrors.retired' }));
    expect(resolveMirror(mirrors, 'https://gocenter.io')).toMatchObject({ url: 'https://gocenter.io' });
  });

  it('a mistyped name gets a suggestion', () => {
    expect(() => resolveMirror(mirrors, 'aliyn')).toThrowError(
      expect.objectContaining({ code: 'mirrors.unknown.did-you-mean', args: { name: 'aliyn', suggestion: 'aliyun' } }),
    );
  });

  it.each(['nosuch', 'ftp://x.example.com', 'OFF', '/abs/path', '', 'a b.example.com'])('%j is no mirror', name => {
    expect(() => resolveMirror(mirrors, name)).toThrowError(expect.objectContaining({ exitCode: 2 }));
  });

  it('becomes targets of a probe, public only where the catalogue says so', () => {
    const urls = [
      'aliyun',
      'mirror.example.com:8080/x',
      'http://127.0.0.1:3000',
      'http://athens:3000',
      'file:///srv/go',
    ];
    expect(namedTargets(mirrors, urls)).toEqual([
      { name: 'aliyun', url: 'https://mirrors.aliyun.com/goproxy/', counts: true, inEffect: false, trust: 'public' },
      {
        name: 'mirror.example.com:8080/x',
        url: 'https://mirror.example.com:8080/x',
        counts: true,
        inEffect: false,
        trust: 'gatekeeper',
      },
      { name: '127.0.0.1:3000', url: 'http://127.0.0.1:3000', counts: true, inEffect: false, trust: 'gatekeeper' },
      { name: 'athens:3000', url: 'http://athens:3000', counts: true, inEffect: false, trust: 'gatekeeper' },
      { name: '/srv/go', url: 'file:///srv/go', counts: true, inEffect: false, trust: 'gatekeeper' },
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { goproxyFor } from '../../src/changes/goproxy-value.ts';
import builtIn from '../../src/mirrors/catalogue.json' with { type: 'json' };
import { mirrorFrom } from '../../src/mirrors/catalogue.ts';
import { catalogueSchema } from '../../src/mirrors/schema.ts';

const mirrors = catalogueSchema.parse(builtIn).mirrors.map(mirrorFrom);

describe('the GOPROXY value of what use is given', () => {
  it.each([
    ['goproxy.cn', 'https://goproxy.cn,direct'],
    ['  Aliyun ', 'https://mirrors.aliyun.com/goproxy/,direct'],
    ['https://goproxy.cn/', 'https://goproxy.cn/,direct'],
    ['HTTPS://GOPROXY.CN', 'HTTPS://GOPROXY.CN,direct'],
    ['https://me:p%2Cw@mirror.example.com/x', 'https://me:p%2Cw@mirror.example.com/x,direct'],
    ['localhost:3000', 'https://localhost:3000,direct'],
    ['file:///srv/goproxy', 'file:///srv/goproxy,direct'],
    ['goproxy.cn,direct', 'https://goproxy.cn,direct'],
    ['goproxy.cn|aliyun|direct', 'https://goproxy.cn|https://mirrors.aliyun.com/goproxy/|direct'],
    ['goproxy.cn,', 'https://goproxy.cn,'],
    ['https://a.example.com, https://b.example.com', 'https://a.example.com, https://b.example.com'],
    ['direct', 'direct'],
    ['off', 'off'],
  ])('%j → %j', (given, value) => {
    expect(goproxyFor(mirrors, given).value).toBe(value);
  });

  it.each([
    ['goproxy.cn', 'any-error', 'https://goproxy.cn|direct'],
    ['goproxy.cn,aliyun,direct', 'any-error', 'https://goproxy.cn|https://mirrors.aliyun.com/goproxy/|direct'],
    ['goproxy.cn|direct', 'not-found', 'https://goproxy.cn,direct'],
  ] as const)('%j with --fallback %s → %j', (given, fallback, value) => {
    expect(goproxyFor(mirrors, given, fallback).value).toBe(value);
  });

  it('knows the mirrors in the list', () => {
    const { proxies } = goproxyFor(mirrors, 'https://corp.example.com,https://mirrors.aliyun.com/goproxy,direct');
    expect(proxies.map(({ name, mirror }) => [name, mirror?.name])).toEqual([
      ['corp.example.com', undefined],
      ['aliyun', 'aliyun'],
    ]);
  });

  it.each([
    ['https//goproxy.cn', 'use.mistyped', 'https://goproxy.cn'],
    ['https:/goproxy.cn', 'use.mistyped', 'https://goproxy.cn'],
    ['https://goproxy.cn direct', 'use.mistyped', 'https://goproxy.cn,direct'],
    ['https://goproxy.cn;direct', 'use.mistyped', 'https://goproxy.cn,direct'],
    ['https://goproxy.cn,Direct', 'use.mistyped', 'direct'],
  ])('%j is taken as a slip of the finger', (given, code, repaired) => {
    expect(() => goproxyFor(mirrors, given)).toThrowError(
      expect.objectContaining({ code, exitCode: 2, args: expect.objectContaining({ repaired }) }),
    );
  });

  it.each([
    '',
    ',',
    '|',
    'ftp://x.example.com',
    'https://',
    'localhost',
    'https://a.example.com,localhost',
    '/srv/x',
    'https://[::1',
    'file://host/x,direct',
  ])('%j is refused', given => {
    expect(() => goproxyFor(mirrors, given)).toThrowError(expect.objectContaining({ exitCode: 2 }));
  });
});

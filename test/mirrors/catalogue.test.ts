import { describe, expect, it } from 'vitest';
import builtIn from '../../src/mirrors/catalogue.json' with { type: 'json' };
import { catalogueSchema } from '../../src/mirrors/schema.ts';

describe('the built-in catalogue', () => {
  it('follows its schema', () => {
    expect(catalogueSchema.safeParse(builtIn).error?.issues ?? []).toEqual([]);
  });

  it('names a usable mirror wherever it says what to use instead', () => {
    const usable = new Set(builtIn.mirrors.filter(mirror => mirror.status === 'active').map(mirror => mirror.name));
    const instead = builtIn.mirrors.flatMap(mirror => mirror.useInstead ?? []);
    expect(instead.filter(name => !usable.has(name))).toEqual([]);
  });

  it('says what to use instead of all that is gone or never was', () => {
    const gone = builtIn.mirrors.filter(mirror => mirror.status === 'retired' || mirror.status === 'never-existed');
    expect(gone.filter(mirror => !mirror.useInstead).map(mirror => mirror.name)).toEqual([]);
    expect(gone.length).toBeGreaterThan(10);
  });
});

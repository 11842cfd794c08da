import { describe, expect, it } from 'vitest';
import { lookupFile, parseProxyPath, versionFile } from '../../src/modproxy/proxy-file.ts';

describe('parseProxyPath', () => {
  it.each([
    ['rsc.io/quote/@v/v1.5.2.info', 'info', 'rsc.io/quote', 'v1.5.2'],
    ['github.com/!burnt!sushi/toml/@v/v1.0.0-!r!c1.mod', 'mod', 'github.com/BurntSushi/toml', 'v1.0.0-RC1'],
    ['rsc.io/quote/@v/v2.0.0+incompatible.zip', 'zip', 'rsc.io/quote', 'v2.0.0+incompatible'],
    ['rsc.io/quote/@v/master.info', 'query', 'rsc.io/quote', 'master'],
    ['rsc.io/quote/@v/list', 'list', 'rsc.io/quote', ''],
    ['rsc.io/quote/@latest', 'latest', 'rsc.io/quote', ''],
    ['sumdb/sum.golang.org/lookup/rsc.io/quote@v1.5.2', 'lookup', 'rsc.io/quote', 'v1.5.2'],
    ['sumdb/sum.golang.org/tile/8/0/x001/234', 'tree', '', ''],
    ['sumdb/sum.golang.org/latest', 'tree', '', ''],
  ])('%s', (path, kind, module, version) => {
    expect(parseProxyPath(path)).toMatchObject({ path, kind, module, version });
  });

  it.each([
    '',
    'rsc.io/quote',
    '../@v/list',
    'a//b/@v/list',
    'rsc.io/Quote/@v/list',
    'a!/@v/list',
    'sumdb/x',
    'x/@v/.zip',
  ])('refuses %j', path => {
    expect(parseProxyPath(path)).toBeNull();
  });

  it('reads what is written', () => {
    for (const kind of ['info', 'mod', 'zip'] as const) {
      const file = versionFile('github.com/BurntSushi/toml', 'v1.5.0', kind);
      expect(parseProxyPath(file.path)).toEqual(file);
    }
    const lookup = lookupFile('sum.golang.org', 'github.com/BurntSushi/toml', 'v1.5.0');
    expect(parseProxyPath(lookup.path)).toEqual(lookup);
  });
});

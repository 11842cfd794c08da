import { describe, expect, it } from 'vitest';
import { type Cause, causes } from '../../src/causes.ts';
import { explanationOf } from '../../src/explain/explain.ts';
import type { Machine } from '../../src/explain/machine.ts';
import { type SettingName, type Settings, settingNames } from '../../src/go/settings.ts';
import en from '../../src/messages/en/explain.ts';
import { examples } from './examples.ts';
import { verdictOf } from './verdict.ts';

/** A machine on which these values come from go's settings file, and these from the OS environment. */
function machine(file: Partial<Record<SettingName, string>>, os: Partial<Record<SettingName, string>> = {}): Machine {
  const values = Object.fromEntries(
    settingNames.map(name => {
      const source = name in os ? 'os' : name in file ? 'file' : 'default';
      return [name, { value: os[name] ?? file[name] ?? '', source, shadowed: null }];
    }),
  ) as unknown as Settings['values'];
  const settings: Settings = { go: null, envFile: { path: null, exists: false, off: false }, values };
  return { platform: 'linux', settings };
}

const plain = machine({ GOPROXY: 'https://goproxy.example.com,direct', GOSUMDB: 'sum.golang.org' });
const commandsOf = async (output: string, on: Machine): Promise<string[]> =>
  explanationOf(await verdictOf(output), on).fixes.map(fix => fix.command);

const privateLookup =
  'go: github.com/corp/lib@v0.1.0: verifying module: github.com/corp/lib@v0.1.0: reading https://sum.golang.org/lookup/github.com/corp/lib@v0.1.0: 404 Not Found\n';

describe('the fix', () => {
  it('is there for every cause but one, with a reason in the messages, on every platform and without settings', async () => {
    const seen = new Set<Cause>();
    for (const { output } of examples) {
      for (const on of [
        plain,
        { ...plain, platform: 'win32' as const },
        { platform: 'darwin' as const, settings: null },
      ]) {
        const { cause, fixes } = explanationOf(await verdictOf(output), on);
        seen.add(cause!);
        if (cause !== 'not-a-pull-problem') expect({ output, fixes: fixes.length }).not.toEqual({ output, fixes: 0 });
        for (const fix of fixes) {
          expect(Object.keys(en)).toContain(`explain.why.${fix.code}`);
          expect(fix.command).not.toMatch(/undefined|null|\{\w+\}/);
        }
      }
    }
    expect([...seen].sort()).toEqual([...causes].sort());
  });

  it('never weakens what go verifies', async () => {
    for (const { output } of examples) {
      for (const command of await commandsOf(output, plain)) {
        expect(command).not.toMatch(
          /GOSUMDB=off|GONOSUMDB=\*|GONOSUMCHECK|GOFLAGS=-insecure|sslVerify|rm .*go\.sum|clean -modcache/,
        );
      }
    }
  });

  it('makes a private module private by its organisation, unless it is already', async () => {
    expect(await commandsOf(privateLookup, plain)).toContain('go-mirror private add github.com/corp');
    const known = machine({ GOPRIVATE: 'github.com/corp' });
    expect((await commandsOf(privateLookup, known)).join()).not.toContain('private add');
  });

  it('takes a value away from where it is set', async () => {
    const malformed = 'go: rsc.io/quote@v1.5.2: verifying go.mod: invalid GOSUMDB: malformed verifier id\n';
    expect(await commandsOf(malformed, machine({ GOSUMDB: 'on' }))).toEqual(['go env -u GOSUMDB']);
    expect(await commandsOf(malformed, machine({}, { GOSUMDB: 'on' }))).toEqual(['unset GOSUMDB']);
    const off = 'go: rsc.io/quote@v1.5.2: module lookup disabled by GOPROXY=off\n';
    expect(await commandsOf(off, machine({}, { GOPROXY: 'off' }))).toEqual([
      'unset GOPROXY',
      'go-mirror use goproxy.cn',
    ]);
  });

  it('repeats what go itself suggests, and the path that a module declares', async () => {
    const missing =
      'main.go:3:8: no required module provides package rsc.io/quote; to add it:\n\tgo get rsc.io/quote\n';
    expect((await commandsOf(missing, plain))[0]).toBe('go get rsc.io/quote');
    const moved =
      'go: a.example.com/lib@v1.0.0: parsing go.mod:\n\tmodule declares its path as: b.example.com/lib\n\t        but was required as: a.example.com/lib\n';
    expect(await commandsOf(moved, plain)).toEqual(['go get b.example.com/lib']);
    expect(await commandsOf('go: malformed module path "https:/github.com/a/b": invalid char \':\'\n', plain)).toEqual([
      'go get github.com/a/b',
    ]);
  });

  it('shows the route of the module on this machine', async () => {
    const { route } = explanationOf(await verdictOf(privateLookup), plain);
    expect(route?.steps.map(step => step.url ?? step.kind)).toEqual(['https://goproxy.example.com', 'direct']);
    expect(explanationOf(await verdictOf(privateLookup), { ...plain, settings: null }).route).toBeNull();
  });
});

import type { DoctorFacts, Need, Trial } from '../../src/doctor/facts.ts';
import { parseGoproxy } from '../../src/go/goproxy.ts';
import { parseGosumdb } from '../../src/go/gosumdb.ts';
import { judgeSettings } from '../../src/go/judge-settings.ts';
import { type SettingName, type Settings, settingNames } from '../../src/go/settings.ts';
import { lookUpIn } from '../../src/mirrors/look-up.ts';
import type { Mirror } from '../../src/mirrors/mirror.ts';
import { emptyProbe, type MirrorProbe } from '../../src/probe/result.ts';

export interface Given extends Partial<Omit<DoctorFacts, 'settings'>> {
  /** In the settings file. */
  file?: Partial<Record<SettingName, string>>;
  /** In the environment. */
  os?: Partial<Record<SettingName, string>>;
}

const defaults: Partial<Record<SettingName, string>> = {
  GOPROXY: 'https://mirror.example.com,direct',
  GOSUMDB: 'sum.golang.org',
  GOTOOLCHAIN: 'local',
  GOAUTH: 'netrc',
};

/** A mirror of the catalogue. */
export const listed = (name: string, url: string, given: Partial<Mirror> = {}): Mirror => ({
  name,
  aliases: [],
  url,
  urls: [],
  hosts: [],
  template: null,
  goproxy: `${url},direct`,
  operator: null,
  kind: 'public',
  status: 'active',
  reason: '',
  source: null,
  date: null,
  sumdb: null,
  useInstead: null,
  ...given,
});

/** Public are `mirror`, `a` to `d` and `good` at example.com, `best` at example.net; every other URL is a gatekeeper's. */
export const catalogue: readonly Mirror[] = [
  ...['mirror', 'a', 'b', 'c', 'd', 'good'].map(name => listed(name, `https://${name}.example.com`)),
  listed('best', 'https://best.example.net'),
  listed('gone', 'https://gone.example.com', { status: 'retired', useInstead: 'best' }),
  listed('slow', 'https://slow.example.com', { status: 'degraded', useInstead: 'best' }),
];

/** The facts of a machine on which all is well, with what differs. */
export function factsWith({ file = {}, os = {}, known = catalogue, ...given }: Given = {}): DoctorFacts {
  const settings = settingsWith(file, os);
  const { GOPROXY, GOSUMDB } = settings.values;
  return {
    env: {},
    platform: 'linux',
    go: {
      settings,
      envText: null,
      toolchain: null,
      switch: null,
      fault: null,
      goroot: '/usr/local/go',
      gopath: '/home/dev/go',
      moduleCache: '/home/dev/go/pkg/mod',
      buildCache: '/home/dev/.cache/go-build',
      goMod: '/home/dev/app/go.mod',
      goWork: '',
      hostOs: 'linux',
      hostArch: 'amd64',
      gorootGoproxy: null,
    },
    settings,
    settingsFile: null,
    misplaced: null,
    known,
    remarks: judgeSettings(settings, lookUpIn(known)),
    goproxy: parseGoproxy(GOPROXY.value),
    gosumdb: parseGosumdb(GOSUMDB.value),
    project: { root: '/home/dev/app', missingFolders: [], complaint: null, packages: [] },
    needs: [needOf('rsc.io/quote')],
    refused: [],
    files: null,
    cache: {
      folder: '/home/dev/go/pkg/mod',
      refused: null,
      freeBytes: 1e12,
      freeFiles: 1e6,
      damaged: [],
      unreadable: [],
      badTree: null,
    },
    toolchain: null,
    mirrors: [mirrorOf()],
    named: new Set(),
    trials: [],
    loginSlips: [],
    logins: [],
    emptyAuthorities: [],
    notTried: null,
    fileWorks: null,
    database: { target: 'sum.golang.org:443', base: 'https://sum.golang.org', ok: true, cause: null, detail: '' },
    network: { nameservers: ['192.0.2.53'], online: true },
    crashes: [],
    ...given,
  };
}

export function mirrorOf(given: Partial<MirrorProbe> = {}): MirrorProbe {
  const target = { name: 'mirror', url: 'https://mirror.example.com', counts: true };
  return { ...emptyProbe(target), target: 'mirror.example.com', ...given };
}

export function needOf(path: string, given: Partial<Need> = {}): Need {
  return {
    path,
    version: 'v1.5.2',
    from: 'project',
    direct: null,
    looksPrivate: false,
    replaces: null,
    summed: { zip: false, mod: false },
    cached: false,
    unpacked: false,
    zipBytes: null,
    ...given,
  };
}

/** A real download of rsc.io/quote that was tried. */
export function trialOf(given: Partial<Trial>): Trial {
  return {
    need: needOf('rsc.io/quote'),
    outcome: 'ok',
    complaint: null,
    waitingFor: null,
    waitedMs: 0,
    requests: new Map(),
    downloadedBytes: 3000,
    ...given,
  };
}

function settingsWith(file: Given['file'] & object, os: Given['os'] & object): Settings {
  const values = Object.fromEntries(
    settingNames.map(name => {
      const inFile = file[name];
      const value = os[name] ?? inFile ?? defaults[name] ?? '';
      const source = os[name] !== undefined ? 'os' : inFile !== undefined ? 'file' : 'default';
      const shadowed = source === 'os' && inFile !== undefined ? { value: inFile, source: 'file' } : null;
      return [name, { value, source, shadowed }];
    }),
  ) as Settings['values'];
  for (const name of ['GONOPROXY', 'GONOSUMDB'] as const) {
    if (values[name].source === 'default') values[name] = { ...values[name], value: values.GOPRIVATE.value };
  }
  return {
    go: { version: 'go1.26.8', path: '/usr/local/go/bin/go' },
    envFile: { path: '/home/dev/.config/go/env', exists: true, off: false, ignored: [] },
    values,
  };
}

import { type ProxyEntry, parseGoproxy } from './goproxy.ts';
import { parseGosumdb } from './gosumdb.ts';
import { parseGovcs } from './govcs.ts';
import { inspectPatterns } from './inspect-patterns.ts';
import { splitPatterns } from './patterns.ts';
import { repairGoproxy } from './repair-goproxy.ts';
import { repairGosumdb } from './repair-gosumdb.ts';
import type { SettingName, Settings } from './settings.ts';

/** What is to say about one setting, from its value alone. Its sentence is `verdict.CODE` of `messages`, filled with `args`. */
export interface Verdict {
  setting: SettingName;
  /** `note` is worth knowing; `warn` is likely not what was meant; `fail` stops go. */
  status: 'note' | 'warn' | 'fail';
  code: string;
  args: Readonly<Record<string, string>>;
}

type Judge = (name: SettingName, value: string) => Omit<Verdict, 'setting'>[];

/** Judges every setting by its value. Nothing is said of what is fine. */
export function verdictsOf({ go, values }: Settings): Verdict[] {
  return (Object.entries(values) as [SettingName, Settings['values'][SettingName]][]).flatMap(([setting, found]) => {
    const unknown = setting === 'GOPROXY' && !go && found.source === 'default';
    const judged =
      found.source === 'default' && setting.startsWith('GONO') ? [] : judges[setting](setting, found.value);
    const hides = found.source === 'os' && found.shadowed?.source === 'file';
    const hidden = hides ? [verdict('warn', 'hides', { value: found.shadowed!.value })] : [];
    return [...(unknown ? [] : judged), ...hidden].map(given => ({ setting, ...given }));
  });
}

const verdict = (
  status: Verdict['status'],
  code: string,
  args: Readonly<Record<string, string>> = {},
): Omit<Verdict, 'setting'> => ({ status, code, args });

const patterns: Judge = (_, value) => [
  ...inspectPatterns(value).map(({ pattern, faults, repaired }) => {
    const fault = faults[0]!;
    if (fault === 'subdomains-only') return verdict('note', 'subdomains-only', { pattern, bare: pattern.slice(2) });
    return verdict('warn', repaired.length > 0 ? 'pattern' : 'bad-pattern', { pattern, repaired: repaired.join(',') });
  }),
  ...splitPatterns(value)
    .filter(pattern => pattern === '*')
    .map(() => verdict('warn', 'everything')),
];

const nothing: Judge = () => [];

const judges: Record<SettingName, Judge> = {
  GOPROXY: (_, value) => {
    const parsed = parseGoproxy(value);
    if (!parsed.ok) return [verdict('fail', 'refused', { message: parsed.message })];
    const repaired = repairGoproxy(value);
    return repaired ? [verdict('warn', 'meant', { repaired })] : judgeList(parsed.entries);
  },
  GOSUMDB: (_, value) => {
    const parsed = parseGosumdb(value);
    if (!parsed.ok) return [verdict('fail', 'refused', { message: parsed.message })];
    if (parsed.kind === 'off') return [verdict('warn', 'sumdb-off')];
    const repaired = repairGosumdb(value);
    return repaired ? [verdict('warn', 'meant', { repaired })] : [];
  },
  GOPRIVATE: patterns,
  GONOPROXY: patterns,
  GONOSUMDB: patterns,
  GOINSECURE: patterns,
  GOVCS: (_, value) => {
    const parsed = parseGovcs(value);
    return parsed.ok ? [] : [verdict('fail', 'refused', { message: parsed.message })];
  },
  GOFLAGS: (_, value) => {
    const flags = value.split(/\s+/);
    const vendor = flags.some(flag => /^--?mod=vendor$/.test(flag));
    const insecure = flags.some(flag => /^--?insecure(?:=|$)/.test(flag));
    return [...(vendor ? [verdict('warn', 'vendor')] : []), ...(insecure ? [verdict('note', 'insecure')] : [])];
  },
  GOTOOLCHAIN: nothing,
  GOAUTH: nothing,
  GO111MODULE: (_, value) => {
    if (value === 'off') return [verdict('warn', 'modules-off')];
    const message = `unknown environment setting GO111MODULE=${value}`;
    return ['', 'on', 'auto'].includes(value) ? [] : [verdict('fail', 'refused', { message })];
  },
};

function judgeList(entries: readonly ProxyEntry[]): Omit<Verdict, 'setting'>[] {
  if (entries[0]!.kind === 'off') return [verdict('warn', 'proxy-off')];
  if (entries[0]!.kind === 'direct') return [verdict('note', 'direct-only')];
  const strict = entries.some(({ fallsBackOn }) => fallsBackOn === 'not-found');
  return strict ? [verdict('note', 'not-found-only')] : [];
}

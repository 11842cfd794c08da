import { parseUrl } from '../system/network/go-url.ts';
import type { Localized, SentenceArgs } from '../system/sentence.ts';
import { parseGoflags, withoutFlag } from './goflags.ts';
import { type ProxyEntry, parseGoproxy, unusedEntries } from './goproxy.ts';
import { parseGosumdb } from './gosumdb.ts';
import { parseGovcs } from './govcs.ts';
import { inspectPatterns, repairPatterns } from './inspect-patterns.ts';
import { splitPatterns } from './patterns.ts';
import { repairGoproxy } from './repair-goproxy.ts';
import { repairGosumdb } from './repair-gosumdb.ts';
import type { SettingName, Settings } from './settings.ts';

/** What is to say about one setting, from the values alone: data, worded by `remark.CODE` of `messages`. */
export interface Remark {
  setting: SettingName;
  /** `note` is worth knowing; `warn` is likely not what was meant; `fail` stops go. */
  level: 'note' | 'warn' | 'fail';
  code: string;
  args: SentenceArgs;
  /** The value that was meant, where it can be told. */
  meant: string | null;
}

/** What the catalogue says of the mirror at a URL. */
export interface Listed {
  name: string;
  /** Serves everybody (`mirrors/trust.ts`): it may stand behind `|`, and is no gatekeeper. */
  public: boolean;
  status: 'active' | 'degraded' | 'retired' | 'never-existed';
  reason: Localized;
  /** The name of the mirror to use in its place, or null. */
  instead: string | null;
}

/** Looks a URL up in the catalogue; null where nobody knows it. */
export type LookUp = (url: string) => Listed | null;

/** The one judge of settings: all that is to say about them, in the order in which they are shown. Nothing is said of what is fine. */
export function judgeSettings(settings: Settings, lookUp: LookUp): Remark[] {
  const { go, values, envFile } = settings;
  return (Object.keys(values) as SettingName[]).flatMap(setting => {
    const { value, source, shadowed } = values[setting];
    const unknown = setting === 'GOPROXY' && !go && source === 'default';
    const inherited = source === 'default' && setting.startsWith('GONO');
    const judged = unknown || inherited ? [] : judges[setting](value, settings, lookUp);
    const hides = source === 'os' && shadowed?.source === 'file' && shadowed.value !== value;
    const hidden = hides ? [warn('hides', { value, hidden: shadowed.value })] : [];
    const isOpen = source !== 'file' && source !== 'os';
    const ignored = envFile.ignored
      // What the line was to say is in effect all the same.
      .filter(({ name, meant }) => name === setting && !(meant === value && source !== 'default'))
      .map(({ number, text, meant }) => {
        const usable = isOpen && judges[setting](meant, settings, lookUp).every(({ level }) => level !== 'fail');
        return warn('line-ignored', { line: number, text, meant }, usable ? meant : null);
      });
    return [...judged, ...hidden, ...ignored].map(said => ({ setting, ...said }));
  });
}

type Said = Omit<Remark, 'setting'>;
type Judge = (value: string, settings: Settings, lookUp: LookUp) => Said[];

const say =
  (level: Remark['level']) =>
  (code: string, args: SentenceArgs = {}, meant: string | null = null): Said => ({ level, code, args, meant });
const [note, warn, fail] = [say('note'), say('warn'), say('fail')];

const refused = (value: string, message: string, meant: string | null = null): Said[] => [
  fail(meant === null ? 'value-malformed' : 'value-malformed-meant', { value, message, meant: meant ?? '' }, meant),
];
const fine: Judge = () => [];

const patterns: Judge = value => {
  const meant = repairPatterns(value);
  const broken = inspectPatterns(value).map(({ pattern, faults, repaired }) => {
    const fault = faults.find(one => one !== 'subdomains-only');
    if (!fault) return note('pattern-subdomains-only', { pattern, bare: pattern.slice(2) });
    const args = { pattern, fault, repaired: repaired.join() };
    return warn(repaired.length > 0 ? 'pattern-matches-nothing' : 'pattern-unusable', args, meant);
  });
  return [...broken, ...(splitPatterns(value).includes('*') ? [warn('pattern-everything')] : [])];
};

const judges: Readonly<Record<SettingName, Judge>> = {
  GOPROXY: (value, _, lookUp) => {
    const parsed = parseGoproxy(value);
    const meant = repairGoproxy(value);
    if (!parsed.ok) return refused(value, parsed.message, meant);
    if (meant !== null) return [warn('value-meant', { value, meant }, meant)];
    return judgeList(parsed.entries, value, lookUp);
  },
  GOSUMDB: (value, _, lookUp) => {
    const parsed = parseGosumdb(value);
    const meant = repairGosumdb(value, isProxy);
    if (!parsed.ok) return refused(value, parsed.message, meant);
    if (parsed.kind === 'off') return [warn('sumdb-off')];
    return meant === null ? [] : [warn('sumdb-wrong-url', { value, meant }, meant)];

    /** A public mirror's base is never that of the database; of a gatekeeper nobody knows what it serves. */
    function isProxy(url: string): boolean {
      return lookUp(url)?.public ?? false;
    }
  },
  GOPRIVATE: patterns,
  GONOPROXY: (value, settings, lookUp) => {
    const kept = splitPatterns(settings.values.GOPRIVATE.value);
    const exposed = kept.filter(pattern => !splitPatterns(value).includes(pattern));
    // Behind a gatekeeper alone that is how a company's own proxy gets to see its modules.
    const list = parseGoproxy(settings.values.GOPROXY.value);
    const asksPublic = list.ok && list.entries.some(({ url }) => url !== null && lookUp(url)?.public);
    const replaced = exposed.length > 0 && asksPublic && !splitPatterns(value).includes('*');
    return [
      ...patterns(value, settings, lookUp),
      ...(replaced ? [warn('no-proxy-replaces-private', { patterns: exposed.join() })] : []),
    ];
  },
  GONOSUMDB: (value, settings, lookUp) => {
    const kept = splitPatterns(settings.values.GOPRIVATE.value);
    const exposed = kept.filter(pattern => !splitPatterns(value).includes(pattern));
    const asked = settings.values.GOSUMDB.value !== 'off' && !splitPatterns(value).includes('*');
    return [
      ...patterns(value, settings, lookUp),
      ...(exposed.length > 0 && asked ? [warn('no-sumdb-replaces-private', { patterns: exposed.join() })] : []),
    ];
  },
  GOINSECURE: patterns,
  GOVCS: value => {
    const parsed = parseGovcs(value);
    return parsed.ok ? [] : refused(value, parsed.message);
  },
  GOFLAGS: value => {
    const parsed = parseGoflags(value);
    if (!parsed.ok) return refused(value, parsed.message);
    const has = (name: string, text?: string): boolean =>
      parsed.flags.some(flag => flag.name === name && (text === undefined || flag.value === text));
    return [
      ...(has('mod', 'vendor') ? [warn('flag-vendor')] : []),
      ...(has('insecure') ? [warn('flag-insecure', { value }, withoutFlag(value, 'insecure'))] : []),
    ];
  },
  GOTOOLCHAIN: fine,
  GOAUTH: fine,
  GO111MODULE: value => {
    if (value === 'off') return [warn('modules-off')];
    const message = `unknown environment setting GO111MODULE=${value}`;
    return ['', 'on', 'auto'].includes(value) ? [] : refused(value, message);
  },
};

/** A list that go takes: what its order and separators do, and what is known of its mirrors. */
function judgeList(entries: readonly ProxyEntry[], value: string, lookUp: LookUp): Said[] {
  const [first] = entries;
  if (first!.kind === 'off') return [warn('proxy-off')];
  if (first!.kind === 'direct') return [note('direct-only'), ...unused()];
  const listed = entries.map(({ url }) => (url === null ? null : lookUp(url)));
  const stops = entries.findIndex(
    ({ fallsBackOn }, at) => fallsBackOn === 'not-found' && listed[at]?.public && listed[at + 1]?.public,
  );
  const strict = entries.some(({ fallsBackOn }) => fallsBackOn === 'not-found');
  return [
    ...entries.flatMap((entry, at) => (entry.kind === 'proxy' ? judgeProxy(entry, at) : [])),
    ...(stops >= 0
      ? [warn('comma-stops-on-errors', { first: entries[stops]!.text, next: entries[stops + 1]!.text })]
      : strict
        ? [note('not-found-only')]
        : []),
    ...unused(),
  ];

  function judgeProxy({ url, text, fallsBackOn }: ProxyEntry, at: number): Said[] {
    const known = listed[at];
    const next = entries[at + 1];
    const parsed = parseUrl(url!);
    const { scheme = '', userInfo = null, host = '' } = parsed.ok ? parsed.url : {};
    const args = { name: known?.name ?? text, reason: known?.reason ?? '', instead: known?.instead ?? '' };
    const bypassed = fallsBackOn === 'any-error' && !known?.public && next?.kind !== 'off' && leaves(at + 1);
    return [
      ...(scheme === 'http' && userInfo !== null ? [warn('insecure-credentials', { url: url! })] : []),
      ...(scheme !== 'file' && host.replace(/:\d*$/, '') === '' ? [warn('no-host', { url: url! })] : []),
      ...(known && known.status !== 'active' ? [warn(`mirror-${known.status}`, args)] : []),
      ...(bypassed ? [warn('gatekeeper-bypassed', { gatekeeper: text, next: next!.text })] : []),
    ];
  }

  /** Whether what stands at a place is not one's own: a public mirror, or the origins. */
  function leaves(at: number): boolean {
    return entries[at]?.kind === 'direct' || Boolean(listed[at]?.public);
  }

  function unused(): Said[] {
    const behind = unusedEntries(value, entries);
    return behind.length > 0
      ? [warn('setting-without-effect', { entries: behind.join(), last: entries.at(-1)!.text })]
      : [];
  }
}

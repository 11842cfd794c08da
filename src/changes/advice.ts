import { matchingPattern } from '../go/patterns.ts';
import { looksPrivate } from '../go/private-names.ts';
import type { SettingName, Settings } from '../go/settings.ts';
import { parseUrl } from '../go/url.ts';
import { isPublicMirror } from '../mirrors/trust.ts';
import type { GoproxyChoice } from './goproxy-value.ts';
import type { Wanted, Warning } from './plan.ts';
import { judgePatterns } from './private-patterns.ts';

export interface Situation {
  settings: Settings;
  wanted: Wanted;
  choice: GoproxyChoice;
  /** The modules that the project's go.mod names; empty outside a project. */
  modules: readonly string[];
  sudoUser: string | null;
}

/** What a person should know at the moment of a change, by the settings as they will be. */
export function adviceOn(situation: Situation): Warning[] {
  return [
    ...aboutList(situation),
    ...aboutMirrors(situation),
    ...aboutPrivacy(situation),
    ...aboutOtherSettings(situation),
    ...(situation.sudoUser ? [{ code: 'sudo', args: { user: situation.sudoUser } }] : []),
  ];
}

/** Public mirrors go better with `|`, as a comma goes on after 404 and 410 only; what stands behind a private gatekeeper goes better with a comma. */
function aboutList({ choice }: Situation): Warning[] {
  const warnings: Warning[] = [];
  const [, ...separators] = choice.value.match(/[^,|]+|[,|]/g) ?? [];
  const between = separators.filter(part => part === ',' || part === '|');
  const trusted = choice.proxies.map(({ mirror, url }) => !isPublicMirror(mirror, url));
  for (const [place, { url: first }] of choice.proxies.entries()) {
    const next = choice.proxies[place + 1];
    if (between[place] === ',' && next && !trusted[place] && !trusted[place + 1]) {
      warnings.push({ code: 'comma-stops-at-error', args: { first, next: next.url } });
    }
    if (between[place] === '|' && trusted[place] && (next ? !trusted[place + 1] : /\bdirect\b/.test(choice.value))) {
      warnings.push({ code: 'gatekeeper-bypassed', args: { gatekeeper: first, next: next?.url ?? 'direct' } });
    }
  }
  return warnings;
}

function aboutMirrors({ choice }: Situation): Warning[] {
  return choice.proxies.flatMap(({ url, mirror }) => {
    const parsed = parseUrl(url);
    const exposed = parsed.ok && parsed.url.scheme === 'http' && parsed.url.userInfo !== null;
    const args = { name: mirror?.name ?? url, reason: mirror?.reason ?? '', instead: mirror?.useInstead ?? '' };
    return [
      ...(exposed ? [{ code: 'http-credentials', args: { url } }] : []),
      ...(mirror?.status === 'degraded' ? [{ code: 'mirror-degraded', args }] : []),
      ...(mirror?.status === 'retired' ? [{ code: 'mirror-retired', args }] : []),
    ];
  });
}

/** Module names that a public mirror and the checksum database would learn, and patterns that keep nothing away. */
function aboutPrivacy(situation: Situation): Warning[] {
  const patterns = plannedValue(situation, 'GONOPROXY') || plannedValue(situation, 'GOPRIVATE');
  const asksPublic = situation.choice.proxies.some(({ mirror, url }) => isPublicMirror(mirror, url));
  const exposed = situation.modules.filter(module => looksPrivate(module) && !matchingPattern(patterns, module));
  const hosts = [...new Set(exposed.map(module => module.split('/')[0]!))];
  const listed = (['GOPRIVATE', 'GONOPROXY', 'GONOSUMDB'] as const).flatMap(name =>
    isOwn(situation, name) ? judgePatterns(name, plannedValue(situation, name)) : [],
  );
  const missing = { code: 'private-missing', args: { hosts: hosts.join(','), module: exposed[0] ?? '' } };
  return [...(hosts.length > 0 && asksPublic ? [missing] : []), ...listed];
}

/** Settings of the user's own that take protection away, or the mirrors out of use. They are left as they are. */
function aboutOtherSettings(situation: Situation): Warning[] {
  const flags = plannedValue(situation, 'GOFLAGS').split(/\s+/);
  const found: [boolean, string][] = [
    [plannedValue(situation, 'GOSUMDB') === 'off', 'gosumdb-off'],
    [plannedValue(situation, 'GONOSUMDB').split(',').includes('*'), 'gonosumdb-all'],
    [flags.some(flag => /^--?mod=vendor$/.test(flag)), 'goflags-vendor'],
    [flags.some(flag => /^--?insecure(=|$)/.test(flag)), 'goflags-insecure'],
    [plannedValue(situation, 'GO111MODULE') === 'off', 'go111module-off'],
  ];
  return found.flatMap(([applies, code]) => (applies ? [{ code, args: {} }] : []));
}

/** The value as it will be: an OS variable wins, then what is about to be written. */
function plannedValue({ settings, wanted }: Situation, name: SettingName): string {
  const setting = settings.values[name];
  const planned = wanted.get(name);
  return setting.source === 'os' || planned === undefined ? setting.value : (planned ?? '');
}

const isOwn = ({ settings, wanted }: Situation, name: SettingName): boolean =>
  wanted.has(name) || settings.values[name].source === 'os' || settings.values[name].source === 'file';

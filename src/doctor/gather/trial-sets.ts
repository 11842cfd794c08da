import type { ParsedGoproxy, ProxyEntry } from '../../go/goproxy.ts';
import { knownDatabase, parseGosumdb } from '../../go/gosumdb.ts';
import type { Settings } from '../../go/settings.ts';
import { isOpen } from '../../mirrors/gatekeepers.ts';
import type { Mirror } from '../../mirrors/mirror.ts';
import { mayHear } from '../../mirrors/trust.ts';
import type { Need } from '../facts.ts';

/** Modules to download together, and the variables to do that with. */
export interface TrialSet {
  needs: readonly Need[];
  variables: Readonly<Record<string, string>>;
  /** What go does next where nobody has it, left out above so that no public mirror hears the name. */
  whenNotFound?: TrialSet;
}

export interface Scene {
  settings: Pick<Settings, 'values'>;
  goproxy: ParsedGoproxy;
  known: readonly Mirror[];
}

/** The needs by the way on which they may be tried. */
export interface Sorted {
  /** Through GOPROXY as it is. */
  proxied: Need[];
  /** To their origins, as GONOPROXY says. */
  origins: Need[];
  /** Each with a way of its own. */
  apart: TrialSet[];
}

/**
 * Sorts what is needed so that a real download tells nobody what go would not tell, and no public mirror, nor the public checksum
 * database, a name that is private or looks so: such a module is tried as far as the gatekeepers before the first public mirror
 * go, and at its origin where go would come there. What cannot be tried so is left out.
 */
export function sortNeeds(needs: readonly Need[], scene: Scene): Sorted {
  const sorted: Sorted = { proxied: [], origins: [], apart: [] };
  for (const need of needs) {
    const everyoneMayHear = mayHear({ trust: 'public', inEffect: true }, scene.settings, need.path);
    if (need.direct !== null) {
      if (need.looksPrivate) sorted.apart.push({ needs: [need], variables: unseen(need, scene) });
      else sorted.origins.push(need);
    } else if (everyoneMayHear) sorted.proxied.push(need);
    else sorted.apart.push(...quietly(need, scene));
  }
  return sorted;
}

function quietly(need: Need, scene: Scene): TrialSet[] {
  const entries = scene.goproxy.ok ? scene.goproxy.entries : [];
  const isPublic = ({ url }: ProxyEntry): boolean => url !== null && isOpen(scene.known, url);
  const cut = entries.findIndex(isPublic);
  if (cut < 0) return [{ needs: [need], variables: unseen(need, scene) }];
  const [before, behind] = [entries.slice(0, cut), entries.slice(cut)];
  const reachesOrigin =
    behind.at(-1)!.kind === 'direct' && behind.every(entry => entry.kind === 'direct' || isPublic(entry));
  const atOrigin: TrialSet = {
    needs: [{ ...need, direct: need.path }],
    variables: { ...unseen(need, scene), GONOPROXY: added(scene.settings.values.GONOPROXY.value, need.path) },
  };
  if (before.length === 0) return reachesOrigin ? [atOrigin] : [];
  const GOPROXY = before.map(({ text, fallsBackOn }) => `${text}${fallsBackOn === 'any-error' ? '|' : ','}`).join('');
  const alone: TrialSet = { needs: [need], variables: { ...unseen(need, scene), GOPROXY: GOPROXY.slice(0, -1) } };
  return [reachesOrigin ? { ...alone, whenNotFound: atOrigin } : alone];
}

/** Keeps the name from the public checksum database, which go would ask for it with the settings as they are. */
function unseen(need: Need, { settings }: Scene): Record<string, string> {
  const { GOSUMDB, GONOSUMDB } = settings.values;
  const database = parseGosumdb(GOSUMDB.value);
  const isPublic = database.ok && database.kind === 'database' && database.name === knownDatabase.name;
  return isPublic ? { GONOSUMDB: added(GONOSUMDB.value, need.path) } : {};
}

const added = (patterns: string, pattern: string): string => (patterns === '' ? pattern : `${patterns},${pattern}`);

/** The sets with as many modules in each as go the same way. */
export function together(sets: readonly TrialSet[]): TrialSet[] {
  const groups = new Map<string, TrialSet>();
  for (const set of sets) {
    const key = JSON.stringify([
      set.variables.GOPROXY ?? '',
      'GONOPROXY' in set.variables,
      set.whenNotFound ? set.needs : '',
    ]);
    const known = groups.get(key);
    groups.set(key, known ? { needs: [...known.needs, ...set.needs], variables: joined(known, set) } : set);
  }
  return [...groups.values()];
}

function joined({ variables }: TrialSet, other: TrialSet): Record<string, string> {
  const both = Object.entries(other.variables).map(([name, patterns]) => {
    const list = name === 'GOPROXY' ? [patterns] : `${variables[name] ?? ''},${patterns}`.split(',').filter(Boolean);
    return [name, [...new Set(list)].join(',')];
  });
  return { ...variables, ...Object.fromEntries(both) };
}

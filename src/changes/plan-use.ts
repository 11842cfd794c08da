import type { Settings } from '../go/settings.ts';
import { findMirror } from '../mirrors/find.ts';
import type { Mirror } from '../mirrors/mirror.ts';
import { adviceOn } from './advice.ts';
import { type Fallback, type GoproxyChoice, goproxyAsIs, goproxyFor } from './goproxy-value.ts';
import type { Plan, Warning } from './plan.ts';
import { mergePatterns, splitGiven } from './private-patterns.ts';
import { chooseSumdb } from './sumdb-choice.ts';
import { valueInFile } from './value-in-file.ts';

/** What `use` was asked for, beside the proxies. Patterns are lists still to be merged. */
export interface UseRequest {
  choice: GoproxyChoice;
  /** GOPROXY is that already, and stays with what belongs to it: only what else is asked for changes. */
  isKept: boolean;
  mirrors: readonly Mirror[];
  /** Patterns for GOPRIVATE, of the profile and the options. */
  private: readonly string[];
  /** Patterns for GONOPROXY. */
  noProxy: readonly string[];
  sumdb: string | undefined;
  modules: readonly string[];
  sudoUser: string | null;
  /** See `SumdbQuestion`. */
  chosenOver: string | null | undefined;
}

export interface UseOptions {
  fallback?: Fallback | undefined;
  private?: readonly string[] | undefined;
  noProxy?: readonly string[] | undefined;
  sumdb?: string | undefined;
}

type Asked = Pick<UseRequest, 'choice' | 'isKept' | 'mirrors' | 'private' | 'noProxy' | 'sumdb'>;

/**
 * What a name, a URL or a list asks for as a whole: with each mirror of the user's own goes its profile, and the options come on top.
 * Throws a `CliError`, exit code 2, for what is unknown or what go would refuse.
 */
export function useRequest(mirrors: readonly Mirror[], text: string, options: UseOptions): Asked {
  const names = text.split(/[,|]/);
  const profiles = names.flatMap(name => findMirror(mirrors, name) ?? []);
  return {
    choice: goproxyFor(mirrors, text, options.fallback),
    isKept: false,
    mirrors,
    private: splitGiven([...profiles.map(profile => profile.private ?? ''), ...(options.private ?? [])]),
    noProxy: splitGiven([...profiles.map(profile => profile.noProxy ?? ''), ...(options.noProxy ?? [])]),
    sumdb: options.sumdb ?? profiles.find(profile => profile.gosumdb)?.gosumdb,
  };
}

/** The same for the GOPROXY value in effect, which go takes: it stays, but for `--fallback`, and no profile is laid over it again. */
export function keepRequest(mirrors: readonly Mirror[], goproxy: string, options: UseOptions): Asked {
  return {
    choice: goproxyAsIs(mirrors, goproxy, options.fallback),
    isKept: options.fallback === undefined,
    mirrors,
    private: splitGiven(options.private ?? []),
    noProxy: splitGiven(options.noProxy ?? []),
    sumdb: options.sumdb,
  };
}

/** The change that `use` makes: GOPROXY, and what belongs to it. Nothing else is touched. */
export function planUse(settings: Settings, request: UseRequest): Plan {
  const { choice, isKept, mirrors, sumdb: asked, chosenOver } = request;
  const wanted = new Map<string, string | null>(isKept ? [] : [['GOPROXY', choice.value]]);
  const warnings: Warning[] = [];
  const merge = (key: 'GOPRIVATE' | 'GONOPROXY', added: readonly string[]): void => {
    if (added.length === 0) return;
    const merged = mergePatterns(valueInFile(settings, key) ?? '', added);
    wanted.set(key, merged.value);
    warnings.push(...merged.warnings);
  };
  merge('GOPRIVATE', request.private);
  merge('GONOPROXY', request.noProxy);
  const sumdb =
    isKept && asked === undefined
      ? { automatic: false, repaired: null }
      : chooseSumdb({ settings, mirrors, proxies: choice.proxies, asked, chosenOver });
  if (sumdb.value !== undefined) wanted.set('GOSUMDB', sumdb.value);
  if (sumdb.repaired !== null)
    warnings.push({ code: 'gosumdb-repaired', args: { from: sumdb.repaired, to: sumdb.value ?? '' } });
  const { modules, sudoUser } = request;
  return {
    wanted,
    warnings: [...warnings, ...adviceOn({ settings, wanted, choice, mirrors, modules, sudoUser })],
    automatic: sumdb.automatic ? ['GOSUMDB'] : [],
  };
}

import { knownDatabase, parseGosumdb } from '../go/gosumdb.ts';
import { repairGosumdb } from '../go/repair-gosumdb.ts';
import type { Settings } from '../go/settings.ts';
import { findByUrl } from '../mirrors/find.ts';
import type { Mirror } from '../mirrors/mirror.ts';
import { isPublicMirror } from '../mirrors/trust.ts';
import { CliError } from '../system/errors.ts';
import { withPlaceholders } from '../system/secrets.ts';
import { valueInFile } from './value-in-file.ts';

export interface SumdbQuestion {
  settings: Settings;
  mirrors: readonly Mirror[];
  /** The proxies of GOPROXY; `mirror` null for those that nobody knows. */
  proxies: readonly { mirror: Mirror | null }[];
  /** `--sumdb`, or what belongs to the profile: a value, `auto`, or nothing said. */
  asked: string | undefined;
  /** What GOSUMDB was before go-mirror chose the value that is in the file now; undefined where it did not choose it. */
  chosenOver: string | null | undefined;
}

/** What to do with GOSUMDB: `value` undefined leaves it alone, null takes it out of the file. */
export interface SumdbAnswer {
  value?: string | null;
  /** Chosen by go-mirror, so it may be taken back. */
  automatic: boolean;
  /** A value that was broken, and is put right. */
  repaired: string | null;
}

/**
 * The GOSUMDB that goes with a list of proxies. A value that go refuses, or that names a proxy where the database's base belongs, is
 * put right. Where no proxy passes the database through, its address that mainland China can reach is set; where one does
 * again, that choice is taken back. A value of the user's own stays, and `off` is never chosen.
 */
export function chooseSumdb(question: SumdbQuestion): SumdbAnswer {
  const { asked, settings, proxies, chosenOver } = question;
  if (asked !== undefined && asked !== 'auto')
    return { value: validated(asked, question), automatic: false, repaired: null };
  const { source, value: inEffect } = settings.values.GOSUMDB;
  if (source === 'os' && asked === undefined) return { automatic: false, repaired: null };
  const inFile = valueInFile(settings, 'GOSUMDB');
  const repair = inFile === null ? null : repairOf(inFile, question);
  const isDefault = inFile === null ? inEffect === knownDatabase.name : (repair ?? inFile) === knownDatabase.name;
  const repaired = repair === null ? null : inFile;
  if ((isDefault || asked === 'auto') && lacksDatabase(proxies)) {
    return { value: knownDatabase.alias, automatic: true, repaired };
  }
  if (repair !== null) return { value: repair, automatic: false, repaired };
  if (asked === 'auto') return { value: null, automatic: false, repaired };
  if (chosenOver !== undefined && proxies.some(({ mirror }) => mirror?.sumdb === true)) {
    return { value: chosenOver, automatic: false, repaired };
  }
  return { automatic: false, repaired };
}

/** What a GOSUMDB value was meant to be, or null where it is fine. A public mirror's base is never that of the database. */
const repairOf = (value: string, { mirrors }: SumdbQuestion): string | null =>
  repairGosumdb(value, url => isPublicMirror(findByUrl(mirrors, url), url));

function validated(asked: string, question: SumdbQuestion): string {
  const parsed = parseGosumdb(asked);
  if (!parsed.ok) throw new CliError('use.bad-sumdb', { value: asked, detail: parsed.message });
  const repaired = repairOf(asked, question);
  if (repaired !== null)
    throw new CliError('use.sumdb-is-proxy', { value: asked, repaired: withPlaceholders(repaired) });
  return asked;
}

/** Whether it is known of each proxy that it does not pass the checksum database through. */
const lacksDatabase = (proxies: SumdbQuestion['proxies']): boolean =>
  proxies.length > 0 && proxies.every(({ mirror }) => mirror?.sumdb === false);

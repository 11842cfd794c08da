import type { GoFacts } from '../../go/facts.ts';
import type { Remark } from '../../go/judge-settings.ts';
import type { Mirror } from '../../mirrors/mirror.ts';
import { shortPath } from '../../system/context.ts';
import { type Drawing, type Line, result, warn } from '../line.ts';
import { operatorOf } from '../mirror-words.ts';
import { settingsTable } from './settings.ts';

/** What `current` shows. */
export interface Current {
  facts: GoFacts;
  mirror: Mirror | null;
  remarks: readonly Remark[];
  /** A go that is installed where PATH does not lead, where PATH has none. */
  unlisted: { path: string; folder: string } | null;
}

/** Which mirror, which go, which file; then the settings. On stderr why the values may not be what the user expects. */
export function currentTable(current: Current, drawing: Drawing): Line[] {
  const { facts, mirror, remarks } = current;
  const { t, home } = drawing;
  const { go, envFile } = facts.settings;
  const file = (): string => {
    if (envFile.off) return t('current.file-off');
    if (envFile.path === null) return t('current.file-none');
    return t(envFile.exists ? 'current.file' : 'current.file-missing', { path: shortPath(envFile.path, home) });
  };
  const head = [
    mirror ? t('current.mirror', { name: mirror.name, operator: operatorOf(mirror, t) }) : t('current.no-mirror'),
    ...(go ? [t('current.go', { version: go.version, path: go.path })] : []),
    file(),
  ];
  return [result(`${head.join('\n')}\n`), result(settingsTable(facts.settings, remarks, drawing))];
}

/** One line for each reason why the values may not be what the user expects. */
export function warningsOfGo({ facts, unlisted }: Current, { t }: Drawing): Line[] {
  const { toolchain, fault, settings } = facts;
  const version = settings.go?.version ?? '';
  if (!toolchain) {
    const missing = t('current.go-missing', { hint: t('error.go-missing.hint') });
    return [warn(unlisted ? t('current.go-unlisted', unlisted) : missing)];
  }
  if (fault) {
    const { path } = toolchain;
    return [warn(fault.timedOut ? t('current.go-hangs', { path }) : t('current.go-fault', { message: fault.message }))];
  }
  if (!facts.switch || facts.switch.available) return [];
  const { wanted, message } = facts.switch;
  const refused = message.includes('GOTOOLCHAIN');
  return [warn(refused ? t('current.switch-refused', { message, version }) : t('current.switch', { wanted, version }))];
}

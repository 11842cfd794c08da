import { dirname } from 'node:path';
import { type GoFacts, readGoFacts } from '../go/facts.ts';
import { judgeSettings } from '../go/judge-settings.ts';
import { unlistedToolchain } from '../go/toolchain.ts';
import { allMirrors } from '../mirrors/all.ts';
import { mirrorOf } from '../mirrors/find.ts';
import { lookUpIn } from '../mirrors/look-up.ts';
import type { Mirror } from '../mirrors/mirror.ts';
import { operatorOf } from '../report/mirror-words.ts';
import { remarkJson } from '../report/remarks.ts';
import { homeFolder, shortPath } from '../system/context.ts';
import type { Command, Invocation } from './command.ts';
import { mentionLeftovers } from './leftovers.ts';

/** Each setting in effect: value, where it comes from, what it hides; and which mirror that is. */
export const current: Command = async invocation => {
  const { context, out, options, t } = invocation;
  const facts = await readGoFacts(context);
  const { settings } = facts;
  const mirrors = await allMirrors(context, facts, options.catalogue);
  const mirror = mirrorOf(mirrors, settings.values.GOPROXY.value);
  const remarks = judgeSettings(settings, lookUpIn(mirrors));
  const { go, envFile, values } = settings;
  out.json('current', {
    go,
    envFile,
    settings: values,
    mirror: mirror?.name ?? null,
    remarks: remarks.map(remark => remarkJson(remark, t)),
  });
  await warnOfGo(invocation, facts);
  await mentionLeftovers(invocation, settings.envFile.path);
  if (options.json) return 0;
  const { settingsTable } = await import('../report/settings-table.ts');
  out.result(`${headOf(invocation, facts, mirror)}\n`);
  out.result(settingsTable(settings, remarks, { t, paint: out.paint, width: out.width, home: homeFolder(context) }));
  return 0;
};

function headOf({ context, t }: Invocation, { settings }: GoFacts, mirror: Mirror | null): string {
  const { go, envFile } = settings;
  const file = (): string => {
    if (envFile.off) return t('current.file-off');
    if (envFile.path === null) return t('current.file-none');
    return t(envFile.exists ? 'current.file' : 'current.file-missing', {
      path: shortPath(envFile.path, homeFolder(context)),
    });
  };
  return [
    mirror ? t('current.mirror', { name: mirror.name, operator: operatorOf(mirror, t) }) : t('current.no-mirror'),
    ...(go ? [t('current.go', { version: go.version, path: go.path })] : []),
    file(),
  ].join('\n');
}

/** One line on stderr for each reason why the values may not be what the user expects. */
async function warnOfGo({ context, out, t }: Invocation, facts: GoFacts): Promise<void> {
  const { toolchain, fault, settings } = facts;
  const version = settings.go?.version ?? '';
  if (!toolchain) {
    const path = await unlistedToolchain(context);
    const missing = t('current.go-missing', { hint: t('error.go-missing.hint') });
    out.warn(path ? t('current.go-unlisted', { path, folder: dirname(path) }) : missing);
  } else if (fault) {
    const { path } = toolchain;
    out.warn(fault.timedOut ? t('current.go-hangs', { path }) : t('current.go-fault', { message: fault.message }));
  } else if (facts.switch && !facts.switch.available) {
    const { wanted, message } = facts.switch;
    const refused = message.includes('GOTOOLCHAIN');
    out.warn(refused ? t('current.switch-refused', { message, version }) : t('current.switch', { wanted, version }));
  }
}

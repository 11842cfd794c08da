import type { GoproxyChoice } from '../changes/goproxy-value.ts';
import type { Warning } from '../changes/plan.ts';
import { parseGosumdb } from '../go/gosumdb.ts';
import type { Settings } from '../go/settings.ts';
import type { MirrorProbe } from '../probe/result.ts';
import type { Context } from '../system/context.ts';

const deadlineMs = 2000;

/** One short look at the mirrors that were just set: warns of what does not answer as a Go module proxy. Ends within 2 s. */
export async function probeAfter(context: Context, { proxies }: GoproxyChoice, settings: Settings): Promise<Warning[]> {
  if (proxies.length === 0) return [];
  const { probeMirrors } = await import('../probe/mirrors.ts');
  const targets = proxies.map(({ name, url, trust }) => ({ name, url, trust, counts: true, inEffect: true }));
  const probes = await probeMirrors(context, targets, { deadlineMs, settings, refine: false });
  return probes.flatMap(probe => judge(probe, settings));
}

/** A gatekeeper may rightly lack the module that is asked for; that it has proven nothing is worth a warning all the same. */
function judge({ name, status, cause, detail, checksumDatabase, content }: MirrorProbe, settings: Settings): Warning[] {
  if (status === 'fail' || (cause !== null && !content.verified))
    return [{ code: 'probe-failed', args: { name, cause: cause ?? '', detail } }];
  const database = parseGosumdb(settings.values.GOSUMDB.value);
  const asksItself = database.ok && database.kind === 'database' && database.url === null;
  return asksItself && checksumDatabase.supported === false ? [{ code: 'sumdb-not-served', args: { name } }] : [];
}

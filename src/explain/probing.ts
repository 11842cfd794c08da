import type { Cause } from '../causes.ts';
import { looksPrivate } from '../go/private-names.ts';
import type { Context } from '../system/context.ts';
import { addressOf, moduleNamed } from './subject.ts';
import type { Verdict } from './verdict.ts';

/** What a probe from here said about the address that failed. */
export interface Probed {
  url: string;
  ok: boolean;
  status: number | null;
  /** What is at fault from here, now; null where it answers. */
  cause: Cause | null;
  detail: string;
}

/** The whole of it, as for `doctor`. */
const deadlineMs = 10_000;

/**
 * Asks the address that a log complains of, where the text alone leaves something open. A module that the checksum database
 * does not know is looked up at its own host, which no private name has to fear.
 */
export async function probeVerdict(context: Context, verdict: Verdict): Promise<Probed | null> {
  const module = moduleNamed(verdict);
  const url = asksOrigin(verdict) && module ? originOf(module) : addressOf(verdict);
  if (!url) return null;
  const { probeUrl } = await import('../probe/url.ts');
  const { ok, cause, detail, http } = await probeUrl(context, url, { deadlineMs });
  return { url: url.href, ok, status: http?.status ?? null, cause, detail };
}

/** The verdict as the probe leaves it: a fault that is seen from here is the cause; whether a page is public decides a 404. */
export function withProbe(verdict: Verdict, probed: Probed | null): Verdict {
  if (!probed) return verdict;
  if (asksOrigin(verdict)) {
    const isPublic = probed.status === 200 && !looksPrivate(new URL(probed.url).host);
    const others = [verdict.cause, ...(verdict.rule.or ?? [])];
    const cause = others.find(one => (isPublic ? one !== 'sumdb-private-module' : one === 'sumdb-private-module'));
    return { ...verdict, cause: cause ?? verdict.cause };
  }
  const ownFault = verdict.rule.transport && verdict.cause === verdict.rule.cause;
  const decided = ownFault && probed.cause && probed.cause !== 'stalled';
  return decided ? { ...verdict, cause: probed.cause! } : verdict;
}

const asksOrigin = ({ cause, rule }: Verdict): boolean =>
  cause === 'sumdb-private-module' || (rule.or?.includes('sumdb-private-module') ?? false);

function originOf(module: string): URL | null {
  const url = `https://${module.split('/').slice(0, 3).join('/')}?go-get=1`;
  return URL.canParse(url) ? new URL(url) : null;
}

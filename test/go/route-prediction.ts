import type { Route } from '../../src/go/route.ts';
import { parseUrl } from '../../src/system/network/go-url.ts';
import type { Combination } from './route-combinations.ts';
import type { Asked } from './route-lab.ts';

type Outcome = 'ok' | 'not-found' | 'error';
type Step = Route['steps'][number];

/** Follows a route through servers that behave as the combination says: who is asked, in which order; `found`: the files were had. */
export function predict(route: Route, { hosts }: Combination): Asked & { found: boolean } {
  const files: string[] = [];
  const origin = route.module.split('/')[0]!;
  const found = follow(route.steps, step => {
    if (step.kind === 'off') return 'not-found';
    if (step.kind === 'direct') {
      files.push(origin);
      return 'error';
    }
    return visit(step, files, host => statusOf(hosts[host]?.files));
  });
  return { files: [...new Set(files)], sums: [...new Set(found ? sumsOf(route, hosts) : [])], found };
}

function sumsOf({ checksumDatabase: { used, name, via }, steps }: Route, hosts: Combination['hosts']): string[] {
  if (!used) return [];
  const sums: string[] = [];
  if (via !== null && via !== 'proxy') return [hostOf(via)];
  // The errors of the proxies count by rank (TryProxies): one that is no "not found" is forgotten only for that of `direct`.
  let failed = false;
  let direct = false;
  const found = follow(steps, step => {
    direct = step.kind === 'direct';
    if (step.kind !== 'proxy') return 'not-found';
    const outcome = visit(step, sums, host => statusOf(hosts[host]?.sums));
    failed ||= outcome === 'error';
    return outcome;
  });
  if (!found && (!failed || direct)) sums.push(name!);
  return sums;
}

/** Goes through the steps until one is content, or one fails in a way that its separator does not forgive. */
function follow(steps: readonly Step[], ask: (step: Step) => Outcome): boolean {
  for (const step of steps) {
    const outcome = ask(step);
    if (outcome === 'ok') return true;
    if (outcome === 'error' && step.fallsBackOn !== 'any-error') return false;
  }
  return false;
}

function visit({ url }: Step, asked: string[], answer: (host: string) => Outcome): Outcome {
  const parsed = parseUrl(url!);
  if (!parsed.ok) throw new Error(parsed.message);
  const { scheme, host, userInfo } = parsed.url;
  if (scheme === 'file') return 'not-found';
  if (host === '' || (scheme === 'http' && userInfo !== null)) return 'error'; // go does not even ask
  asked.push(host);
  return scheme === 'https' ? 'error' : answer(host);
}

function hostOf(url: string): string {
  const parsed = parseUrl(url);
  return parsed.ok ? parsed.url.host : '';
}

function statusOf(status = 404): Outcome {
  if (status === 200) return 'ok';
  return status === 404 || status === 410 ? 'not-found' : 'error';
}

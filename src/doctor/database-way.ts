import type { ParsedGoproxy, ProxyEntry } from '../go/goproxy.ts';
import type { MirrorProbe } from '../probe/result.ts';

/** Where go ends up when it looks for the way to the checksum database through the proxies. */
type DatabaseWay =
  /** This mirror says that it passes the database through: nobody else is asked then. */
  | { kind: 'mirror'; entry: ProxyEntry; probe: MirrorProbe }
  /** This mirror refuses or fails at the question, and go stops there. `status`: what it answered, or null. */
  | { kind: 'stopped'; entry: ProxyEntry; probe: MirrorProbe; status: number | null }
  /** No mirror has it: go asks the database's own host. `passed`: the mirrors that said so. */
  | { kind: 'own'; passed: MirrorProbe[] }
  /** A mirror on the way did not say. */
  | { kind: 'unknown' };

/**
 * Follows go from proxy to proxy, each asked for `sumdb/NAME/supported`: 200 ends the search, 404 and 410 pass it on, any other
 * failure only before a `|` (cmd/go/internal/modfetch/sumdb.go, `initBase`).
 */
export function databaseWay(goproxy: ParsedGoproxy, probeOf: (url: string) => MirrorProbe | undefined): DatabaseWay {
  const passed: MirrorProbe[] = [];
  for (const entry of goproxy.ok ? goproxy.entries : []) {
    if (entry.kind !== 'proxy') break;
    const probe = probeOf(entry.url!);
    const { supported } = probe?.checksumDatabase ?? { supported: null };
    if (!probe || (supported === null && probe.status !== 'fail')) return { kind: 'unknown' };
    if (supported) return { kind: 'mirror', entry, probe };
    const status = answerOf(probe);
    const passesOn = status === 404 || status === 410 || entry.fallsBackOn === 'any-error';
    if (!passesOn) return { kind: 'stopped', entry, probe, status };
    passed.push(probe);
  }
  return { kind: 'own', passed };
}

/** The status of its answer to the question, or null. */
const answerOf = ({ requests }: MirrorProbe): number | null =>
  requests.findLast(({ url }) => /\/sumdb\/.+\/supported$/.test(url))?.status ?? null;

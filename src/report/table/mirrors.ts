import type { Translate } from '../../messages/index.ts';
import type { MirrorProbe } from '../../probe/result.ts';
import { causeInShort } from '../cause-in-short.ts';
import type { Drawing } from '../line.ts';
import { type Column, renderTable } from './columns.ts';

/** What the table is about besides the probes. */
export interface Subject {
  /** The mirrors in effect get a star. */
  inEffect: ReadonlySet<string>;
  /** Whether the estimate is for the project of this folder or for the reference set. */
  ofProject: boolean;
}

const none = '–';

/** The table of `test` and `doctor`: one line a mirror, verdict, stages in milliseconds, checksum database, estimated pull, score. */
export function mirrorTable(probes: readonly MirrorProbe[], subject: Subject, drawing: Drawing): string {
  const { t, width } = drawing;
  const columns: Column[] = [
    { title: '' },
    { title: t('probe.table.mirror') },
    { title: t('probe.table.dns'), align: 'right', droppable: 4 },
    { title: t('probe.table.tcp'), align: 'right', droppable: 3 },
    { title: t('probe.table.tls'), align: 'right', droppable: 2 },
    { title: t('probe.table.first-byte'), align: 'right', droppable: 1 },
    { title: t('probe.table.checksums'), droppable: 5 },
    { title: t(subject.ofProject ? 'probe.table.this-project' : 'probe.table.reference-pull'), align: 'right' },
    { title: t('probe.table.score'), align: 'right' },
  ];
  return renderTable(
    columns,
    probes.map(probe => cells(probe, subject, drawing)),
    width,
  );
}

function cells(probe: MirrorProbe, { inEffect }: Subject, { t, paint }: Drawing): string[] {
  const { phases, status } = probe;
  const colour = { ok: paint.green, degraded: paint.yellow, fail: paint.red }[status];
  const failed = status === 'fail';
  return [
    colour({ ok: '✓', degraded: '!', fail: '✗' }[status]),
    `${probe.name}${inEffect.has(probe.url) ? ' *' : ''}`,
    milliseconds(phases.dnsMs),
    milliseconds(phases.connectMs),
    milliseconds(phases.tlsMs),
    milliseconds(phases.ttfbMs),
    checksums(probe, t),
    failed ? colour(causeInShort(probe, t)) : pullTime(probe, t),
    failed ? colour('0') : score(probe),
  ];
}

function checksums({ checksumDatabase, status }: MirrorProbe, t: Translate): string {
  const { supported, verified } = checksumDatabase;
  if (verified) return t('probe.checksums.verified');
  if (verified === false) return t('probe.checksums.broken');
  if (supported === false) return t('probe.checksums.not-served');
  return status === 'fail' ? none : supported ? t('probe.checksums.unproven') : none;
}

/** "38 s ± 4", "85 ms ± 6": with as many digits as they deserve. */
function pullTime({ estimatedPullMs, uncertaintyMs, cause }: MirrorProbe, t: Translate): string {
  if (estimatedPullMs === null) return cause ? causeInShort({ cause }, t) : none;
  const [unit, show] = estimatedPullMs < 950 ? (['ms', Math.round] as const) : (['s', seconds] as const);
  const spread = uncertaintyMs ? ` ± ${show(uncertaintyMs)}` : '';
  return `${show(estimatedPullMs)} ${unit}${spread}`;
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(ms < 10_000 ? 1 : 0);
}

function milliseconds(ms: number | null): string {
  if (ms === null) return none;
  return ms < 10 ? ms.toFixed(1) : String(Math.round(ms));
}

function score(probe: MirrorProbe): string {
  return probe.score === null ? none : probe.score.toFixed(probe.score === 100 ? 0 : 1);
}

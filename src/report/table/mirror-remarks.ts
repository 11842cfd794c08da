import type { Translate } from '../../messages/index.ts';
import type { MirrorProbe } from '../../probe/result.ts';
import { causeInShort } from '../cause-in-short.ts';

/** What a table cell has no room for: why a mirror fails, in its own words, and how far one lags. */
export function mirrorRemarks(probes: readonly MirrorProbe[], t: Translate): string[] {
  return probes.flatMap(probe => {
    const { name, target, detail, cause, freshness } = probe;
    const remarks: string[] = [];
    if (cause) {
      const args = { name, target, cause: causeInShort(probe, t), detail };
      remarks.push(detail ? t('probe.failed.detail', args) : t('probe.failed', args));
    }
    if (freshness && freshness.behind > 0) {
      const { module, behind, newest } = freshness;
      remarks.push(t('probe.lagging', { name, module, count: behind, newest: newest ?? '–' }));
    }
    if (freshness && freshness.treeBehind > 0) remarks.push(t('probe.old-tree', { name, count: freshness.treeBehind }));
    return remarks;
  });
}

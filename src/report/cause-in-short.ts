import type { Translate } from '../messages/index.ts';
import type { MirrorProbe } from '../probe/result.ts';

/** A cause in a few words, for a cell: "name not resolved", "stalled"; a dash where there is none. */
export function causeInShort({ cause }: Pick<MirrorProbe, 'cause'>, t: Translate): string {
  return (cause && t.optional(`probe.cause.${cause}`)) ?? cause ?? '–';
}

import { moduleInUrl, modulesIn, urlsIn } from './tokens.ts';
import type { Verdict } from './verdict.ts';

/** The URL that a message is about: the last before the deciding words, else the first behind them. Null where it spells none. */
export function addressOf({ entry, match }: Verdict): URL | null {
  const urls = urlsIn(entry.text).filter(one => URL.canParse(one.url));
  const found = urls.findLast(one => one.at <= match.last) ?? urls[0];
  return found ? new URL(found.url) : null;
}

/** The module that a message is about, else a path that stands for it. */
export function moduleNamed({ entry, match, culprit }: Verdict): string | null {
  const found = modulesIn(entry.text);
  const named = culprit && ['module', 'package'].includes(culprit.kind) ? culprit.value : null;
  const asked = urlsIn(entry.text).map(({ url }) => moduleInUrl(url));
  return (
    (found.findLast(one => one.at < match.last) ?? found[0])?.path ?? named ?? asked.find(one => one !== null) ?? null
  );
}

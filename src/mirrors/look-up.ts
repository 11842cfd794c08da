import type { LookUp } from '../go/judge-settings.ts';
import { findByUrl } from './find.ts';
import type { Mirror } from './mirror.ts';
import { isPublicMirror } from './trust.ts';

/** What the mirrors known say of a URL, for the judge of settings. */
export function lookUpIn(mirrors: readonly Mirror[]): LookUp {
  return url => {
    const mirror = findByUrl(mirrors, url);
    if (!mirror) return null;
    const { name, status, reason, useInstead: instead } = mirror;
    return { name, status, reason, instead, public: isPublicMirror(mirror, url) };
  };
}

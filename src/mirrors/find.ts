import { parseGoproxy } from '../go/goproxy.ts';
import type { Mirror } from './mirror.ts';

/** The mirror with this name or alias, in any case of letters; the user's own win. Null where none has it. */
export function findMirror(mirrors: readonly Mirror[], name: string): Mirror | null {
  const wanted = name.trim().toLowerCase();
  const byName = mirrors.find(mirror => mirror.name.toLowerCase() === wanted);
  return byName ?? mirrors.find(mirror => mirror.aliases.some(alias => alias.toLowerCase() === wanted)) ?? null;
}

/** The mirror that a URL belongs to, credentials and trailing slashes aside; also one that never existed, by its host. */
export function findByUrl(mirrors: readonly Mirror[], url: string): Mirror | null {
  const wanted = comparable(url);
  if (!wanted) return null;
  const same = mirrors.find(mirror =>
    [mirror.url, ...mirror.urls].some(known => known && comparable(known) === wanted),
  );
  const host = hostOf(url);
  return same ?? mirrors.find(mirror => host !== null && mirror.hosts.includes(host)) ?? null;
}

/** The mirror that a GOPROXY value asks first, or null: that is the one in effect. */
export function mirrorOf(mirrors: readonly Mirror[], goproxyValue: string): Mirror | null {
  // A distribution's default may be `direct`, which is nobody's mirror.
  const exact = mirrors.find(({ url, goproxy }) => url !== null && goproxy === goproxyValue);
  const first = firstProxy(goproxyValue);
  return exact ?? (first === null ? null : findByUrl(mirrors, first));
}

/** Whether a GOPROXY value asks this mirror first. */
export function isInEffect(mirror: Mirror, goproxyValue: string): boolean {
  return mirrorOf([mirror], goproxyValue) !== null;
}

/** The first entry of a GOPROXY value, or null where that is no address, or go refuses the value. */
function firstProxy(value: string): string | null {
  const parsed = parseGoproxy(value);
  return parsed.ok ? parsed.entries[0]!.url : null;
}

/** A URL as far as it says where to ask; go takes a bare host as https. Null where it is none. */
function comparable(url: string): string | null {
  const parsed = parse(url);
  return parsed && `${parsed.protocol}//${parsed.host}${parsed.pathname.replace(/\/+$/, '')}`;
}

const hostOf = (url: string): string | null => parse(url)?.hostname ?? null;

function parse(url: string): URL | null {
  try {
    return new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(url) ? url : `https://${url}`);
  } catch {
    return null;
  }
}

import { repairGoproxy } from '../go/repair-goproxy.ts';
import { CliError } from '../system/errors.ts';
import { withPlaceholders } from '../system/secrets.ts';
import { findMirror } from './find.ts';
import type { Mirror } from './mirror.ts';
import type { OwnMirror } from './own.ts';

/** Words that mean something else where a mirror's name may stand. */
const reserved = new Set(['direct', 'off', 'none', 'auto']);

/**
 * A mirror to be saved, checked: its name is none of the catalogue's (but those of templates may be taken), its URL one that go can ask. Throws a `CliError`, exit code 2.
 */
export function newMirror(catalogue: readonly Mirror[], given: OwnMirror): OwnMirror {
  const name = given.name.trim();
  if (!/^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u.test(name) || reserved.has(name.toLowerCase())) {
    throw new CliError('mirror.bad-name', { name: given.name });
  }
  const taken = findMirror(catalogue, name);
  if (taken && !taken.template) throw new CliError('mirror.name-taken', { name, known: taken.name });
  return { ...given, name, url: checkedUrl(given.url.trim()) };
}

/** A URL that go takes as a module proxy; a bare host is given the scheme that go would give it. */
function checkedUrl(given: string): string {
  const url = /^[\w.-]+(:\d+)?(\/|$)/.test(given) && /[.:]/.test(given) ? `https://${given}` : given;
  if (/[,|\s]/.test(given) || given === '') throw new CliError('mirror.not-one-url', { url: given });
  const repaired = repairGoproxy(given);
  if (repaired !== null)
    throw new CliError('mirror.mistyped-url', { url: given, repaired: withPlaceholders(repaired) });
  const parsed = URL.canParse(url) ? new URL(url) : null;
  const usable =
    parsed && /^(https?|file):$/.test(parsed.protocol) && (parsed.protocol !== 'file:' || parsed.host === '');
  if (!usable || !/^(https?|file):\/\//i.test(url)) throw new CliError('mirror.bad-url', { url: given });
  return url;
}

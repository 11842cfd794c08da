import type { Cause, Reason } from '../causes.ts';
import { looksPrivate } from '../go/private-names.ts';
import { hasGatekeeper } from '../mirrors/gatekeepers.ts';
import type { Mirror } from '../mirrors/mirror.ts';
import { isPublicMirror } from '../mirrors/trust.ts';
import type { Fix } from './explanation.ts';
import type { Entry } from './log/entries.ts';
import type { Machine } from './machine.ts';
import { addressOf } from './subject.ts';
import { urlsIn } from './tokens.ts';
import type { Verdict } from './verdict.ts';

/** Fixes that fetch from another mirror than the one that failed. */
const elsewhere = new Set(['use-fastest', 'use-known']);
/** Those that leave the mirror, or what verifies its modules, aside. */
const around = new Set([...elsewhere, 'pull', 'private-add', 'nosumdb-add', 'sumdb-cn', 'insecure']);

/** A block, also one of a company's gateway, and a wrong checksum are answers, no faults of a mirror: nothing leads around them. */
export function isAnswer(cause: Cause, reason: Reason | null): boolean {
  return isBlock(reason) || reason === 'web-filter' || cause.startsWith('checksum-mismatch');
}

export const isBlock = (reason: Reason | null): boolean => reason === 'malware' || reason === 'policy';

/**
 * Whether a gatekeeper decides what is fetched: one of the mirrors that the log shows is none of the public ones, or the user's GOPROXY
 * names one that is none. Nobody may stand in for it, and no pattern may lead past it.
 */
export function isGuarded(verdict: Verdict, machine: Machine): boolean {
  const { settings, known } = machine;
  if (settings && hasGatekeeper({ settings, known })) return true;
  if (verdict.asked.some(origin => !isPublicPlace(new URL(origin), known))) return true;
  if (verdict.cause === 'goproxy-malformed') return namesOther(verdict.entry, known);
  if (verdict.place === 'sumdb') return isGuardedPassthrough(verdict.entry, known);
  const ofMirror =
    verdict.place === 'proxy' || verdict.place === 'toolchain' || /^(?:mirror|captive)-/.test(verdict.cause);
  const asked = ofMirror && verdict.place !== 'page' && verdict.place !== 'vcs' ? addressOf(verdict) : null;
  return asked !== null && !isPublicPlace(asked, known);
}

/** Whether a malformed GOPROXY names a host that is no public mirror, as in `missing scheme: goproxy`: it was meant to be asked. */
function namesOther({ text }: Entry, known: readonly Mirror[]): boolean {
  const named =
    text.match(/\bparse "(?:[a-z]{2,9}:\/{0,2})?([\w.-]{1,200})/i)?.[1] ??
    text.match(/\b[a-z]{2,9}:\/{1,2}([\w.-]{1,200})/i)?.[1] ??
    text.match(/missing scheme: ([\w.-]{1,200})/)?.[1];
  if (!named || /^(?:off|direct|none|on)$/i.test(named)) return false;
  const url = `https://${named}`;
  return URL.canParse(url) && !isPublicPlace(new URL(url), known);
}

/** Whether it was a gatekeeper that was asked for the records of the checksum database, or a database of one's own. */
function isGuardedPassthrough({ text, bodyAt }: Entry, known: readonly Mirror[]): boolean {
  const asked = urlsIn(text.slice(0, bodyAt)).find(({ url, host }) => url.includes('/sumdb/') || looksPrivate(host));
  return asked !== undefined && URL.canParse(asked.url) && !isPublicPlace(new URL(asked.url), known);
}

/** Causes whose advice is to fetch from another place, or past a mirror. */
const leadsElsewhere =
  /^(?:mirror-|captive-|dns-|connect|network-|tls-|truncated-|sumdb-unreachable|stalled|insecure-)/;

/** Whether the advice of the cause holds: behind a gatekeeper none that leads elsewhere does. */
export const mayStandAside = (verdict: Verdict, machine: Machine): boolean =>
  !leadsElsewhere.test(verdict.cause) || !isGuarded(verdict, machine);

/** Whether a fix may be proposed: `module` is the one that failed, null where the log names none. */
export function mayPropose(fix: Fix, scene: { answer: boolean; guarded: boolean; module: string | null }): boolean {
  if (scene.answer) return !around.has(fix.code);
  const isPrivate = scene.module !== null && looksPrivate(scene.module);
  if (scene.guarded && (fix.code === 'private-add' || fix.code === 'sumdb-cn')) return false;
  // No mirror has it: nothing but its origin can help.
  if (isPrivate && !scene.guarded && fix.code === 'pull') return false;
  return !elsewhere.has(fix.code) || !(scene.guarded || isPrivate);
}

/** A host of a public mirror: of the catalogue, or below Go's own domains. */
export function isPublicPlace({ hostname }: URL, known: readonly Mirror[]): boolean {
  if (/(?:^|\.)golang\.(?:org|google\.cn)$/.test(hostname)) return true;
  return known.some(
    mirror =>
      isPublicMirror(mirror, mirror.url ?? '') &&
      (mirror.hosts.includes(hostname) ||
        [mirror.url, ...mirror.urls].some(
          url => url !== null && URL.canParse(url) && new URL(url).hostname === hostname,
        )),
  );
}

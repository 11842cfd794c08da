import type { Entry } from './log/entries.ts';
import { blocks } from './refusal.ts';
import type { Shown } from './shown.ts';
import { urlsIn } from './tokens.ts';

/** What a log says besides the message that decides. A fix must lead around none of it. */
export interface Answers {
  /** A module was blocked, or its bits were wrong. */
  blocked: boolean;
  /** `https://host` of whoever was asked for modules, or is named in GOPROXY. */
  readonly asked: Set<string>;
}

export const noAnswers = (): Answers => ({ blocked: false, asked: new Set() });

const ofProxy = /\/@v\/|\/@latest\b|\/sumdb\//;
const mostAsked = 100;

/** Notes who was asked in a message, and whether he said no. `shown`: what the log shows of his answer beside go's words. */
export function noteAnswers(entry: Entry, shown: Shown | null, answers: Answers): void {
  const { kind, folded, text, bodyAt } = entry;
  if (kind === 'note') return;
  const listAt = folded.indexOf('goproxy=');
  if (listAt >= 0) ask(text.slice(listAt, endOfWord(text, listAt)), answers);
  if (!ofProxy.test(folded) && !folded.includes('checksum mismatch')) return;
  ask(text.slice(0, bodyAt), answers, ofProxy);
  answers.blocked ||= kind === 'failure' && (folded.includes('checksum mismatch') || blocks(entry, shown));
}

function ask(text: string, { asked }: Answers, only?: RegExp): void {
  for (const { url } of urlsIn(text)) {
    if (asked.size < mostAsked && (!only || only.test(url)) && URL.canParse(url)) asked.add(new URL(url).origin);
  }
}

function endOfWord(text: string, from: number): number {
  const at = text.indexOf(' ', from);
  return at < 0 ? text.length : at;
}

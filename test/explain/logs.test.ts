import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { explanationOf } from '../../src/explain/explain.ts';
import { loadMessages } from '../../src/messages/index.ts';
import { elsewhere } from './machine.ts';
import { verdictOf } from './verdict.ts';

/** A log of a failed pull as one place writes it, with what a reader there is to be told. */
interface Log {
  id: string;
  output: string;
  cause: string;
  /** Other causes that are fair. */
  accept?: string[];
  reason: string | null;
  reasonAccept?: string[];
  /** A text of the log; null where it names none. */
  culprit: string | null;
  culpritAlso?: string[];
  /** Patterns, one of which a fix has to match, and such as no fix may match. */
  must?: string[];
  mustNot?: string[];
}

const logs = readFileSync(join(import.meta.dirname, 'logs.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map(line => JSON.parse(line) as Log);

const t = await loadMessages('en');

/** Containers, CI, package builders, editors, shells, systems, and what servers answer: written apart from the rules, with what is fair. */
describe('a log of another place', () => {
  it.each(logs.map(log => [log.id, log] as const))('%s', async (_, log) => {
    const { cause, reason, culprit, fixes } = explanationOf(await verdictOf(log.output), elsewhere);
    expect([log.cause, ...(log.accept ?? [])]).toContain(cause);
    expect([log.reason ?? null, ...(log.reasonAccept ?? [])]).toContain(reason);
    if (log.culprit !== null) {
      const fair = [log.culprit, ...(log.culpritAlso ?? [])];
      expect(
        fair.filter(name => culprit && (name.includes(culprit.value) || culprit.value.includes(name))),
      ).not.toEqual([]);
    }
    const words = [`explain.fix.${cause}`, ...fixes.map(({ code }) => `explain.why.${code}`)];
    const texts = [...fixes.map(({ command }) => command), ...words.map(code => t.optional(code) ?? '')];
    for (const { command } of fixes)
      for (const wrong of log.mustNot ?? []) expect(command).not.toMatch(new RegExp(wrong));
    if (log.must) expect(texts.join('\n')).toMatch(new RegExp(log.must.map(part => `(?:${part})`).join('|'), 'im'));
  });
});

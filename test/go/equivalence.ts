import fc from 'fast-check';
import { parseGoproxy } from '../../src/go/goproxy.ts';
import { parseGosumdb } from '../../src/go/gosumdb.ts';
import { parseGovcs, vcsRuleOf } from '../../src/go/govcs.ts';
import { checkModulePath, escapePath, escapeVersion } from '../../src/go/module-path.ts';
import { matchingPattern } from '../../src/go/patterns.ts';
import { parseUrl, redactUrl } from '../../src/system/network/go-url.ts';
import { questions } from './generate.ts';
import { type Answer, askJudge, type Question, type SettingKind } from './judge.ts';

export interface Disagreement {
  question: Question<SettingKind>;
  go: unknown;
  ours: unknown;
}

export interface Comparison {
  asked: number;
  /** How many of them go accepts (or matches): neither none nor all, or the run would prove little. */
  accepted: number;
  disagreements: Disagreement[];
}

/** Asks go and ourselves about generated values of one kind; the same seed gives the same values. */
export async function compare(kind: SettingKind, count: number, seed: number): Promise<Comparison> {
  const asked = fc.sample(questions[kind], { numRuns: count, seed });
  const answers = await askJudge(asked);
  const pairs = asked.map((question, index) => ({ question, go: fromGo(kind, answers[index]!), ours: ours(question) }));
  const disagreements = pairs.filter(({ go, ours }) => JSON.stringify(go) !== JSON.stringify(ours));
  const accepted = answers.filter(({ error, match }) => (kind === 'pattern' ? match : error === '')).length;
  return { asked: asked.length, accepted, disagreements };
}

function fromGo(kind: SettingKind, { error, list, text, match }: Answer): unknown {
  if (error) return { error: comparable(error) };
  if (kind === 'pattern') return match;
  if (kind === 'path' || kind === 'version') return text;
  return kind === 'goproxy' ? pairsOf(list!) : (list ?? []);
}

/** Where only go can say more than we do (the parts of a URL as a Go struct, which rule of an address is broken), up to there. */
function comparable(message: string): string {
  return message
    .replace(/^(invalid sumdb name \(must be host\[\/path\]\)).*/s, '$1')
    .replace(/(invalid host: ParseAddr).*/s, '$1');
}

/** URL and separator of each entry but the last, whose separator means nothing. */
function pairsOf(list: readonly string[]): string[] {
  return list.filter((text, index) => index % 2 === 0 || (index < list.length - 1 && text));
}

function ours({ Kind, Value, Path }: Question<SettingKind>): unknown {
  switch (Kind) {
    case 'goproxy': {
      const parsed = parseGoproxy(Value);
      if (!parsed.ok) return { error: comparable(parsed.message) };
      const marks = { 'any-error': '|', 'not-found': ',' };
      return parsed.entries.flatMap(({ kind, url, fallsBackOn }) => [
        url ?? kind,
        ...(fallsBackOn ? [marks[fallsBackOn]] : []),
      ]);
    }
    case 'gosumdb': {
      const parsed = parseGosumdb(Value);
      if (!parsed.ok) return { error: comparable(parsed.message) };
      if (parsed.kind === 'off') return { error: 'checksum database disabled by GOSUMDB=off' };
      const url = parsed.url === null ? null : parseUrl(parsed.url);
      return [parsed.name, parsed.key, ...(url?.ok ? [redactUrl(url.url)] : [])];
    }
    case 'govcs': {
      const parsed = parseGovcs(Value);
      if (!parsed.ok) return { error: parsed.message };
      const { allowed } = vcsRuleOf(parsed.rules, Path, 'private.example.com');
      return ['git', 'hg', 'svn', 'bzr', 'fossil'].filter(tool => allowed.includes(tool) || allowed.includes('all'));
    }
    case 'pattern':
      return matchingPattern(Value, Path) !== null;
    case 'path':
      return attempt(() => escapePath(Path), checkModulePath(Path));
    case 'version':
      return attempt(() => escapeVersion(Value), null);
  }
}

function attempt(escaped: () => string, refused: string | null): unknown {
  if (refused) return { error: refused };
  try {
    return escaped();
  } catch (error) {
    return { error: (error as Error).message };
  }
}

import type { Check } from '../check.ts';
import type { DoctorFacts } from '../facts.ts';
import { type Finding, note, problem } from '../finding.ts';
import { asksDatabase, asksDatabaseFor, pullWorks } from '../judge.ts';
import { authorityIn } from '../target.ts';

/** Whether go can verify what it downloads: through the mirrors in effect, at the URL of GOSUMDB, or at the database's own host. */
export const database: Check = {
  id: 'database',
  group: 'database',
  applies: ({ database: facts }) => facts !== null,
  run: facts => {
    const { base } = facts.database!;
    if (provenByPull(facts)) return [note('pass', 'database-verifies', authorityIn(base) ?? base)];
    const status = asksDatabase(facts) ? 'fail' : 'warn';
    const found = way(facts, status);
    return [found ?? note('pass', 'database-verifies', authorityIn(base) ?? base)];
  },
};

/** A real download in this run had to verify, and did. */
function provenByPull(facts: DoctorFacts): boolean {
  return pullWorks(facts) && facts.trials.some(({ need, outcome }) => outcome === 'ok' && asksDatabaseFor(need, facts));
}

/** What goes wrong on the way that go takes to the database (cmd/go/internal/modfetch/sumdb.go), or null. */
function way(facts: DoctorFacts, status: 'fail' | 'warn'): Finding | null {
  const { gosumdb, goproxy } = facts;
  const own = facts.database!;
  const proxied = gosumdb.ok && gosumdb.kind === 'database' && gosumdb.url === null && goproxy.ok;
  for (const entry of proxied ? goproxy.entries : []) {
    if (entry.kind !== 'proxy') break;
    const mirror = facts.mirrors.find(({ counts, url }) => counts && url === entry.url);
    if (!mirror) continue;
    const { supported, verified, cause } = mirror.checksumDatabase;
    const target = authorityIn(mirror.url) ?? mirror.url;
    if (supported && cause)
      return problem(status, cause, target, { args: { name: mirror.name }, detail: mirror.detail });
    if (supported)
      return verified === false ? problem(status, 'sumdb-unreachable', target, { detail: mirror.detail }) : null;
    // A mirror that fails altogether is the finding; what lies behind it was not reached.
    if (mirror.status === 'fail') return null;
    const refused = supported === false && /\b(?:4(?!04|10)\d\d|5\d\d)\b/.test(mirror.detail);
    if (refused && entry.fallsBackOn !== 'any-error') {
      return problem(status, 'sumdb-unreachable', target, { args: { name: mirror.name }, detail: mirror.detail });
    }
  }
  if (own.ok !== false) return null;
  const cause =
    own.cause === 'sumdb-bad-response' || own.cause === 'http-proxy-misconfigured' ? own.cause : 'sumdb-unreachable';
  return problem(status, cause, own.target, { detail: own.detail });
}

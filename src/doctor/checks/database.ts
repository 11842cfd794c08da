import { authorityIn } from '../authority.ts';
import type { Check } from '../check.ts';
import { databaseWay } from '../database-way.ts';
import type { DoctorFacts } from '../facts.ts';
import { type Finding, note, problem } from '../finding.ts';
import { asksDatabase, asksDatabaseFor, pullWorks } from '../needs.ts';

/** Whether go can verify what it downloads: through the mirrors in effect, at the URL of GOSUMDB, or at the database's own host. */
export const database: Check = {
  id: 'database',
  group: 'database',
  applies: ({ database: facts, goproxy }) => facts !== null || goproxy.ok,
  run: facts => {
    const own = facts.database && (authorityIn(facts.database.base) ?? facts.database.base);
    if (provenByPull(facts)) return own ? [note('pass', 'database-verifies', own)] : [];
    const found = faultOnTheWay(facts, asksDatabase(facts) ? 'fail' : 'warn');
    if (found) return [found];
    return own ? [note('pass', 'database-verifies', own)] : [];
  },
};

/** A real download in this run had to verify, and did. */
export function provenByPull(facts: DoctorFacts): boolean {
  return pullWorks(facts) && facts.trials.some(({ need, outcome }) => outcome === 'ok' && asksDatabaseFor(need, facts));
}

/** What goes wrong on the way that go takes to the database, or null. */
function faultOnTheWay(facts: DoctorFacts, status: 'fail' | 'warn'): Finding | null {
  const { gosumdb, goproxy, mirrors } = facts;
  if (!gosumdb.ok || gosumdb.kind === 'off') return null;
  const way = databaseWay(goproxy, url => mirrors.find(probe => probe.counts && probe.url === url));
  if (gosumdb.url !== null || way.kind === 'own' || way.kind === 'unknown') return ownFault(facts, status);
  const { probe } = way;
  const { verified, cause } = probe.checksumDatabase;
  const target = authorityIn(probe.url) ?? probe.url;
  const about = { mirror: probe.url };
  if (way.kind === 'stopped') {
    // A mirror that fails altogether is the finding; what lies behind it was not reached.
    if (probe.status === 'fail' || way.status === null) return null;
    const args = { name: probe.name };
    return problem(status, 'sumdb-unreachable', target, { args, about, detail: probe.detail || `${way.status}` });
  }
  const details = { args: { name: probe.name }, about, detail: probe.detail };
  if (cause) return problem(status, cause, target, details);
  return verified === false ? problem(status, 'sumdb-unreachable', target, details) : null;
}

function ownFault({ database: own }: DoctorFacts, status: 'fail' | 'warn'): Finding | null {
  if (own?.ok !== false) return null;
  const told = own.cause === 'sumdb-bad-response' || own.cause === 'http-proxy-misconfigured';
  const cause = told ? own.cause : 'sumdb-unreachable';
  return problem(status, cause, own.target, { about: { setting: 'GOSUMDB' }, detail: own.detail });
}

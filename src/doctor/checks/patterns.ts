import { inspectPatterns } from '../../go/inspect-patterns.ts';
import { matchingPattern } from '../../go/patterns.ts';
import type { Check } from '../check.ts';
import type { DoctorFacts } from '../facts.ts';
import { type Finding, problem } from '../finding.ts';

const variables = ['GOPRIVATE', 'GONOPROXY', 'GONOSUMDB', 'GOINSECURE'] as const;

/** Patterns that can match nothing, and a GONOPROXY that undoes GOPRIVATE. */
export const patterns: Check = {
  id: 'patterns',
  group: 'settings',
  applies: ({ settings }) => variables.some(name => settings.values[name].value !== ''),
  run: facts => [...variables.flatMap(name => broken(name, facts)), ...undone(facts)],
};

function broken(name: (typeof variables)[number], { settings }: DoctorFacts): Finding[] {
  const { value, source } = settings.values[name];
  if (source === 'default') return [];
  return inspectPatterns(value)
    .filter(({ faults }) => faults.some(fault => fault !== 'subdomains-only'))
    .map(({ pattern, faults, repaired }) =>
      problem('warn', null, pattern, {
        code: 'pattern-matches-nothing',
        args: { variable: name, faults: faults.join(', '), repaired: repaired.join(',') },
      }),
    );
}

/** GONOPROXY is set beside GOPRIVATE and leaves out what that names: private modules go to the proxies. */
function undone({ settings, needs, goproxy, open }: DoctorFacts): Finding[] {
  const { GOPRIVATE, GONOPROXY } = settings.values;
  if (GOPRIVATE.value === '' || GONOPROXY.source === 'default') return [];
  const sent = needs.find(({ path, direct }) => !direct && matchingPattern(GOPRIVATE.value, path) !== null);
  if (!sent) return [];
  const commands = [GONOPROXY.source === 'os' ? 'unset GONOPROXY' : 'go env -u GONOPROXY'];
  // Public mirrors do not have it, and nothing stands behind them that has.
  const entries = goproxy.ok ? goproxy.entries : [];
  const lost = entries.length > 0 && entries.every(({ kind, url }) => kind === 'off' || (url && open.has(url)));
  return [
    problem(lost && !sent.cached ? 'fail' : 'warn', lost ? 'mirror-not-found-404-410' : null, 'GONOPROXY', {
      code: 'no-proxy-undoes-private',
      args: { module: sent.path, value: GONOPROXY.value },
      commands,
    }),
  ];
}

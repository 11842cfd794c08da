import type { DoctorFacts } from './facts.ts';
import type { Finding } from './finding.ts';

/** What a check looks at; also the order in which go comes by, which is the order of the findings. */
export const groups = [
  'go',
  'settings',
  'cache',
  'network',
  'mirrors',
  'content',
  'database',
  'private',
  'project',
] as const;
type Group = (typeof groups)[number];

/** One question about the facts. Checks look nothing up themselves, so each is a pure function. */
export interface Check {
  id: string;
  group: Group;
  /** Whether the question makes sense at all. */
  applies(facts: DoctorFacts): boolean;
  run(facts: DoctorFacts): Finding[];
}

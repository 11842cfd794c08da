import type { Body } from '../modproxy/body.ts';
import type { Complaint } from './attempt.ts';

/** Why an upstream did not deliver a file. */
export interface Failure extends Complaint {
  upstream: string;
}

/** How the search for one file ended. */
export type Outcome =
  | { kind: 'file'; body: Body; upstream: string }
  | { kind: 'not-found'; status: 404 | 410; failures: readonly Failure[] }
  | { kind: 'forbidden'; status: 401 | 403; failures: readonly Failure[] }
  | { kind: 'failed'; failures: readonly Failure[] };

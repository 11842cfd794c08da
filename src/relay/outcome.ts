import type { Cause } from '../causes.ts';
import type { Body } from '../modproxy/body.ts';

/** Why an upstream did not deliver a file. `words` are the server's or the system's, made safe. */
export interface Failure {
  upstream: string;
  cause: Cause;
  words: string;
}

/** How the search for one file ended. */
export type Outcome =
  | { kind: 'file'; body: Body; upstream: string }
  | { kind: 'not-found'; status: 404 | 410; failures: readonly Failure[] }
  | { kind: 'forbidden'; status: 401 | 403; failures: readonly Failure[] }
  | { kind: 'failed'; failures: readonly Failure[] };

import type { Cause, Reason } from '../causes.ts';
import type { Body } from '../modproxy/body.ts';

/** Why there is no file: the cause, the reason where the server tells it, and its own or the system's words, made safe. */
export interface Complaint {
  cause: Cause;
  reason: Reason | null;
  words: string;
}

/** Why an upstream did not deliver a file. */
export interface Failure extends Complaint {
  upstream: string;
}

/** How the search for one file ended. `failures`: what went wrong on the way, in the user's order. */
export type Outcome = { failures: readonly Failure[] } & (
  | {
      kind: 'file';
      body: Body;
      upstream: string;
      /** False: nobody had a right one, and go is to see what came, as it would without us. */
      right: boolean;
    }
  | {
      kind: 'not-found' | 'forbidden' | 'failed';
      /** What go is told where nothing else is asked. */
      status: 404 | 410 | 401 | 403 | 502;
      /** Whether go would ask the next entry of its list now. */
      goesOn: boolean;
    }
);

import type { Body } from '../modproxy/body.ts';
import type { ProxyFile } from '../modproxy/proxy-file.ts';
import type { Outcome } from './outcome.ts';
import type { Pulse } from './pulse.ts';
import type { Spool } from './spool.ts';

/** The search for one file. */
export interface Race {
  readonly outcome: Promise<Outcome>;
  /** Go is waiting for it now. */
  promote(): void;
}

/** What all races of a run share. */
export interface RaceTrack {
  spool: Spool;
  pulse: Pulse;
  /**
   * Compares a file with its known hash: what is wrong, in words, or null where it is right or no hash is known. `mayAsk`: the checksum
   * database is asked for a hash that go.sum does not have.
   */
  verify(file: ProxyFile, body: Body, options: { mayAsk: boolean }): Promise<string | null>;
  /** A file came from another upstream than the one that was asked first. */
  failedOver(): void;
}

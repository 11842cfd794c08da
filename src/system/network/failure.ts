import type { Cause } from '../../causes.ts';

/** The stages of a connection, in order. */
export type Stage = 'dns' | 'tcp' | 'tls' | 'http';

/** Why a request got no answer. */
export class NetworkFailure extends Error {
  readonly stage: Stage;
  override readonly cause: Cause;
  /** What failed, literally: `host:port`, for DNS the host. */
  readonly target: string;

  constructor(stage: Stage, cause: Cause, target: string, detail: string) {
    super(detail);
    this.name = 'NetworkFailure';
    this.stage = stage;
    this.cause = cause;
    this.target = target;
  }
}

/** The code of a system error (`ECONNREFUSED`), or an empty text. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** An error's own words. */
export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

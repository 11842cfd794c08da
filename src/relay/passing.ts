import { type Cause, unreached } from '../causes.ts';

/** Causes that may be gone a moment later: nothing is set wrongly, and nobody said no. */
const passing: ReadonlySet<Cause> = new Set([
  ...unreached,
  'mirror-rate-limited-429',
  'mirror-server-error-5xx',
  'mirror-upstream-failure',
  'captive-or-html-response',
  'truncated-download',
  'sumdb-unreachable',
]);

/** What a command said of its failure. */
export interface CommandWords {
  cause: Cause | null;
  /** The code is at fault: it does not compile, or a test of it fails. */
  isOwnFault: boolean;
  isSilent: boolean;
}

/**
 * The passing cause of a failed command, from what it said and what the relay could not get for it; null where trying again would say the
 * same. A command that says nothing at all is judged by the relay alone.
 */
export function passingCause(said: CommandWords, relayed: Cause | null): Cause | null {
  if (said.isOwnFault) return null;
  if (said.cause !== null && passing.has(said.cause)) return said.cause;
  // Why a toolchain could not be had go says in words of its own.
  const relayDecides = said.cause === null ? said.isSilent : said.cause === 'toolchain-unavailable';
  return relayDecides && relayed !== null && passing.has(relayed) ? relayed : null;
}

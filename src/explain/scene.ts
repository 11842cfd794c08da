import type { Reason } from '../causes.ts';
import type { SentenceArgs } from '../system/sentence.ts';
import type { Fix } from './explanation.ts';
import type { Machine } from './machine.ts';
import type { Verdict } from './verdict.ts';

/** What a fix is made from: the verdict, the module and the address it concerns, and this machine (null with --no-env). */
export interface Scene {
  verdict: Verdict;
  text: string;
  machine: Machine;
  reason: Reason | null;
  /** A gatekeeper decides what is fetched. */
  guarded: boolean;
  /** The module, else a path that stands for it. */
  module: string | null;
  /** `https://host` of the address that failed. */
  address: string | null;
}

/** `code` is that of its reason, `explain.why.CODE` of `messages`. */
export const fix = (command: string, code: string, args: SentenceArgs = {}): Fix => ({ command, code, args });
/** The same fix, known to set a variable for go; an empty value takes it away. */
export const setting = (name: string, value: string, one: Fix): Fix => ({ ...one, sets: { name, value } });
/** What decides where nothing else does. */
export const doctor = fix('go-mirror doctor', 'doctor');

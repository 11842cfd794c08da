import type { Cause } from '../../../src/causes.ts';
import type { Host, NameServer } from './world/world.ts';

export interface AfterFix {
  /** What the settings file holds, byte for byte: what was meant is put right, and no more. */
  settings?: string;
  /** A text that stands in it. */
  holds?: string;
  /** Codes of findings. */
  says?: readonly string[];
  /** What the report tells that was done: settings or paths. */
  fixed?: readonly string[];
}

/** A fault that a set-up holds: what the doctor must say about it. */
export interface Expected {
  cause: Cause | readonly Cause[];
  /** One of these stands literally in the finding's target or message. */
  culprit: string | readonly string[];
}

/**
 * One set-up: a small world of servers and names, a machine in it with its settings and its project, and what the doctor must
 * find. Strings may hold `{official}` (the host of the toolchain's own default proxy), `{home}` and `{project}` (folders).
 */
export interface LabCase {
  id: string;
  /** What is wrong, or looks wrong, in one line. */
  about: string;
  /** `open`: every public server answers. `walled`: the official proxy, its database, golang.org and github.com are dropped on the way. */
  world?: 'open' | 'walled';
  /** Servers beside those of the world, or in place of those with the same first name. */
  hosts?: readonly Host[];
  nameServer?: NameServer;
  /** No IPv4 but loopback; every server has an IPv6 address. */
  ipv6Only?: boolean;
  /** No interface is up but loopback. */
  offline?: boolean;
  /** The system's own bundle of authorities holds nothing; by default it is the lab's, as SSL_CERT_FILE is. */
  systemAuthorities?: 'none';
  /** OS variables, laid over the machine's; null takes one away. */
  env?: Readonly<Record<string, string | null>>;
  /** The content of the settings file. */
  settings?: string;
  /** Files below HOME. */
  home?: Readonly<Record<string, string>>;
  /** Files of the project; `go.mod` with one public module by default. */
  project?: Readonly<Record<string, string>>;
  /** A shell script that root runs in the machine, in the project, before anything else. */
  before?: string;
  /** Nothing has to fail but the doctor: there is no go to fail. */
  withoutGo?: true;
  /** Folders that stay root's when everything else is given to `user`. */
  keep?: readonly string[];
  /** The user that runs go and the doctor; root by default. */
  user?: number;
  /** The pull that must fail or succeed; `go mod download` by default. */
  pull?: readonly string[];
  /** Operands of the doctor: modules. */
  modules?: readonly string[];
  /** In order of the findings, the first one blocks; empty: healthy, nothing may fail. */
  expect: readonly Expected[];
  /**
   * What `doctor --fix --yes` does. `cures`: the pull that failed succeeds. `nothing`: the settings file is byte for byte as before, and
   * nothing that is said leads elsewhere, since a gatekeeper stands in the way or what failed is an answer.
   */
  fix?: 'cures' | 'nothing' | undefined;
  /** What else holds after `--fix`. */
  afterFix?: AfterFix;
  /** The same once more with a public mirror of the catalogue in place of the one of one's own, and what `--fix` does then. */
  publicly?: 'cures' | 'nothing' | undefined;
  /** Seconds given to the pull before it counts as broken: more than the deadline of go itself where the case needs that. */
  pullSeconds?: number;
}

/** Puts a family of faults into one list, so that a file of cases is only data. */
export const fault = (
  id: string,
  about: string,
  cause: Expected['cause'],
  culprit: Expected['culprit'],
  rest: Omit<LabCase, 'id' | 'about' | 'expect'>,
): LabCase => ({ id, about, expect: [{ cause, culprit }], ...rest });

export const healthy = (id: string, about: string, rest: Omit<LabCase, 'id' | 'about' | 'expect'> = {}): LabCase => ({
  id,
  about,
  expect: [],
  ...rest,
});

import type { Cause, Reason } from '../causes.ts';
import type { GoFacts } from '../go/facts.ts';
import type { ParsedGoproxy } from '../go/goproxy.ts';
import type { ParsedGosumdb } from '../go/gosumdb.ts';
import type { Remark } from '../go/judge-settings.ts';
import type { ModuleVersion } from '../go/mod-file.ts';
import type { Settings } from '../go/settings.ts';
import type { Mirror } from '../mirrors/mirror.ts';
import type { MirrorProbe } from '../probe/result.ts';
import type { Project } from '../project/project.ts';
import type { Context } from '../system/context.ts';
import type { NetrcSlip } from '../system/network/netrc.ts';
import type { Tried } from '../trial/download.ts';

/** A module that a pull has to have. */
export interface Need extends ModuleVersion {
  /** `project`: its go.mod asks for it; `argument`: named on the command line; `reference`: where nothing is needed, the module that every public mirror has. */
  from: 'project' | 'argument' | 'reference';
  /** The pattern of GONOPROXY or GOPRIVATE that sends it to its origin, or null. */
  direct: string | null;
  /** Its name looks like one of an own network, whatever the patterns say. */
  looksPrivate: boolean;
  /** The module that it stands in for by a `replace` line, or null: its go.mod may name that one. */
  replaces: string | null;
  /** go.sum holds the hash of its files, of its go.mod. */
  summed: { zip: boolean; mod: boolean };
  /** The module cache holds all of it; `unpacked`: also what the zip holds. */
  cached: boolean;
  unpacked: boolean;
  /** The size of its zip where a server said it. */
  zipBytes: number | null;
}

/** A name or version that go refuses before it asks anyone, with its words. */
export interface Refused extends ModuleVersion {
  message: string;
}

/** Where go keeps things. */
export type GoPlaces = Pick<GoFacts, 'moduleCache' | 'gopath' | 'buildCache' | 'settings'>;

/** What go itself said, and what the doctor makes of it. */
export interface Complaint {
  /** The text as go printed it. */
  text: string;
  cause: Cause | null;
  /** What it is about, literally; empty where the text names nothing. */
  culprit: string;
  /** Why a mirror said no, where its answer tells it. */
  reason?: Reason;
  /** The version control program that GOVCS forbids, and the module it was for. */
  refusedVcs?: { program: string; module: string };
  /** What git wrote into the file where two branches differ is still there. */
  conflict?: true;
  /** The release of Go that is asked for: `1.99.0`. */
  release?: string;
}

/** What is wrong with the project itself. */
export interface ProjectFacts {
  /** The folder of go.mod, or of go.work. */
  root: string;
  /** Folders that replace a module and are not there. */
  missingFolders: { module: string; folder: string }[];
  /** What `go list -m` says of go.mod, go.sum and vendor without any network; null: all is well. */
  complaint: Complaint | null;
  /** What `go list ./...` says of its packages without any network. */
  packages: Complaint[];
}

/** A damaged file of the module cache, and what has to go so that go fetches it again. */
export interface Damage {
  module: string;
  file: string;
  remove: string[];
}

/** An entry of netrc that was to hold a login for a host that go asks. */
export interface LoginSlip extends NetrcSlip {
  host: string;
  file: string;
}

/** Where the login comes from that go has for a host which it asks. */
export interface LoginSource {
  /** With a port that is not the default one. */
  host: string;
  /** `none`: netrc is read and has none. `command`: what the commands of GOAUTH give, only go knows. */
  from: 'url' | 'netrc' | 'command' | 'none';
  /** `FILE:LINE` of the entry, the file that has none, or the value of GOAUTH. */
  place: string;
}

/** What stands in go's way on this machine's disk. */
export interface CacheFacts {
  folder: string;
  /** A folder that go has to write in and cannot. */
  refused: { folder: string; code: string } | null;
  /** What the file system has left where the cache is; null: unknown. */
  freeBytes: number | null;
  freeFiles: number | null;
  damaged: Damage[];
  /** Files of needed modules that this user may not read. `needed`: nothing else in the cache stands in for it. */
  unreadable: { module: string; file: string; code: string; needed: boolean }[];
  /** The last tree of the checksum database that go remembers does not read as one: its file. */
  badTree: string | null;
}

/** A real `go mod download` of one module into a temporary module cache. */
export interface Trial extends Omit<Tried, 'module' | 'said' | 'declares'> {
  need: Need;
  complaint: Complaint | null;
}

/** The toolchain that go would switch to and does not have. */
export interface ToolchainNeed {
  /** `go1.99.0`, or the text that is no toolchain. */
  name: string;
  ok: boolean;
  /** Why it is not available, in go's or the server's words. */
  detail: string;
}

export interface DatabaseFacts {
  /** The host that go would dial by itself, `sum.golang.org:443`, or that of the URL in GOSUMDB. */
  target: string;
  /** The URL asked. */
  base: string;
  ok: boolean | null;
  cause: Cause | null;
  detail: string;
}

interface NetworkFacts {
  nameservers: string[];
  /** False: there is no interface besides loopback with an address and a default route. Null: unknown. */
  online: boolean | null;
}

/** A part of the gathering that failed itself. */
export interface Crash {
  id: string;
  words: string;
}

/** All that the checks judge: gathered once, before any of them runs. */
export interface DoctorFacts {
  env: Context['env'];
  platform: Context['platform'];
  go: GoFacts;
  settings: Settings;
  /** What keeps go from reading the settings file that is there (`EISDIR`, `EACCES`), or null. */
  settingsFile: string | null;
  /** A folder of go's that it refuses, as it is relative, or null. */
  misplaced: { variable: string; value: string; message: string } | null;
  /** What the judge of settings says of them. */
  remarks: readonly Remark[];
  goproxy: ParsedGoproxy;
  gosumdb: ParsedGosumdb;
  /** What go.mod and go.sum say, or null outside a project. */
  files: Project | null;
  project: ProjectFacts | null;
  needs: Need[];
  refused: Refused[];
  cache: CacheFacts | null;
  toolchain: ToolchainNeed | null;
  /** The catalogue and the user's own mirrors. */
  known: readonly Mirror[];
  mirrors: MirrorProbe[];
  /** The names of the mirrors that the command line names: they fail the run whatever go would do. */
  named: ReadonlySet<string>;
  trials: Trial[];
  loginSlips: readonly LoginSlip[];
  logins: readonly LoginSource[];
  /** Variables that name authorities and lead to no certificate. */
  emptyAuthorities: readonly { variable: 'SSL_CERT_FILE' | 'SSL_CERT_DIR'; value: string }[];
  /** Why no real download could be tried (`ENOENT` of TMPDIR), or null. */
  notTried: string | null;
  /** Whether a download succeeds with the values of the settings file that the environment hides; null: none hidden, or not known. */
  fileWorks: boolean | null;
  database: DatabaseFacts | null;
  network: NetworkFacts;
  crashes: Crash[];
}

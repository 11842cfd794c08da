import type { Cause, Reason } from '../causes.ts';
import type { Remark } from '../go/judge-settings.ts';
import type { SettingName } from '../go/settings.ts';
import type { SentenceArgs } from '../system/sentence.ts';

export type FindingStatus = 'pass' | 'warn' | 'fail' | 'skip' | 'crash';

/** What a finding is about, as data: what the plan of fixes goes by. */
export interface About {
  /** The entry of GOPROXY at fault, by its URL. */
  mirror?: string;
  /** The setting at fault. */
  setting?: SettingName;
  /** The value that was meant, where that can be told. */
  meant?: string | null;
  module?: string;
  version?: string;
  /** The version control program that is forbidden or missing. */
  program?: string;
  /** No pattern of this variable keeps the module away from public servers, and one should. */
  uncovered?: 'GONOPROXY' | 'GONOSUMDB';
  /** Other findings follow from it. */
  explains?: true;
  /** It was to come from its origin, whatever GOPROXY says. */
  origin?: true;
}

/** What was downloaded is not what go.sum or the checksum database says. */
export const mismatches = ['checksum-mismatch-gosum', 'checksum-mismatch-sumdb'] as const satisfies readonly Cause[];

export const isMismatch = (cause: Cause | null): boolean => mismatches.some(one => one === cause);

/** One thing that a check found. */
export interface Finding {
  /** Its sentence is `finding.CODE` of `messages`, filled with `args`; that of a remark is `remark.CODE`. */
  code: string;
  status: FindingStatus;
  cause: Cause | null;
  /** Why a mirror said no, where its answer tells it. */
  reason: Reason | null;
  /** The host:port, variable, pattern, module or path it is about, literally. */
  target: string;
  args: SentenceArgs;
  /** The setting on which it repeats a remark of the judge, or null. */
  remarkOn: SettingName | null;
  about: About;
  /** What a person can run that helps, where that is no change of the plan. */
  commands: readonly string[];
}

interface Details {
  reason?: Reason | null;
  args?: SentenceArgs;
  commands?: readonly string[];
  about?: About;
}

/** A finding that names a cause; its sentence is the cause's own unless `code` says otherwise. */
export function problem(
  status: 'fail' | 'warn',
  cause: Cause | null,
  target: string,
  {
    code,
    reason = null,
    args = {},
    commands = [],
    about = {},
    detail = '',
  }: Details & { code?: string; detail?: string } = {},
): Finding {
  // Of a silence there is nothing more to say than its sentence does.
  const words = detail === '' || cause === 'stalled' ? '' : ` (${detail})`;
  return {
    code: code ?? codeOf(cause, reason, detail) ?? 'unknown',
    status,
    cause,
    reason,
    target,
    args: { target, words, ...args },
    remarkOn: null,
    about,
    commands,
  };
}

function codeOf(cause: Cause | null, reason: Reason | null, detail: string): string | null {
  if (cause === 'mirror-forbidden-403') return refusalCode(reason);
  if (cause === 'insecure-http' && detail.includes('refusing to pass credentials')) return 'insecure-login';
  if (cause === 'tls-other' && noAgreement.test(detail)) return 'tls-no-agreement';
  return cause;
}

/** No certificate was looked at: the two sides did not come so far. In OpenSSL's words and in Go's (crypto/tls/alert.go). */
const noAgreement = /protocol version|unsupported protocol|handshake failure|no shared cipher|insufficient security/i;

/** A block is no lack of a login, and where the server says why it refuses there is nothing to guess. */
function refusalCode(reason: Reason | null): string {
  if (reason === 'malware') return 'mirror-blocks-malware';
  if (reason === 'policy') return 'mirror-blocks-policy';
  return reason === null || reason === 'credentials' ? 'mirror-forbidden-403' : 'mirror-refuses';
}

/** A finding made of a remark of the judge of settings: the check only adds how bad it is here. */
export function ofRemark(
  { setting, code, args, meant }: Remark,
  status: 'fail' | 'warn',
  cause: Cause | null = null,
  { target = setting, commands = [], about = {} }: Details & { target?: string } = {},
): Finding {
  const whole = { setting, meant, ...about };
  return { code, status, cause, reason: null, target, args, remarkOn: setting, about: whole, commands };
}

/** A finding that says that something is well, or why it was not looked at. */
export function note(status: 'pass' | 'skip', code: string, target = '', args: SentenceArgs = {}): Finding {
  return bare(status, code, target, { target, ...args });
}

/** A part of the examination that failed itself. */
export function crashed(id: string, words: string): Finding {
  return bare('crash', 'crash', id, { target: id, words });
}

const bare = (status: FindingStatus, code: string, target: string, args: SentenceArgs): Finding => {
  const nothing = { cause: null, reason: null, remarkOn: null, about: {}, commands: [] };
  return { code, status, target, args, ...nothing };
};

/** What makes two findings of two examinations the same one. */
export const identityOf = ({ cause, code, target }: Pick<Finding, 'cause' | 'code' | 'target'>): string =>
  `${cause ?? code}\n${target}`;

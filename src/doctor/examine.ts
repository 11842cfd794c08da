import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readGoFacts } from '../go/facts.ts';
import { parseGoproxy } from '../go/goproxy.ts';
import { parseGosumdb } from '../go/gosumdb.ts';
import { judgeSettings, type LookUp } from '../go/judge-settings.ts';
import type { Settings } from '../go/settings.ts';
import type { ProbeTarget } from '../mirrors/probe-targets.ts';
import type { MirrorProbe } from '../probe/result.ts';
import type { Context } from '../system/context.ts';
import { startDeadline } from '../system/network/deadline.ts';
import type { DoctorFacts } from './facts.ts';
import { gatherLocal, gatherPurpose } from './gather/local.ts';
import { gatherRemote } from './gather/remote.ts';
import { guardOf } from './guard.ts';

export interface ExamineOptions {
  /** `MODULE[@VERSION]` of the command line. */
  modules: readonly string[];
  /** Those in effect come from the settings; these are the ones named with --mirror, and the alternatives. */
  targetsFor: (settings: Settings) => ProbeTarget[];
  named: ReadonlySet<string>;
  lookUp: LookUp;
  /** Milliseconds for all of it. */
  timeoutMs: number;
  onMirror?: (probe: MirrorProbe) => void;
}

/** Gathers all that the checks judge: first what this machine says, then what the network says, everything at once, with one deadline. */
export async function examine(context: Context, options: ExamineOptions): Promise<DoctorFacts> {
  const deadline = startDeadline(context.signal, options.timeoutMs);
  const inner: Context = { ...context, signal: deadline.signal };
  const guard = guardOf(deadline);
  const scratch = await mkdtemp(join(context.env.TMPDIR || tmpdir(), 'go-mirror-')).catch(() => null);
  try {
    const go = await readGoFacts(inner);
    const { values } = go.settings;
    const base = {
      env: context.env,
      go,
      settings: go.settings,
      remarks: judgeSettings(go.settings, options.lookUp),
      goproxy: parseGoproxy(values.GOPROXY.value),
      gosumdb: parseGosumdb(values.GOSUMDB.value),
      named: options.named,
    };
    const purpose = await gatherPurpose(inner, base, options.modules, guard);
    const known = { ...base, ...purpose };
    const [remote, local] = await Promise.all([
      gatherRemote(inner, known, { ...options, scratch, guard, deadline }),
      gatherLocal(inner, known, { scratch, guard }),
    ]);
    return { ...known, ...local, ...remote, crashes: guard.crashes };
  } finally {
    deadline.clear();
    if (scratch) await rm(scratch, { recursive: true, force: true }).catch(() => {});
  }
}

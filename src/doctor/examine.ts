import { isAbsolute } from 'node:path';
import type { GoFacts } from '../go/facts.ts';
import { parseGoproxy } from '../go/goproxy.ts';
import { parseGosumdb } from '../go/gosumdb.ts';
import { judgeSettings } from '../go/judge-settings.ts';
import { lookUpIn } from '../mirrors/look-up.ts';
import type { Mirror } from '../mirrors/mirror.ts';
import type { ProbeTarget } from '../mirrors/probe-targets.ts';
import { readProject } from '../project/read.ts';
import type { Context } from '../system/context.ts';
import { startDeadline } from '../system/network/deadline.ts';
import { lookAtText } from '../system/regular-file.ts';
import { withScratch } from '../trial/scratch.ts';
import { containedBy } from './contain.ts';
import type { DoctorFacts } from './facts.ts';
import { gatherAuthorities } from './gather/authorities.ts';
import { gatherLocal, gatherPurpose } from './gather/local.ts';
import { gatherLogins } from './gather/logins.ts';
import { misplaced } from './gather/misplaced.ts';
import { gatherRemote } from './gather/remote.ts';

export interface ExamineOptions {
  go: GoFacts;
  /** Every mirror that has a name. */
  known: readonly Mirror[];
  /** `MODULE[@VERSION]` of the command line. */
  modules: readonly string[];
  /** Whom to probe: those in effect, those named on the command line, the alternatives. */
  targets: readonly ProbeTarget[];
  named: ReadonlySet<string>;
  /** Milliseconds for all of it. */
  timeoutMs: number;
}

/**
 * Gathers all that the checks judge: first what this machine says, then what the network says, everything at once, with one
 * deadline. Throws where the run is interrupted, and then only.
 */
export async function examine(context: Context, options: ExamineOptions): Promise<DoctorFacts> {
  const deadline = startDeadline(context.signal, options.timeoutMs);
  const inner: Context = { ...context, signal: deadline.signal };
  try {
    const facts = await withScratch(context, async (place, reason) => {
      const scratch = place?.folder ?? null;
      const contain = containedBy(deadline, place?.keepFor ?? (work => work));
      const go = withAbsolutePlaces(options.go);
      const { settings } = go;
      const base = {
        env: context.env,
        platform: context.platform,
        go,
        settings,
        misplaced: misplaced(options.go),
        remarks: judgeSettings(settings, lookUpIn(options.known)),
        goproxy: parseGoproxy(settings.values.GOPROXY.value),
        gosumdb: parseGosumdb(settings.values.GOSUMDB.value),
        known: options.known,
        named: options.named,
        files: await contain('project', () => readProject(inner, go), null),
      };
      const known = { ...base, ...(await gatherPurpose(base, options.modules, contain)) };
      const [remote, local, settingsFile, logins, emptyAuthorities] = await Promise.all([
        gatherRemote(inner, known, { targets: options.targets, scratch, contain, deadline }),
        gatherLocal(inner, known, { scratch, contain }),
        contain('settings-file', () => faultOf(settings.envFile.path), null),
        contain('logins', () => gatherLogins(inner, known), { loginSlips: [], logins: [] }),
        contain('authorities', () => gatherAuthorities(inner), []),
      ]);
      const notTried = place ? null : reason;
      return {
        ...known,
        ...local,
        ...remote,
        ...logins,
        settingsFile,
        emptyAuthorities,
        notTried,
        crashes: contain.crashes,
      };
    });
    context.signal.throwIfAborted();
    return facts;
  } finally {
    deadline.clear();
  }
}

/** A relative GOMODCACHE is refused by go as soon as it needs it: nothing is looked for there. */
const withAbsolutePlaces = (go: GoFacts): GoFacts => (isAbsolute(go.moduleCache) ? go : { ...go, moduleCache: '' });

/** Why go cannot read the settings file that is there, and takes it for empty (cmd/go/internal/cfg/cfg.go, `readEnvFile`). */
async function faultOf(path: string | null): Promise<string | null> {
  const looked = path === null ? null : await lookAtText(path);
  return looked?.kind === 'other' || looked?.kind === 'refused' ? looked.code : null;
}

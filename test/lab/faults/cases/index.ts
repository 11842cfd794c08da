import type { LabCase } from '../case.ts';
import { cache } from './cache.ts';
import { content } from './content.ts';
import { everything, unnamed } from './everything.ts';
import { gatekeepers } from './gatekeepers.ts';
import { healthyMirrors } from './healthy-mirrors.ts';
import { healthyNetwork } from './healthy-network.ts';
import { healthyProject } from './healthy-project.ts';
import { healthySettings } from './healthy-settings.ts';
import { http } from './http.ts';
import { httpProxy } from './http-proxy.ts';
import { lines } from './lines.ts';
import { moreFaults } from './more-faults.ts';
import { moreHealthy } from './more-healthy.ts';
import { network } from './network.ts';
import { pairs } from './pairs.ts';
import { privateModules } from './private.ts';
import { project } from './project.ts';
import { secondLook } from './second-look.ts';
import { settings } from './settings.ts';
import { slips } from './slips.ts';
import { sumdb } from './sumdb.ts';
import { thirdLook } from './third-look.ts';
import { tls } from './tls.ts';
import { toolchain } from './toolchain.ts';
import { publicTwins } from './twins.ts';
import { unneeded } from './unneeded.ts';

/** The cases by the file in which they stand: the kinds of faults. */
export const families: Readonly<Record<string, readonly LabCase[]>> = {
  network,
  tls,
  http,
  content,
  settings,
  sumdb,
  privateModules,
  httpProxy,
  toolchain,
  cache,
  project,
  moreFaults,
  pairs,
  gatekeepers,
  unneeded,
  lines,
  everything,
  unnamed,
  slips,
  healthyMirrors,
  healthyNetwork,
  healthySettings,
  healthyProject,
  moreHealthy,
  secondLook,
  thirdLook,
};

const own = Object.values(families).flat();

/** Every case of the lab. */
export const cases: readonly LabCase[] = [...own, ...publicTwins(own)];

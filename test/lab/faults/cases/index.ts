import type { LabCase } from '../case.ts';
import { cache } from './cache.ts';
import { content } from './content.ts';
import { gatekeepers } from './gatekeepers.ts';
import { healthyMirrors } from './healthy-mirrors.ts';
import { healthyNetwork } from './healthy-network.ts';
import { healthyProject } from './healthy-project.ts';
import { healthySettings } from './healthy-settings.ts';
import { http } from './http.ts';
import { httpProxy } from './http-proxy.ts';
import { moreFaults } from './more-faults.ts';
import { moreHealthy } from './more-healthy.ts';
import { network } from './network.ts';
import { pairs } from './pairs.ts';
import { privateModules } from './private.ts';
import { project } from './project.ts';
import { settings } from './settings.ts';
import { sumdb } from './sumdb.ts';
import { tls } from './tls.ts';
import { toolchain } from './toolchain.ts';
import { publicTwins } from './twins.ts';

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
  healthyMirrors,
  healthyNetwork,
  healthySettings,
  healthyProject,
  moreHealthy,
};

const own = Object.values(families).flat();

/** Every case of the lab. */
export const cases: readonly LabCase[] = [...own, ...publicTwins(own)];

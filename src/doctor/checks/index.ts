import type { Check } from '../check.ts';
import { authorities } from './authorities.ts';
import { database } from './database.ts';
import { goFlags } from './go-flags.ts';
import { goFolders } from './go-folders.ts';
import { goInstalled } from './go-installed.ts';
import { goproxyValue } from './goproxy-value.ts';
import { gosumdbValue } from './gosumdb-value.ts';
import { govcsValue } from './govcs-value.ts';
import { hiddenValues } from './hidden-values.ts';
import { httpProxies } from './http-proxies.ts';
import { logins } from './logins.ts';
import { mirrors } from './mirrors.ts';
import { moduleCache } from './module-cache.ts';
import { moduleMode } from './module-mode.ts';
import { modulePaths } from './module-paths.ts';
import { origins } from './origins.ts';
import { patterns } from './patterns.ts';
import { privateNames } from './private-names.ts';
import { project } from './project.ts';
import { pull } from './pull.ts';
import { settingsFile } from './settings-file.ts';
import { toolchain } from './toolchain.ts';

/** Every check, in the order in which go would come by what it looks at. */
export const checks: readonly Check[] = [
  goInstalled,
  goFolders,
  goFlags,
  toolchain,
  settingsFile,
  hiddenValues,
  moduleMode,
  goproxyValue,
  moduleCache,
  httpProxies,
  authorities,
  mirrors,
  logins,
  pull,
  gosumdbValue,
  database,
  patterns,
  govcsValue,
  privateNames,
  origins,
  modulePaths,
  project,
];

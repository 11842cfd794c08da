import { compile, type Rule } from '../rule.ts';
import { elsewhere } from './elsewhere.ts';
import { http } from './http.ts';
import { httpProxy } from './http-proxy.ts';
import { machine } from './machine.ts';
import { content, modules, paths } from './modules.ts';
import { network } from './network.ts';
import { relayed } from './relayed.ts';
import { gopathPackages, settings } from './settings.ts';
import { sumdb, sumdbStatus } from './sumdb.ts';
import { tls } from './tls.ts';
import { toolchain } from './toolchain.ts';
import { repository, vcs } from './vcs.ts';

/** Every rule. Of those that hold for one message with equal rank, the first is taken: specific ones stand before general ones. */
export const rules: readonly Rule[] = compile([
  ...toolchain,
  ...machine,
  ...settings,
  ...sumdb,
  ...relayed,
  ...sumdbStatus,
  ...httpProxy,
  ...http,
  ...content,
  ...paths,
  ...vcs,
  ...tls,
  ...network,
  ...repository,
  ...modules,
  ...gopathPackages,
  ...elsewhere,
]);

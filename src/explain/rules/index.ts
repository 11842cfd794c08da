import { compile, type Rule } from '../rule.ts';
import { elsewhere } from './elsewhere.ts';
import { http } from './http.ts';
import { machine } from './machine.ts';
import { modules } from './modules.ts';
import { network } from './network.ts';
import { relayed } from './relayed.ts';
import { settings } from './settings.ts';
import { sumdb, sumdbNotFound } from './sumdb.ts';
import { tls } from './tls.ts';
import { toolchain } from './toolchain.ts';
import { importPath, vcs } from './vcs.ts';

/** Every rule. Of those that hold for one message with equal rank, the first is taken: specific ones stand before general ones. */
export const rules: readonly Rule[] = compile([
  ...toolchain,
  ...machine,
  ...settings,
  ...sumdb,
  ...relayed,
  ...sumdbNotFound,
  ...http,
  ...vcs,
  ...tls,
  ...network,
  ...importPath,
  ...modules,
  ...elsewhere,
]);

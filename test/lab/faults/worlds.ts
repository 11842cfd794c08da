import type { Host, Port } from './world/world.ts';

const modules = (sumdb: boolean, basePath = ''): Port => ({
  tls: 'trusted',
  role: { kind: 'modules', sumdb, basePath },
});
const database: Host['ports'] = { 443: { tls: 'trusted', role: { kind: 'sumdb' } } };

/** The public servers, as they answer on a good day. `{official}` is filled in from the toolchain. */
export const publicHosts: readonly Host[] = [
  { names: ['goproxy.cn'], ports: { 443: modules(true) } },
  { names: ['goproxy.io'], ports: { 443: modules(true) } },
  { names: ['mirrors.aliyun.com'], ports: { 443: modules(false, '/goproxy') } },
  { names: ['mirrors.tencent.com', 'mirrors.cloud.tencent.com'], ports: { 443: modules(true, '/go') } },
  { names: ['repo.huaweicloud.com'], ports: { 443: modules(false, '/repository/goproxy') } },
  { names: ['sum.golang.google.cn'], ports: database },
];

const foreign: readonly Host[] = [
  { names: ['{official}'], ports: { 443: modules(true) } },
  { names: ['sum.golang.org'], ports: database },
];

/** What no module is fetched from here: a pull that goes there by itself is lost, as behind a firewall. */
const elsewhere: readonly Host[] = [
  { names: ['github.com'], nowhere: 'lost' },
  { names: ['golang.org'], nowhere: 'lost' },
  { names: ['rsc.io'], nowhere: 'lost' },
];

export const worlds: Readonly<Record<'open' | 'walled', readonly Host[]>> = {
  open: [...publicHosts, ...foreign, ...elsewhere],
  walled: [...publicHosts, ...foreign.map(({ names }) => ({ names, nowhere: 'lost' as const })), ...elsewhere],
};

import type { madeModule } from '../../made-module.ts';
import type { MirrorOptions } from '../../mirror.ts';

/** What a server is. A world is plain data: it is handed as JSON to the process in the namespace. */
export type Role =
  /** A Go module proxy over the lab's module tree. `sumdb`: it passes the checksum database through. */
  | (Pick<MirrorOptions, 'basePath' | 'head' | 'credentials' | 'faults' | 'files'> & {
      kind: 'modules';
      sumdb?: boolean;
      /** Nothing of the module tree is there. */
      empty?: boolean;
      /** Modules made on the spot: versions and their files by path. */
      made?: Readonly<Record<string, Parameters<typeof madeModule>[1]>>;
    })
  /** A checksum database itself. */
  | (Pick<MirrorOptions, 'faults' | 'basePath'> & { kind: 'sumdb' })
  /** Git over HTTP: repositories by path, and a `?go-get=1` page for each. */
  | { kind: 'git'; repositories: readonly Repository[]; login?: string; redirect?: string }
  /** The same answer to every request. */
  | { kind: 'page'; body: string; type?: string; status?: number; headers?: Readonly<Record<string, string>> }
  /** An HTTP proxy. `connect`: the status it gives to CONNECT instead of a tunnel. `intercept`: it answers TLS itself, with its own authority's certificates. */
  | { kind: 'forward'; login?: string; connect?: number; intercept?: CertificateKind; plain?: number; only?: string };

export interface Repository {
  /** Path on the server, without `.git`: `/team/lib`. */
  path: string;
  /** What its go.mod says. */
  module: string;
  tags?: readonly string[];
  /** The go-import meta tag's content in place of the right one; `none` leaves it out. */
  page?: string;
}

export type CertificateKind =
  | 'trusted'
  | 'unknown-authority'
  | 'expired'
  | 'not-yet'
  | 'wrong-name'
  | 'no-chain'
  | 'chain'
  | 'corporate';

export interface Port {
  /** TLS with this certificate; plain where absent. */
  tls?: CertificateKind;
  /** No HTTP/2 offered. */
  http1?: boolean;
  /** TLS 1.1 at most. */
  oldTls?: boolean;
  /** What happens to every connection instead of any talk. */
  mute?: 'stall' | 'reset' | 'close' | { say: string };
  role?: Role;
}

export interface Host {
  /** The first one is what the host is called. */
  names: readonly string[];
  /** Its own addresses; the next free one of the world by default. */
  addresses?: readonly string[];
  /** It stands nowhere: packets to it are lost on the way, or there is no route. */
  nowhere?: 'lost' | 'unroutable';
  /** What the name server says about it, instead of its addresses. `slow`: its addresses, after a second. */
  dns?: 'nxdomain' | 'servfail' | 'refused' | 'silent' | 'slow' | readonly string[];
  /** By number. A port that is not named refuses. */
  ports?: Readonly<Record<number, Port>>;
}

/** What every query meets. `dead`: nothing listens on its port; `lost`, `nowhere`: as for a host; `captive`: every name is the portal's. */
export type NameServer = 'ok' | 'dead' | 'silent' | 'servfail' | 'refused' | 'lost' | 'nowhere' | 'captive';

/** What the process in the namespace is told. */
export interface World {
  hosts: readonly Host[];
  nameServer: NameServer;
  ipv6Only: boolean;
  offline: boolean;
  /** Folder in GOPROXY's layout that the module proxies serve. */
  modules: string;
  /** Folder of the checksum database's files, by path. */
  sumdb: string;
  /** Where the process may write. */
  folder: string;
  /** PEM. Valid for every name of the world, where the kind allows. */
  certificates: Readonly<Record<CertificateKind, { cert: string; key: string }>>;
  /** Files of the machine that are replaced inside the namespace: target to source. */
  binds: Readonly<Record<string, string>>;
}

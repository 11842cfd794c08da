import type { Fault } from '../../fault.ts';
import type { CertificateKind, Host, Port, Role } from '../world/world.ts';

/** The mirror of most cases: not in the catalogue, so nothing is known about it, and a fix may not lead around it. */
export const mirror = 'mirror.example.net';
export const throughMirror = {
  settings: `GOPROXY=https://${mirror},direct\n`,
  fix: 'nothing',
  publicly: 'cures',
} as const;
/** It has no way on: neither another mirror nor the origins. */
export const onlyMirror = { ...throughMirror, settings: `GOPROXY=https://${mirror}\n` } as const;

type ModulesOptions = Partial<Omit<Extract<Role, { kind: 'modules' }>, 'kind'>>;

/** A port with a module proxy on TLS. */
export const modules = (options: ModulesOptions = {}, tls: CertificateKind = 'trusted'): Port => ({
  tls,
  role: { kind: 'modules', ...options },
});

/** A host with one port. */
export const host = (name: string, port: Port, number = 443): Host => ({ names: [name], ports: { [number]: port } });

/** The mirror with faults. */
export const faulty = (...faults: Fault[]): Host => host(mirror, modules({ faults }));

/** The same answer to every request of the mirror. */
export const answering = (status: number, body: string, type = 'text/plain; charset=utf-8'): Host =>
  faulty({ status, body, headers: { 'content-type': type } });

export const htmlPage = '<!DOCTYPE html><html><head><title>Sign in</title></head><body>Please log in.</body></html>\n';

/** A project that needs one public module. `extra` go.mod lines. */
export const goMod = (requirements: readonly string[], go = '1.21', extra = ''): string =>
  `module example.test/app\n\ngo ${go}\n\n${requirements.map(line => `require ${line}\n`).join('')}${extra}`;

/** What go.sum says about the default project. */
export const quoteSum = `golang.org/x/text v0.0.0-20170915032832-14c0d48ead0c h1:qgOY6WgZOaTkIIMiVjBQcw93ERBE4m30iBm00nkL0i8=
golang.org/x/text v0.0.0-20170915032832-14c0d48ead0c/go.mod h1:NqM8EUOU14njkJ3fqMW+pc6Ldnwhi/IjpwHt7yyuwOQ=
rsc.io/quote v1.5.2 h1:w5fcysjrx7yqtD/aO+QwRjYZOKnaM9Uh2b40tElTs3Y=
rsc.io/quote v1.5.2/go.mod h1:LzX7hefJvL54yjefDEDHNONDjII0t9xZLPXsUe+TKr0=
rsc.io/sampler v1.3.0 h1:7uVkIFmeBqHfdjD+gZwtXXI+RODJ2Wc4O7MPEh/QiW4=
rsc.io/sampler v1.3.0/go.mod h1:T1hPZKmBbMNahiBKFy5HrXp6adAjACjK9JXDnKaTXpA=
`;

/** A project one of whose modules is large: no trial of a few small ones comes to it. */
export const withLarge = {
  project: {
    'go.mod': goMod(['rsc.io/quote v1.5.2', 'golang.org/x/text v0.42.0']),
    'go.sum': `${quoteSum}golang.org/x/text v0.42.0 h1:JbOZXgfeCPU9gacVtYliJqOhD+zhrEqK4LfdpmlUZqI=
golang.org/x/text v0.42.0/go.mod h1:ojzP1Z+2QtioaF8DTtO8K5q7JWVVYwZKenzujK0Zd0E=
`,
  },
  pullSeconds: 10,
};

/** A company's git server, its one library, and the project that needs it. */
export const corp = 'git.corp.example.com';
export const library = `${corp}/team/lib`;
export const gitHost = (
  options: Partial<Omit<Extract<Role, { kind: 'git' }>, 'kind'>> = {},
  port: Omit<Port, 'role'> = { tls: 'trusted' },
): Host =>
  host(corp, { ...port, role: { kind: 'git', repositories: [{ path: '/team/lib', module: library }], ...options } });
export const privateProject = { 'go.mod': goMod(['rsc.io/quote v1.5.2', `${library} v1.0.0`]) };

/** Settings that many cases start from. */
export const china = 'GOPROXY=https://goproxy.cn,direct\n';
export const own = `GOPROXY=https://${mirror}\n`;

/** The default project with a complete go.sum, and a program that imports what it needs. */
export const withSum = { 'go.mod': goMod(['rsc.io/quote v1.5.2']), 'go.sum': quoteSum };
export const main = 'package main\n\nimport _ "rsc.io/quote"\n\nfunc main() {}\n';

/** What a mirror with a login asks for. The password is the word that no output may show. */
export const credentials = { user: 'dev', password: 's3cret' };

/** The private library as a mirror has it. */
export const libraryMade = { made: { [library]: { 'v1.0.0': {} } } };

export const publicNames = [
  'goproxy.cn',
  'goproxy.io',
  'mirrors.aliyun.com',
  'mirrors.tencent.com',
  'repo.huaweicloud.com',
  '{official}',
  'sum.golang.org',
  'sum.golang.google.cn',
];

import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { dirname, join } from 'node:path';
import type { Repository, Role } from './world.ts';

type GitRole = Extract<Role, { kind: 'git' }>;

/** Repositories over git's own smart HTTP, and the page that `go get` asks for the place of each. */
export function gitServer(role: GitRole, folder: string, name: string): RequestListener {
  const root = join(folder, 'git', name);
  for (const repository of role.repositories) makeRepository(join(root, `${repository.path}.git`), repository);
  return (request, response) => {
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
    const repository = role.repositories.find(({ path }) => url.pathname.replace(/\.git(?=\/|$)/, '').startsWith(path));
    if (role.redirect) return void response.writeHead(302, { location: role.redirect + request.url }).end();
    if (!repository) return void response.writeHead(404).end('not found\n');
    if (url.searchParams.get('go-get') === '1') return void page(repository, url, request, response);
    const expected = role.login && `Basic ${Buffer.from(role.login).toString('base64')}`;
    if (expected && request.headers.authorization !== expected) {
      return void response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end('login required\n');
    }
    backend(root, repository, url, request, response);
  };
}

function page({ path, page }: Repository, url: URL, request: IncomingMessage, response: ServerResponse): void {
  const scheme = 'encrypted' in request.socket ? 'https' : 'http';
  const content = page ?? `${url.host}${path} git ${scheme}://${url.host}${path}.git`;
  const meta = page === 'none' ? '' : `<meta name="go-import" content="${content}">`;
  response.writeHead(200, { 'content-type': 'text/html' }).end(`<html><head>${meta}</head><body>code</body></html>\n`);
}

/** git-http-backend (CGI), which git itself brings. */
function backend(
  root: string,
  { path }: Repository,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const rest = url.pathname.slice(path.length).replace(/^\.git/, '');
  const child = spawn('git', ['http-backend'], {
    env: {
      PATH: process.env.PATH ?? '',
      HOME: root,
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'safe.directory',
      GIT_CONFIG_VALUE_0: '*',
      PATH_INFO: `${path}.git${rest}`,
      QUERY_STRING: url.search.slice(1),
      REQUEST_METHOD: request.method ?? 'GET',
      CONTENT_TYPE: request.headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
      GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
    },
  });
  request.pipe(child.stdin);
  child.stdin.on('error', () => {});
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.once('close', () => {
    const all = Buffer.concat(chunks);
    const end = all.indexOf('\r\n\r\n');
    const headers = Object.fromEntries(
      all
        .toString('latin1', 0, end)
        .split('\r\n')
        .map(line => line.split(': ', 2)),
    );
    response.writeHead(Number.parseInt(headers.Status ?? '200', 10), headers).end(all.subarray(end + 4));
  });
}

/** A bare repository with one commit, tagged: a module of one package. */
function makeRepository(bare: string, { module, tags = ['v1.0.0'] }: Repository): void {
  const work = `${bare}.work`;
  mkdirSync(work, { recursive: true });
  mkdirSync(dirname(bare), { recursive: true });
  writeFileSync(join(work, 'go.mod'), `module ${module}\n\ngo 1.18\n`);
  writeFileSync(join(work, 'lib.go'), '// Package lib is what a company shares.\npackage lib\n\nconst Answer = 42\n');
  const env = { PATH: process.env.PATH, HOME: work, GIT_CONFIG_NOSYSTEM: '1' };
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', work, ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  git('init', '-q', '-b', 'main');
  git('add', '.');
  git('-c', 'user.name=dev', '-c', 'user.email=dev@example.test', 'commit', '-q', '-m', 'first');
  for (const tag of tags) git('tag', tag);
  git('clone', '-q', '--bare', work, bare);
}

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, sandbox } from '../lab/sandbox.ts';

const root = resolve(import.meta.dirname, '../..');
const npm = (args: string[], options: { cwd: string; env?: NodeJS.ProcessEnv }) =>
  execFileSync('npm', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], ...options });

describe('the package', () => {
  let box: Sandbox;
  let folder: string;
  let tarball: string;

  beforeAll(async () => {
    box = await sandbox();
    const [packed] = JSON.parse(
      npm(['pack', '--ignore-scripts', '--json', '--pack-destination', box.root], { cwd: root }),
    );
    tarball = join(box.root, packed.filename);
    folder = join(box.root, 'empty');
    await mkdir(folder);
    await writeFile(join(folder, 'package.json'), '{"private":true}');
    npm(['install', '--offline', '--no-audit', '--no-fund', tarball], {
      cwd: folder,
      env: { ...process.env, npm_config_cache: join(box.root, 'empty-npm-cache') },
    });
  });

  it('installs without fetching anything else, under both names', async () => {
    expect((await readdir(join(folder, 'node_modules'))).filter(name => !name.startsWith('.'))).toEqual([
      'go-mirror-setup',
    ]);
    expect((await readdir(join(folder, 'node_modules/.bin'))).sort()).toEqual(['go-mirror', 'go-mirror-setup']);
  });

  it('carries the notices of what is bundled in it', async () => {
    const notices = await readFile(join(folder, 'node_modules/go-mirror-setup/THIRD_PARTY_NOTICES.md'), 'utf8');
    for (const name of ['commander', 'execa', 'chalk', 'undici', 'zod', 'ora'])
      expect(notices).toMatch(new RegExp(`Name: ${name}$`, 'm'));
    for (const document of ['LICENSE', 'README.md', 'README.zh-CN.md', 'CHANGELOG.md']) {
      expect(existsSync(join(folder, 'node_modules/go-mirror-setup', document)), document).toBe(true);
    }
  });

  it('passes publint', () => {
    expect(execFileSync('npx', ['publint', '--strict', tarball], { cwd: root, encoding: 'utf8' })).toContain(
      'All good',
    );
  });

  it('sets a mirror, and undo gives the file back byte for byte', async () => {
    const file = join(box.home, '.config/go/env');
    const before = '# mine\nGOFLAGS=-modcacherw\nGOPROXY=https://old.example.com\n';
    await mkdir(join(box.home, '.config/go'), { recursive: true });
    await writeFile(file, before);
    const installed = join(folder, 'node_modules/.bin/go-mirror-setup');

    const used = await box.exec(installed, ['use', 'goproxy.cn', '--no-probe']);
    expect(used.stderr).not.toContain('Error');
    expect(used.exitCode).toBe(0);
    expect(await readFile(file, 'utf8')).toContain('GOPROXY=https://goproxy.cn,direct\n');
    expect((await box.go(['env', 'GOPROXY'])).stdout).toBe('https://goproxy.cn,direct\n');

    const env = { npm_command: 'exec' };
    const byNpx = await box.exec(installed, ['use', 'aliyun', '--no-probe'], { env });
    expect(byNpx.stdout).toContain('npx go-mirror-setup undo');
    expect(byNpx.stdout).not.toMatch(/(?<!npx )go-mirror(?:-setup)? undo/);
    await box.exec(installed, ['undo']);

    const undone = await box.exec(installed, ['undo']);
    expect(undone.exitCode).toBe(0);
    expect(await readFile(file, 'utf8')).toBe(before);
  });
});

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, readdir, readFile, rename, symlink, utimes, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Ended } from '../lab/process.ts';
import { type Sandbox, sandbox } from '../lab/sandbox.ts';

const repository = resolve(import.meta.dirname, '../..');
const pause = join(import.meta.dirname, 'pause-while-loading.cjs');

let box: Sandbox;
let copy: string;
let command: string;
let builds = 0;

beforeAll(async () => {
  box = await sandbox();
  copy = join(box.root, 'copy');
  command = join(copy, 'bin/go-mirror.js');
  for (const part of ['bin', 'src', 'scripts', 'package.json', 'README.md', 'LICENSE']) {
    await cp(join(repository, part), join(copy, part), { recursive: true });
  }
  await symlink(join(repository, 'node_modules'), join(copy, 'node_modules'));
  await build();
});

/** Builds the copy from sources that differ from those before, and returns their version. */
async function build(): Promise<string> {
  const version = `9.9.${builds++}`;
  const manifest = join(copy, 'package.json');
  const text = (await readFile(manifest, 'utf8')).replace(/"version": ".*"/, `"version": "${version}"`);
  await writeFile(`${manifest}.new`, text);
  await rename(`${manifest}.new`, manifest); // Node.js reads it at each start.
  const { exitCode, stdout, stderr } = await box.exec('npm', ['run', '--silent', 'build'], {
    cwd: copy,
    env: { PATH: `${join(process.execPath, '..')}:${box.env.PATH}` },
  });
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^Built dist\/[0-9a-f]{8}: \d+ files, [\d.]+ MB, in [\d.]+ s\.\n$/);
  return version;
}

const run = (args: readonly string[], input = ''): Promise<Ended> =>
  box.exec(process.execPath, [command, ...args], { input });

const log = 'go: rsc.io/quote@v1.5.2: Get "https://goproxy.cn/x": dial tcp: lookup goproxy.cn: no such host\n';
/** Commands that take different parts of the program, and what they say. */
const commands: readonly (readonly [args: readonly string[], input: string, says: RegExp])[] = [
  [['--version'], '', /^9\.9\.\d+$/m],
  [['ls'], '', /goproxy\.cn/],
  [['current', '--json'], '', /"schemaVersion": 1/],
  [['use', 'aliyun', '--no-probe'], '', /is in effect/],
  [['explain', '--no-env'], log, /goproxy\.cn/],
  [['probe', 'http://127.0.0.1:9/', '--json'], '', /connection-refused/],
];

describe('a build', () => {
  it('leaves alone what runs while it replaces the program, again and again', { timeout: 240_000 }, async () => {
    let building = true;
    const wrong: string[] = [];
    let ran = 0;
    const worker = async (first: number): Promise<void> => {
      for (let turn = first; building; turn++) {
        const [args, input, says] = commands[turn % commands.length]!;
        const { stdout, stderr } = await run(args, input);
        ran++;
        if (!says.test(stdout) || /ERR_|Error/.test(stderr)) wrong.push(`${args.join(' ')}: ${stdout}${stderr}`);
      }
    };
    const workers = [worker(0), worker(2), worker(4)];
    for (let round = 0; round < 5; round++) {
      const version = await build();
      expect((await run(['--version'])).stdout).toBe(`${version}\n`);
    }
    building = false;
    await Promise.all(workers);
    expect(wrong).toEqual([]);
    expect(ran).toBeGreaterThan(20);
  });

  it('lets commands end that have loaded a part of their files', async () => {
    const paused = [2, 3, 5, 8, 12].map(files => {
      const file = join(box.root, `pause-${files}`);
      const env = { PAUSE_BEFORE: String(files), PAUSE_FILE: file };
      const args = ['--require', pause, command, 'explain', '--no-env'];
      return { file, ended: box.exec(process.execPath, args, { input: log, env }) };
    });
    for (const { file } of paused) {
      while (!existsSync(`${file}.stopped`)) await new Promise(wake => setTimeout(wake, 20));
    }
    await build();
    await build();
    for (const { file, ended } of paused) {
      await writeFile(`${file}.go`, '');
      const { stdout, stderr, exitCode } = await ended;
      expect([stderr, exitCode]).toEqual(['', 0]);
      expect(stdout).toContain('goproxy.cn');
    }
  });

  it('is the only one that is packed', async () => {
    await build();
    const packed = execFileSync('npm', ['pack', '--dry-run', '--ignore-scripts', '--json'], {
      cwd: copy,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const [{ files }] = JSON.parse(packed) as [{ files: { path: string }[] }];
    const folders = new Set(
      files
        .map(({ path }) => path)
        .filter(path => path.startsWith('dist/'))
        .map(path => path.split('/')[1]),
    );
    const entry = await readFile(join(copy, 'dist/main.js'), 'utf8');
    const [, id] = /'\.\/(.*)\/main\.js'/.exec(entry)!;
    expect([...folders].sort()).toEqual([id, 'main.js', 'package.json'].sort());
    expect(files.filter(({ path }) => path.startsWith(`dist/${id}/`)).length).toBeGreaterThan(20);
  });

  it('keeps the one it replaces, however old, and drops those replaced more than a day ago', async () => {
    const folders = async () => (await readdir(join(copy, 'dist'))).filter(name => /^[0-9a-f]{8}$/.test(name));
    const ago = new Date(Date.now() - 2 * 86_400_000);
    for (const name of await folders()) await utimes(join(copy, 'dist', name), ago, ago);
    await build();
    expect(await folders()).toHaveLength(2);
    expect(await readdir(copy)).not.toContainEqual(expect.stringMatching(/^\.dist-/));
  });

  it('of the same sources is the same', async () => {
    const before = await readFile(join(copy, 'dist/main.js'), 'utf8');
    builds--;
    await build();
    expect(await readFile(join(copy, 'dist/main.js'), 'utf8')).toBe(before);
  });
});

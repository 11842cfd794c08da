import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sandbox } from '../lab/sandbox.ts';

const repository = resolve(import.meta.dirname, '../..');
const fence = '```';

/** Runs `.ci/run` in a repository that has nothing but a README with these commands. */
async function run(commands: readonly string[], args: readonly string[] = []) {
  const box = await sandbox();
  const folder = join(box.root, 'clone');
  await mkdir(join(folder, '.ci'), { recursive: true });
  await copyFile(join(repository, '.ci/run'), join(folder, '.ci/run'));
  const blocks = commands.map(command => `${fence}sh\n${command}\n${fence}\n`);
  const other = `${fence}sh\necho not this one\n${fence}\n`;
  await writeFile(
    join(folder, 'README.md'),
    `# x\n${other}\n## From a clone\n\nText.\n\n${blocks.join('\nText.\n\n')}\n## After\n\n${other}`,
  );
  await writeFile(join(box.home, '.npmrc'), 'tag=mine\n');
  await mkdir(join(box.home, '.cache/go-mirror-lab'), { recursive: true });
  await writeFile(join(box.home, '.cache/go-mirror-lab/piece'), 'made before');
  await mkdir(join(box.home, '.config/go'), { recursive: true });
  await writeFile(join(box.home, '.config/go/env'), 'GOPROXY=https://mine.example.com\n');
  const env = { PATH: `${dirname(process.execPath)}:${box.env.PATH}` };
  const ended = await box.exec(join(folder, '.ci/run'), args, { env });
  return { ...ended, box, lines: ended.stdout.trimEnd().split('\n') };
}

describe('continuous integration', () => {
  it("runs README.md's commands in their order, in one home with nothing in it", async () => {
    const look = 'echo "in $HOME"; ls -A "$HOME"; echo "proxy $(go env GOPROXY)"; npm config get tag cache';
    const { lines, exitCode, box } = await run([
      `${look}; go env -w GOPROXY=https://set.example.com`,
      'echo "in $HOME"; go env GOPROXY; echo "12 passed, 0 failed"',
    ]);
    expect(exitCode).toBe(0);
    const [first, second] = lines.filter(line => line.startsWith('in '));
    expect(first).toBe(second);
    expect(first).not.toBe(`in ${box.home}`);
    const after = lines.slice(lines.indexOf(first!) + 1);
    expect(after[0]).toMatch(/^proxy /); // Nothing is listed before.
    expect(after[0]).not.toContain('mine.example.com');
    expect(after[1]).toBe('tag=mine'); // npm's settings of the user hold.
    expect(after.find(line => line.startsWith('cache'))).toContain(first!.slice(3));
    expect(lines).toContain('https://set.example.com');
    expect(lines.join('\n')).not.toContain('not this one');
    expect(lines.at(-1)).toBe('12 passed, 0 failed');
    expect(await readFile(join(box.home, '.config/go/env'), 'utf8')).toBe('GOPROXY=https://mine.example.com\n');
  });

  it('takes the caches of the machine, and only these, when it shall be quick', async () => {
    const look = 'cat "$HOME/.cache/go-mirror-lab/piece"; echo; go env GOPROXY; npm config get cache';
    const { lines, exitCode, box } = await run([look, 'echo "1 passed, 0 failed, 2 skipped"'], ['--quick']);
    expect(exitCode).toBe(0);
    expect(lines).toContain('made before');
    expect(lines).toContain(join(box.home, '.npm'));
    expect(lines).not.toContain('https://mine.example.com');
    expect(lines.at(-1)).toBe('1 passed, 0 failed, 2 skipped');
  });

  it.each([
    ['the first command fails', ['exit 3', 'echo "5 passed, 0 failed"'], '5 passed, 1 failed'],
    ['tests fail', ['true', 'echo "5 passed, 2 failed, 1 skipped"; exit 1'], '5 passed, 2 failed, 1 skipped'],
    ['the tests pass and their command fails', ['true', 'echo "5 passed, 0 failed"; exit 1'], '5 passed, 1 failed'],
    ['no test was run', ['true', 'true'], '0 passed, 1 failed'],
    ['the README lost a command', ['echo "5 passed, 0 failed"'], '5 passed, 1 failed'],
  ])('is red when %s', async (_, commands, last) => {
    const { lines, exitCode } = await run(commands);
    expect(lines.at(-1)).toBe(last);
    expect(exitCode).toBe(1);
  });

  it('refuses flags that it does not know', async () => {
    const { exitCode, stderr } = await run(['true', 'true'], ['--fast']);
    expect([exitCode, stderr]).toEqual([2, 'usage: .ci/run [--quick]\n']);
  });
});

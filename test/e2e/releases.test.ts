import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Sandbox, sandbox } from '../lab/sandbox.ts';
import { goRelease, goReleases } from '../lab/tools.ts';

/** A machine with this release of Go. */
async function machine(
  version: (typeof goReleases)[number],
): Promise<{ box: Sandbox; goEnv: (name: string) => Promise<string> }> {
  const go = await goRelease(version);
  const box = await sandbox({ env: { PATH: `${dirname(go)}:/usr/bin:/bin`, GOTOOLCHAIN: 'local' } });
  const goEnv = async (name: string) => (await box.exec(go, ['env', name])).stdout.trim();
  return { box, goEnv };
}

describe('with every Go release', () => {
  it.each(goReleases)(
    'go%s: use, current, private, reset and undo',
    async version => {
      const { box, goEnv } = await machine(version);
      const file = join(box.home, '.config/go/env');
      const official = await goEnv('GOPROXY');
      const json = async (...args: string[]) => {
        const { stdout, exitCode } = await box.run([...args, '--json']);
        return { exitCode, ...JSON.parse(stdout) };
      };

      expect(await json('use', 'aliyun', '--no-probe')).toMatchObject({ exitCode: 0, applied: true, effective: true });
      expect(await goEnv('GOPROXY')).toBe('https://mirrors.aliyun.com/goproxy/,direct');
      expect(await goEnv('GOSUMDB')).toBe('sum.golang.google.cn');
      expect(await json('current')).toMatchObject({
        exitCode: 0,
        go: { version: `go${version}` },
        mirror: 'aliyun',
        settings: { GOPROXY: { value: 'https://mirrors.aliyun.com/goproxy/,direct', source: 'file' } },
      });

      expect(await json('private', 'add', 'git.corp.example.com')).toMatchObject({ exitCode: 0, effective: true });
      expect(await goEnv('GONOSUMDB')).toBe('git.corp.example.com');

      expect(await json('reset')).toMatchObject({ exitCode: 0, effective: true });
      expect(await goEnv('GOPROXY')).toBe(official);
      expect(await readFile(file, 'utf8')).toBe('GOPRIVATE=git.corp.example.com\n');

      expect(await json('undo')).toMatchObject({ exitCode: 0, effective: true });
      expect(await goEnv('GOPROXY')).toBe('https://mirrors.aliyun.com/goproxy/,direct');
      for (let left = 2; left > 0; left--) expect((await box.run(['undo'])).exitCode).toBe(0);
      await expect(readFile(file)).rejects.toThrow('ENOENT');

      const shadowed = await box.run(['use', 'goproxy.cn', '--no-probe', '--json'], { env: { GOPROXY: 'direct' } });
      expect(shadowed.exitCode).toBe(1);
      expect(JSON.parse(shadowed.stdout)).toMatchObject({ applied: true, effective: false });
    },
    180_000,
  );
});

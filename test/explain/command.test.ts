import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { causes } from '../../src/causes.ts';
import { sandbox } from '../lab/sandbox.ts';

const box = await sandbox();
const failure =
  'go: rsc.io/quote@v1.5.2: Get "https://goproxy.cn/rsc.io/quote/@v/v1.5.2.info": dial tcp 198.51.100.7:443: i/o timeout\n';

describe('go-mirror explain', () => {
  it.each([
    'hush7/tr0ub4dor',
    'hush7?tr0ub4dor',
    'hush7#tr0ub4dor',
    'hush7,tr0ub4dor',
    "hush7'tr0ub4dor",
    'hush7@tr0ub4dor',
  ])('shows no password of a log: %s', async password => {
    const url = `https://user:${password}@athens.corp.example.com:8443/rsc.io/quote/@v/v1.5.2.info`;
    const input = `go: rsc.io/quote@v1.5.2: Get "${url}": dial tcp 192.0.2.1:8443: connect: connection refused\n`;
    for (const args of [['explain'], ['explain', '--json'], ['explain', '--lang', 'zh']]) {
      const { stdout, stderr } = await box.run(args, { input });
      expect(stdout).toContain('connection-refused');
      expect(stdout + stderr).not.toMatch(/hush7|tr0ub4dor/);
    }
  });

  it('names cause, culprit, evidence and fix of what it reads on standard input', async () => {
    const { stdout, stderr, exitCode } = await box.run(['explain', '--json'], { input: failure });
    expect(exitCode).toBe(0);
    expect(stderr).toBe('');
    const answer = JSON.parse(stdout);
    expect(answer).toMatchObject({
      schemaVersion: 1,
      command: 'explain',
      cause: 'connect-timeout',
      culprit: { kind: 'host', value: 'goproxy.cn' },
      confidence: 'high',
      evidence: failure.trim(),
      line: 1,
    });
    expect(answer.fixes[0]).toEqual({ command: 'go-mirror use --fastest', why: expect.stringMatching(/\w/) });
  });

  it('reads a file and speaks Chinese', async () => {
    await writeFile(join(box.work, 'build.log'), `ok\n\n${failure}`);
    const { stdout, exitCode } = await box.run(['explain', 'build.log', '--lang', 'zh', '--no-env']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('goproxy.cn · connect-timeout');
    expect(stdout).toMatch(/第 3 行/);
    expect(stdout).toContain('→ go-mirror use --fastest');
  });

  it('exits 1 and says what to do where it knows no cause', async () => {
    const { stdout, exitCode } = await box.run(['explain'], { input: 'hello\n' });
    expect(exitCode).toBe(1);
    expect(stdout).toContain('go-mirror doctor');
    const json = await box.run(['explain', '--json'], { input: '' });
    expect(json.exitCode).toBe(1);
    expect(JSON.parse(json.stdout)).toMatchObject({ cause: null, culprit: null, fixes: [] });
  });

  it('passes the output of a command through and ends as it ended', async () => {
    const script = 'printf out; printf "go: module lookup disabled by GOPROXY=off\\n" >&2; exit 7';
    const plain = await box.run(['explain', '--', 'sh', '-c', script]);
    expect(plain.exitCode).toBe(7);
    expect(plain.stdout).toBe('out');
    expect(plain.stderr).toContain('disabled by GOPROXY=off\n');
    expect(plain.stderr).toContain('GOPROXY · goproxy-off');
    const json = await box.run(['explain', '--json', '--', 'sh', '-c', script]);
    expect(json.exitCode).toBe(7);
    expect(JSON.parse(json.stdout)).toMatchObject({ cause: 'goproxy-off', exitCode: 7 });
    expect(json.stderr).toContain('out');
  });

  it('lists every cause with its explanation and fix in both languages', async () => {
    for (const language of ['en', 'zh']) {
      const { stdout, exitCode } = await box.run(['explain', '--list', '--json', '--lang', language]);
      expect(exitCode).toBe(0);
      const listed = JSON.parse(stdout).causes as { cause: string; explanation: string; fix: string }[];
      expect(listed.map(one => one.cause)).toEqual([...causes]);
      for (const one of listed) {
        expect(one.explanation).not.toBe('');
        expect(one.fix).not.toBe('');
        expect(/[\u4e00-\u9fff]/.test(one.explanation + one.fix)).toBe(language === 'zh');
      }
    }
  });

  it('refuses what it cannot read with exit 2', async () => {
    const missing = await box.run(['explain', 'nosuch.log']);
    expect(missing).toMatchObject({ exitCode: 2, stdout: '' });
    expect(missing.stderr).toContain('nosuch.log');
    expect((await box.run(['explain', 'a', 'b'])).exitCode).toBe(2);
    expect((await box.run(['explain', 'a', '--', 'true'])).exitCode).toBe(2);
    expect((await box.run(['explain', '--', 'no-such-command'])).exitCode).toBe(2);
  });
});

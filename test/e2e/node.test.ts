import { beforeAll, describe, expect, it } from 'vitest';
import { nodeLines, nodeRelease } from '../lab/node.ts';
import { command, type Sandbox, sandbox } from '../lab/sandbox.ts';

let box: Sandbox;
beforeAll(async () => {
  box = await sandbox();
});

describe('an older Node.js', () => {
  let node: string;
  beforeAll(async () => {
    node = await nodeRelease('18');
  });

  it.each([
    ['C.UTF-8', 'go-mirror needs Node.js 20.19 or later; this is 18.'],
    ['zh_CN.UTF-8', 'go-mirror 需要 Node.js 20.19 或更高版本，当前为 18.'],
  ])('gets one clear line (%s)', async (LANG, line) => {
    const { stdout, stderr, exitCode } = await box.exec(node, [command, 'ls'], { env: { LANG } });
    expect(stdout).toBe('');
    expect(stderr).toContain(line);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(exitCode).toBe(2);
  });
});

describe.each(nodeLines.slice(1))('Node.js %s', line => {
  let node: string;
  beforeAll(async () => {
    node = await nodeRelease(line);
  });

  it('runs the command', async () => {
    const { stdout: version } = await box.exec(node, ['--version'], {});
    expect(version).toMatch(new RegExp(`^v${line.replace('.', '\\.')}\\.`));

    const help = await box.exec(node, [command, 'use', '--help'], {});
    expect(help.stderr).toBe('');
    expect(help.stdout).toContain('go-mirror use goproxy.cn');
    expect(help.exitCode).toBe(0);

    const used = await box.exec(node, [command, 'use', 'https://goproxy.cn', '--no-probe', '--json'], {});
    expect(JSON.parse(used.stdout)).toMatchObject({ command: 'use', applied: true, effective: true });
    expect(used.exitCode).toBe(0);

    const undone = await box.exec(node, [command, 'undo', '--json'], {});
    expect(JSON.parse(undone.stdout)).toMatchObject({ command: 'undo', applied: true });
    expect(undone.exitCode).toBe(0);

    const probed = await box.exec(node, [command, 'probe', 'http://127.0.0.1:1/', '--json'], {});
    expect(JSON.parse(probed.stdout)).toMatchObject({ ok: false, cause: 'connection-refused' });
    expect(probed.exitCode).toBe(1);
  });
});

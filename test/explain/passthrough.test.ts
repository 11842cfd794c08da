import { describe, expect, it } from 'vitest';
import { sandbox } from '../lab/sandbox.ts';

const box = await sandbox();

describe('explain -- COMMAND', () => {
  it('shows the output while it comes, and hands signals on', async () => {
    const script = 'trap "echo caught; exit 5" TERM; echo ready; while :; do sleep 0.1; done';
    const running = box.start(['explain', '--', 'sh', '-c', script]);
    await running.shows('ready');
    running.child.kill('SIGTERM');
    const ended = await running.ended;
    expect(ended.stdout).toBe('ready\ncaught\n');
    expect(ended.exitCode).toBe(5);
  });

  it('gives the command its standard input', async () => {
    const { stdout } = await box.run(['explain', '--', 'cat'], { input: 'handed on' });
    expect(stdout).toBe('handed on');
  });

  it('ends with 128 and the number of the signal that ended the command', async () => {
    expect((await box.run(['explain', '--', 'sh', '-c', 'kill -9 $$'])).exitCode).toBe(137);
  });

  it('has nothing to explain where the command succeeds', async () => {
    const { stdout, exitCode } = await box.run(['explain', '--json', '--', 'sh', '-c', 'echo "x509: never mind"']);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ cause: null, exitCode: 0 });
  });

  it('passes 20 MB through whole', async () => {
    const { stdout, exitCode } = await box.run([
      'explain',
      '--',
      'sh',
      '-c',
      'yes 0123456789abcdef | head -c 20000000; exit 3',
    ]);
    expect(stdout.length).toBe(20_000_000);
    expect(exitCode).toBe(3);
  });
});

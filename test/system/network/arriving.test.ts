import { describe, expect, test } from 'vitest';
import { arriving } from '../../../src/system/network/arriving.ts';
import { openTurns } from '../../../src/system/network/turns.ts';

function source() {
  const calls: string[] = [];
  return {
    calls,
    pause: () => void calls.push('pause'),
    resume: () => void calls.push('resume'),
    abort: () => void calls.push('abort'),
  };
}

describe('a body on its way in', () => {
  test('gives all that came before it fails', async () => {
    const incoming = arriving(source());
    for (const text of ['a', 'b', 'c']) incoming.push(Buffer.from(text));
    incoming.fail(new Error('gone'));
    incoming.push(Buffer.from('too late'));
    let text = '';
    const read = async (): Promise<void> => {
      for await (const chunk of incoming.body) {
        text += chunk;
        await new Promise(resolve => setImmediate(resolve));
      }
    };
    await expect(read()).rejects.toThrow('gone');
    expect(text).toBe('abc');
  });

  test('pauses its source while nobody reads, and lets it go on', async () => {
    const from = source();
    const incoming = arriving(from);
    for (let count = 0; count < 20; count += 1) incoming.push(Buffer.alloc(64 * 1024));
    expect(from.calls).toEqual(['pause']);
    let bytes = 0;
    incoming.body.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
    });
    await new Promise(resolve => setImmediate(resolve));
    expect(from.calls).toEqual(['pause', 'resume']);
    const ended = new Promise(resolve => incoming.body.once('end', resolve));
    incoming.end();
    await ended;
    expect(bytes).toBe(20 * 64 * 1024);
  });

  test('aborts its source where the reader has enough, and not once it has ended', async () => {
    const [stopped, whole] = [source(), source()];
    arriving(stopped).body.destroy();
    const incoming = arriving(whole);
    incoming.push(Buffer.from('x'));
    incoming.end();
    for await (const _ of incoming.body);
    expect([stopped.calls, whole.calls]).toEqual([['abort'], []]);
  });
});

describe('turns', () => {
  const signal = new AbortController().signal;

  test('so many at a time, in their order, and fewer or more when told', async () => {
    const turns = openTurns(2);
    const started: number[] = [];
    const enter = (index: number) =>
      turns.enter(signal).then(leave => {
        started.push(index);
        return leave;
      });
    const all = [0, 1, 2, 3, 4].map(enter);
    const first = await all[0]!;
    await all[1];
    expect(started).toEqual([0, 1]);
    turns.limit(1);
    first();
    first();
    await new Promise(resolve => setImmediate(resolve));
    expect(started).toEqual([0, 1]);
    turns.limit(3);
    await Promise.all([all[2], all[3]]);
    expect(started).toEqual([0, 1, 2, 3]);
  });

  test('who is aborted while waiting takes no turn', async () => {
    const turns = openTurns(1);
    const leave = await turns.enter(signal);
    const controller = new AbortController();
    const given = turns.enter(controller.signal);
    const next = turns.enter(signal);
    controller.abort();
    await expect(given).rejects.toThrow('aborted');
    leave();
    await next;
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import type { Body } from '../../src/modproxy/body.ts';
import { hashZip } from '../../src/modproxy/dirhash.ts';
import { memorySource } from '../../src/modproxy/source.ts';
import type { HashAnswer, HashRequest } from '../../src/relay/hash-worker.ts';
import { openHasher } from '../../src/relay/hasher.ts';
import { publicMirrors } from '../lab/catalogue.ts';
import { labMirror } from '../lab/mirror.ts';
import { sandbox } from '../lab/sandbox.ts';
import { madeProject, writeProject } from './made-project.ts';

const project = await madeProject();
const zips = Object.entries(project.files)
  .filter(([path]) => path.endsWith('.zip'))
  .map(([, bytes]) => bytes);
const inMemory = (bytes: Buffer): Body => ({ kind: 'memory', bytes, size: bytes.length });
const broken = inMemory(Buffer.from('no zip'));

it('hashes here where no thread is to be had, and says what is no zip', async () => {
  const hasher = openHasher();
  const hashes = await Promise.all(zips.map(bytes => hasher.zip(inMemory(bytes))));
  expect(hashes).toEqual(await Promise.all(zips.map(bytes => hashZip(memorySource(bytes)))));
  await expect(hasher.zip(broken)).rejects.toThrow('zip: not a valid zip file');
  hasher.close();
});

describe('the thread of the built program', () => {
  const dist = join(import.meta.dirname, '../../dist');
  const [, build] = /'\.\/([0-9a-f]+)\/main\.js'/.exec(readFileSync(join(dist, 'main.js'), 'utf8'))!;

  it('gives the same hashes, in the order in which it was asked', async () => {
    const worker = new Worker(join(dist, build!, 'hash-worker.js'));
    const answers: HashAnswer[] = [];
    const all = new Promise<void>((resolve, reject) => {
      worker.on('error', reject).on('message', answer => {
        answers.push(answer);
        if (answers.length > zips.length) resolve();
      });
    });
    for (const [id, body] of [...zips.map(inMemory), broken].entries())
      worker.postMessage({ id, body } satisfies HashRequest);
    await all;
    await worker.terminate();
    const hashes = await Promise.all(zips.map(bytes => hashZip(memorySource(bytes))));
    expect(answers).toEqual([
      ...hashes.map((hash, id) => ({ id, lent: null, hash })),
      { id: zips.length, lent: null, error: 'zip: not a valid zip file' },
    ]);
  });

  it('gives memory back that was lent to it', async () => {
    const worker = new Worker(join(dist, build!, 'hash-worker.js'));
    const bytes = zips[0]!;
    const lent = Uint8Array.from(bytes).buffer;
    worker.postMessage({ id: 1, lent } satisfies HashRequest, [lent]);
    const answer: HashAnswer = await new Promise((resolve, reject) =>
      worker.on('error', reject).on('message', resolve),
    );
    await worker.terminate();
    expect(lent.byteLength).toBe(0);
    expect(answer).toMatchObject({ id: 1, hash: await hashZip(memorySource(bytes)) });
    expect(Buffer.from(answer.lent!)).toEqual(bytes);
  });

  it('is started by a pull whose mirrors may stand in for one another, and by no other', async () => {
    const mirrors = [await labMirror({ files: project.files }), await labMirror({ files: project.files })];
    for (const urls of [mirrors.map(({ url }) => url), [mirrors[0]!.url]]) {
      const box = await sandbox({ env: { GOPROXY: urls.join(), GOSUMDB: 'off', NODE_DEBUG: 'worker' } });
      await writeProject(box.work, project);
      const { exitCode, stderr } = await box.run(['pull', ...(await publicMirrors(box.root, urls))]);
      expect(exitCode).toBe(0);
      expect(/created Worker with ID 1/.test(stderr)).toBe(urls.length > 1);
      expect(stderr).not.toMatch(/created Worker with ID 2/);
    }
  });
});

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { access, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import { decide } from '../../src/explain/decide.ts';
import { readEntries } from '../../src/explain/log/read.ts';
import { cleanUp } from '../../test/lab/cleanup.ts';
import { command, sandbox } from '../../test/lab/sandbox.ts';
import { readOptions } from '../options.ts';
import { conclude } from '../result.ts';

const usage = `npm run bench explain -- [--corpus FOLDER] [--megabytes 50] [--fuzz 10000] [--score] [--short]
What explain does to long logs (time and memory of the built command), to random bytes (in this process), and, with a folder
that holds score.mjs and *-failures.jsonl, how many causes it names rightly (--score: this alone).`;

const filler = [
  '2024-05-06T07:08:09.1234567Z ok  \tgithub.com/corp/app/internal/pkg\t0.123s  coverage: 71.2% of statements',
  '#12 34.567 go: downloading github.com/foo/bar v1.2.3',
  '=== RUN   TestSomething/case_17',
  '    --- PASS: TestSomething/case_17 (0.00s)',
];
const failure =
  '#12 99.1 go: rsc.io/quote@v1.5.2: Get "https://goproxy.cn/rsc.io/quote/@v/v1.5.2.info": dial tcp 198.51.100.7:443: i/o timeout';
const logs: readonly (readonly [string, readonly string[]])[] = [
  ['a build that fails at its end', filler],
  ['a failure in every line', [failure]],
  [
    'words of many rules in every line',
    ['x_test.go:7: dial tcp 10.0.0.1:443: connection refused, no such host, x509: bad'],
  ],
];

async function main(): Promise<void> {
  const presets = { corpus: '../shared/corpus', megabytes: '50', fuzz: '10000' };
  const options = readOptions(usage, presets, ['score']);
  const scale = options.short ? 0.1 : 1;
  const [megabytes, inputs] = [Number(options.megabytes) * scale, Math.round(Number(options.fuzz) * scale)];
  try {
    if (!options.score) {
      await conclude('explain', {
        arguments: { megabytes, fuzz: inputs },
        figures: { ...(await long(megabytes)), ...(await fuzz(inputs)) },
        full: megabytes >= 50 && inputs >= 10_000,
      });
    }
    await score(resolve(options.corpus));
  } finally {
    await cleanUp();
  }
}

/** Of three kinds of logs the longest time and the most memory. */
async function long(megabytes: number): Promise<{ seconds: number; memory: number }> {
  const box = await sandbox();
  const file = join(box.root, 'log');
  const most = { seconds: 0, memory: 0 };
  for (const [name, lines] of logs) {
    await write(file, lines, megabytes * 1_000_000);
    const times = [];
    for (let round = 0; round < 3; round++) {
      const run = ['-f', '%e %U %M', process.execPath, command, 'explain', file, '--json', '--no-env'];
      const { stdout, stderr } = await box.exec('/usr/bin/time', run);
      const [wall = 0, user = 0, kilobytes = 0] = stderr.trim().split(' ').map(Number);
      times.push({ wall, user, kilobytes, cause: JSON.parse(stdout).cause });
    }
    const best = times.sort((a, b) => a.wall - b.wall)[0]!;
    const memory = Math.max(...times.map(one => one.kilobytes)) * 1024;
    most.seconds = Math.max(most.seconds, best.wall);
    most.memory = Math.max(most.memory, memory);
    console.log(
      `${megabytes} MB, ${name}: ${best.wall} s (${best.user} s of it computing), ${(memory / 1e6).toFixed(0)} MB, ${best.cause}`,
    );
  }
  await rm(file);
  return most;
}

async function write(file: string, lines: readonly string[], bytes: number): Promise<void> {
  const stream = createWriteStream(file);
  const block = Buffer.from(`${Array.from({ length: 2000 }, (_, n) => lines[n % lines.length]).join('\n')}\n`);
  for (let written = 0; written < bytes; written += block.length) {
    if (!stream.write(block)) await once(stream, 'drain');
  }
  stream.end(`${failure}\n`);
  await finished(stream);
}

/** Random bytes with words of the rules in between: an answer each time, the slowest named. */
async function fuzz(inputs: number): Promise<{ answered: number; slowest: number }> {
  const words = [
    'go: ',
    'https://',
    '@v1.0.0',
    '/@v/',
    ': 404 Not Found',
    '\tserver response:',
    'lookup ',
    'x509: ',
    '\n',
    '\\n"',
    '\u001b[',
  ];
  let slowest = 0;
  let named = 0;
  let answered = 0;
  for (let input = 0; input < inputs; input++) {
    const parts = Array.from({ length: 1 + Math.floor(Math.random() * 40) }, () =>
      Math.random() < 0.4
        ? Buffer.from(words[Math.floor(Math.random() * words.length)]!.repeat(1 + Math.floor(Math.random() * 50)))
        : Buffer.from(Array.from({ length: Math.floor(Math.random() * 300) }, () => Math.floor(Math.random() * 256))),
    );
    const started = performance.now();
    const verdict = await decide(
      readEntries(
        (async function* () {
          yield* parts;
        })(),
      ),
    );
    answered++;
    slowest = Math.max(slowest, performance.now() - started);
    if (verdict) named++;
  }
  console.log(`${answered} answers to ${inputs} random inputs, ${named} name a cause`);
  return { answered: answered / inputs, slowest };
}

/** How many causes are named rightly in the corpora of a folder, by its own scorer. */
async function score(folder: string): Promise<void> {
  const scorer = join(folder, 'score.mjs');
  if (
    !(await access(scorer).then(
      () => true,
      () => false,
    ))
  )
    return console.log(`no corpus in ${folder}`);
  const box = await sandbox();
  const [reported, induced] = [await one('pull-failures.jsonl'), await one('induced-failures.jsonl')];
  await conclude('score', {
    arguments: { cases: reported.cases + induced.cases },
    figures: {
      reported: reported.right / reported.cases,
      induced: induced.right / induced.cases,
      falseAlarms: reported.falseAlarms + induced.falseAlarms,
    },
    full: true,
  });

  async function one(name: string): Promise<{ right: number; cases: number; falseAlarms: number }> {
    const run = [scorer, join(folder, name), '--', process.execPath, command, 'explain', '--json'];
    const { stdout, stderr } = await box.exec(process.execPath, run);
    console.log(`${name}: ${stdout.trim()}`);
    const last = /(\d+)\/(\d+) accepted .* false alarms (\d+)/.exec(stdout);
    if (!last) throw new Error(`No score of ${name}:\n${stdout}${stderr}`);
    const [right, cases, falseAlarms] = last.slice(1).map(Number) as [number, number, number];
    return { right, cases, falseAlarms };
  }
}

await main();

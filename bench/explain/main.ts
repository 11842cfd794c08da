import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { access, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { decide } from '../../src/explain/decide.ts';
import { readEntries } from '../../src/explain/log/read.ts';
import { cleanUp } from '../../test/lab/cleanup.ts';
import { command, sandbox } from '../../test/lab/sandbox.ts';

const usage = `bench:explain [--corpus FOLDER] [--megabytes 50] [--fuzz 10000] [--score] [--short]
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

async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      corpus: { type: 'string', default: '../shared/corpus' },
      megabytes: { type: 'string', default: '50' },
      fuzz: { type: 'string', default: '10000' },
      score: { type: 'boolean', default: false },
      short: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(usage);
  const scale = values.short ? 0.1 : 1;
  try {
    if (!values.score) {
      await long(Number(values.megabytes) * scale);
      await fuzz(Math.round(Number(values.fuzz) * scale));
    }
    await score(resolve(values.corpus));
  } finally {
    await cleanUp();
  }
}

async function long(megabytes: number): Promise<void> {
  const box = await sandbox();
  const file = join(box.root, 'log');
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
    const memory = Math.max(...times.map(one => one.kilobytes)) / 1000;
    console.log(
      `${megabytes} MB, ${name}: ${best.wall} s (${best.user} s of it computing), ${memory} MB, ${best.cause}`,
    );
  }
  await rm(file);
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
async function fuzz(inputs: number): Promise<void> {
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
    slowest = Math.max(slowest, performance.now() - started);
    if (verdict) named++;
  }
  console.log(
    `${inputs} random inputs: ${inputs} answers (${named} name a cause), the slowest after ${slowest.toFixed(0)} ms`,
  );
}

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
  for (const name of ['pull-failures.jsonl', 'induced-failures.jsonl']) {
    const run = [scorer, join(folder, name), '--', process.execPath, command, 'explain', '--json'];
    const { stdout } = await box.exec(process.execPath, run);
    console.log(`${name}: ${stdout.trim()}`);
  }
}

await main(process.argv.slice(2));

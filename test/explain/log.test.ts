import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanLine } from '../../src/explain/log/clean.ts';
import { createSpotter } from '../../src/explain/log/spotter.ts';
import { examples } from './examples.ts';
import { verdictOf } from './verdict.ts';

const url = 'https://goproxy.example.com/rsc.io/quote/@v/v1.5.2.info';
const timeout = `go: rsc.io/quote@v1.5.2: Get "${url}": dial tcp 198.51.100.7:443: i/o timeout`;

describe('what stands before a line', () => {
  it.each([
    ['BuildKit', '#12 34.567 '],
    ['BuildKit, plain', '827.3 '],
    ['Compose', 'builder-1  | '],
    ['a quote', '> '],
    ['nix', '       > '],
    ['GitHub', '2024-05-06T07:08:09.1234567Z '],
    ['GitHub, downloaded', 'build\tRun make\t2024-05-06T07:08:09.1234567Z '],
    ['GitHub, marked', '2024-05-06T07:08:09.1234567Z ##[error]'],
    ['GitLab', '2024-05-06T07:08:09.123456Z 01O '],
    ['Jenkins', '[2024-05-06T07:08:09.123Z] '],
    ['a time of day', '12:34:56 '],
    ['Go’s log', '2020/10/17 14:36:39 '],
    ['syslog', 'May  6 07:08:09 host builder[123]: '],
    ['Maven', '[ERROR] '],
    ['colours', '\u001b[31m\u001b[1m'],
  ])('%s', (_name, prefix) => expect(cleanLine(prefix + timeout)).toBe(timeout));

  it('leaves indentation and the line itself as they are', () => {
    expect(cleanLine('\tserver response: not found')).toBe('\tserver response: not found');
    expect(cleanLine('main.go:3:8: x')).toBe('main.go:3:8: x');
  });
});

describe('a log', () => {
  it.each([
    ['CRLF', Buffer.from(`first\r\n${timeout}\r\n`)],
    ['UTF-16 little endian, as PowerShell writes it', Buffer.from(`\ufefffirst\r\n${timeout}\r\n`, 'utf16le')],
    ['UTF-16 big endian', Buffer.from(`\ufefffirst\r\n${timeout}\r\n`, 'utf16le').swap16()],
    ['UTF-16 without a mark', Buffer.from(`first\r\n${timeout}\r\n`, 'utf16le')],
    ['a lone carriage return', Buffer.from(`10%\r20%\r${timeout}\n`)],
    [
      'structured, with line breaks written out',
      Buffer.from(`level=error msg="stderr: first\\n${timeout.replaceAll('"', '\\"')}\\n"\n`),
    ],
  ])('in %s', async (_name, bytes) => {
    expect(await verdictOf(bytes)).toMatchObject({
      cause: 'connect-timeout',
      culprit: { value: 'goproxy.example.com' },
    });
  });

  it('in GBK, as Chinese consoles write it', async () => {
    // 由于目标计算机积极拒绝，无法连接。
    const refused = Buffer.from('d3c9d3dac4bfb1eabcc6cbe3bbfabbfdbcabbedcbef8a3accedeb7a8c1acbdd3a1a3', 'hex');
    const line = Buffer.concat([Buffer.from(timeout.replace('i/o timeout', 'connectex: ')), refused]);
    expect(await verdictOf(line)).toMatchObject({ cause: 'connection-refused' });
  });

  it('says the same however it is cut into pieces', async () => {
    const lines = examples.filter((_, index) => index % 4 === 0);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...lines), fc.integer({ min: 1, max: 60 }), async ({ output, cause }, size) => {
        const bytes = Buffer.from(output);
        const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) =>
          bytes.subarray(n * size, (n + 1) * size),
        );
        expect((await verdictOf(...pieces))?.cause).toBe(cause);
      }),
      { seed: 7, numRuns: 60 },
    );
  });

  it.each([0, 1, 2.5, 4])('is found at line %s million bytes deep, with its number', async million => {
    const filler = 'ok  \tgithub.com/corp/app/internal/pkg\t0.123s\n';
    const before = Math.round((million * 1_000_000) / filler.length);
    const log = Buffer.from(`${filler.repeat(before)}${timeout}\n${filler.repeat(20_000)}`);
    const pieces = Array.from({ length: Math.ceil(log.length / 65_536) }, (_, n) =>
      log.subarray(n * 65_536, (n + 1) * 65_536),
    );
    expect(await verdictOf(...pieces)).toMatchObject({ cause: 'connect-timeout', lineNumber: before + 1 });
  });

  it('keeps the lines around a place together when it is long', async () => {
    const filler = 'compiling something that says nothing at all\n'.repeat(30_000);
    const message = examples.find(one => one.rule === 'sumdb-relayed-refusal' && one.output.includes('\n\t\tfatal'))!;
    const verdict = await verdictOf(`${filler}${message.output}\n${filler}`);
    expect(verdict).toMatchObject({ cause: message.cause, culprit: { value: message.culprit } });
  });

  it('of any bytes gives an answer', async () => {
    const words = [
      'go: ',
      'https://',
      '@v1.0.0',
      '/@v/',
      ': 404 Not Found\n',
      '\tserver response:',
      'lookup ',
      'x509: ',
      '\n',
      '\r',
      '\\n',
      '"',
      '\u001b[',
    ];
    const part = fc.oneof(
      fc.uint8Array({ maxLength: 200 }).map(bytes => Buffer.from(bytes)),
      fc.constantFrom(...words).map(word => Buffer.from(word)),
      fc.constantFrom(...examples).map(one => Buffer.from(one.output)),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 12 }), async parts => {
        const verdict = await verdictOf(Buffer.concat(parts));
        expect(verdict === null || typeof verdict.evidence === 'string').toBe(true);
      }),
      { seed: 11, numRuns: 400 },
    );
  });
});

describe('the spotter', () => {
  it('finds what a search for each word finds', () => {
    const letters = fc.stringMatching(/^[abAB]{1,4}$/);
    fc.assert(
      fc.property(
        fc.uniqueArray(
          letters.map(word => word.toLowerCase()),
          { minLength: 1, maxLength: 6 },
        ),
        fc.stringMatching(/^[abcABC]{0,60}$/),
        (all, text) => {
          const words = all.filter(word => !all.some(other => other !== word && word.includes(other)));
          const found = new Set<string>();
          const bytes = Buffer.from(text);
          createSpotter(words.map(word => Buffer.from(word))).spot(bytes, 0, bytes.length, (word, end) => {
            found.add(`${words[word]} ${end}`);
          });
          const expected = words.flatMap(word =>
            Array.from(text.toLowerCase(), (_, at) => at)
              .filter(at => text.toLowerCase().startsWith(word, at))
              .map(at => `${word} ${at + word.length}`),
          );
          expect([...found].sort()).toEqual(expected.sort());
        },
      ),
      { seed: 3, numRuns: 300 },
    );
  });
});

import type { Bytes } from '../system/input.ts';

/** What a go command says of the code itself: what does not compile, and tests that fail. */
const failedTest = /^\s{0,40}--- FAIL: |^FAIL\t\S{1,300}\t[\d.]{1,12}s|^panic: test timed out/;
/** The head over what the compiler, vet or the linker says of a package. */
const packageHead = /^# [^\s:]{1,300}(?: \[[^\]\n]{1,300}\])?$/;
const placeInCode = /^(?:vet: )?\S{1,300}\.(?:go|s|c|h):\d{1,9}(?::\d{1,9})?: /;
/** Of a package that could not be fetched go says so in the place of its import. */
const notFetched = /@v\d|module providing package/;
const longestLine = 2000;

/** Hands output on as it comes, and says at its end whether the code was at fault in it. */
export function watchForOwnFault(): {
  pass(output: AsyncIterable<Buffer>): Bytes;
  seen(): boolean;
  isSilent(): boolean;
} {
  let rest = '';
  let isBelowHead = false;
  let isSeen = false;
  let bytes = 0;
  const look = (line: string): void => {
    if (failedTest.test(line) || (isBelowHead && placeInCode.test(line) && !notFetched.test(line))) isSeen = true;
    isBelowHead = packageHead.test(line);
  };
  return {
    async *pass(output) {
      for await (const chunk of output) {
        bytes += chunk.length;
        const lines = (rest + chunk.toString('latin1')).split(/\r?\n/);
        rest = lines.pop()!.slice(0, longestLine);
        lines.forEach(look);
        yield chunk;
      }
      look(rest);
    },
    seen: () => isSeen,
    isSilent: () => bytes === 0,
  };
}

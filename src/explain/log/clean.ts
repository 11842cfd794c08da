import { stripControl } from '../../system/text.ts';

/**
 * What log collectors put before a line, each anchored at its start: BuildKit (`#12 3.456 `), Compose (`web-1  | `), quotes,
 * times of day and dates in the forms of GitHub, GitLab, Jenkins, Azure, syslog and Go's own `log`, and levels.
 */
const prefixes: readonly RegExp[] = [
  /^\s{0,20}#\d{1,5} (?=\d{1,6}\.\d)/,
  /^\s{0,20}\d{1,6}\.\d{1,3} (?=\S|\s*$)/,
  /^\s{0,20}[>│┃] ?/,
  /^[\w.-]{1,60} {0,20}\| /,
  /^[^\t]{1,80}\t[^\t]{1,80}\t(?=\uFEFF?\d{4}-)/,
  /^\uFEFF/,
  /^\[?\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?\]? ?/,
  /^\[?\d\d:\d\d:\d\d(?:[.,]\d{1,9})?\]? {1,4}/,
  /^[A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d [\w.-]{1,60} [\w./-]{1,60}(?:\[\d{1,8}\])?: /,
  /^\d\d[OE]\+? /,
  /^##\[(?:error|warning|debug|command)\]/,
  /^::(?:error|warning|debug)[^:]{0,200}::/,
  /^\[(?:INFO|WARN|WARNING|ERROR|FATAL|DEBUG|info|warn|error|debug)\] {0,4}/,
  // Google Cloud Build, Tekton, Bitbucket, Jenkins' parallel stages.
  /^Step #\d{1,4}(?: - "[^"]{1,80}")?: /,
  /^\[[\w./-]{1,60}(?: : [\w./-]{1,60})?\] (?=\s{0,20}\S)/,
  /^(?:stderr|stdout|STDERR|STDOUT)(?:: | \| )/,
];

/** A line without colours, and without what a log collector put before it; indentation stays. */
export function cleanLine(raw: string): string {
  let line = stripControl(raw).trimEnd();
  for (let round = 0; round < 3; round++) {
    const before = line;
    for (const prefix of prefixes) line = line.replace(prefix, '');
    if (line === before) break;
  }
  return line;
}

/** A structured log holds a whole output in one line, its line breaks written as `\n`. */
export function splitEscaped(line: string): string[] {
  if (!line.includes('\\n') || !/(?:=|: ?|, ?)\\?"|stderr: /.test(line)) return [line];
  return line.split(/\\r\\n|\\n/).map(part => part.replaceAll('\\t', '\t').replaceAll('\\"', '"'));
}

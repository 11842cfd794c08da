/** Who reads a file that sets variables; each has a way of its own to write it. */
export type Reader =
  | 'posix'
  | 'fish'
  | 'csh'
  | 'powershell'
  | 'nu'
  | 'xonsh'
  | 'elvish'
  | 'environment'
  | 'pam'
  | 'systemd'
  | 'toml'
  | 'json'
  | 'xml';

/** A line that sets a variable. */
export interface Assignment {
  /** From 1. */
  line: number;
  text: string;
  /** What it sets it to, as it is written there, without quotes: `$X` and the like are not filled in. */
  value: string;
}

/** A word of a shell: quoted parts and plain ones, up to a blank or what ends a command. */
const word = `((?:"(?:[^"\\\\]|\\\\.)*"|'[^']*'|\\\\.|[^\\s;&|()"'\`<>])*)`;
/** A text between quotes, or what stands plain up to a comma or the end of the line. */
const scalar = `("(?:[^"\\\\]|\\\\.)*"|'[^']*'|[^\\s,;)}]+)`;
const begins = `(?:^|[;&|(]\\s*|(?<!\\$)\\{\\s*|\\b(?:then|do|else)\\s+)`;

/** How each of them writes it; the one group that took part holds the value. `NAME` stands for the variable. */
const forms: Readonly<Record<Reader, readonly string[]>> = {
  posix: [
    `${begins}\\s*(?:(?:export|readonly|declare\\s+-\\w*x\\w*|typeset\\s+-\\w*x\\w*)\\s+)?(?:\\w+=${word.replace('((', '(?:(')}\\s+)*NAME=${word}`,
    `${begins}\\s*:\\s+"?\\$\\{NAME:?=([^}]*)\\}`,
    `\\blaunchctl\\s+setenv\\s+NAME\\s+${word}`,
  ],
  fish: [
    `\\bset\\s+(?:-\\S+\\s+)+NAME\\s+${word}`,
    `${begins}\\s*export\\s+NAME=${word}`,
    `^SETUVAR\\s.*\\bNAME:(.*)$`,
  ],
  csh: [`\\bsetenv\\s+NAME\\s+${word}`],
  powershell: [
    `\\$env:NAME\\s*=\\s*${scalar}`,
    `\\bSetEnvironmentVariable\\(\\s*["']NAME["']\\s*,\\s*${scalar}`,
    `\\bSet-Item\\s+(?:-Path\\s+)?["']?env:[\\\\/]?NAME["']?\\s+(?:-Value\\s+)?${scalar}`,
  ],
  nu: [
    `\\$env\\.NAME\\s*=\\s*${scalar}`,
    `\\blet-env\\s+NAME\\s*=\\s*${scalar}`,
    `(?:^|[{,]\\s*)["']?NAME["']?:\\s*${scalar}`,
  ],
  xonsh: [`^\\$NAME\\s*=\\s*${scalar}`],
  elvish: [`\\bset-env\\s+NAME\\s+${word}`, `\\bset\\s+E:NAME\\s*=\\s*${word}`],
  environment: [`^(?:export\\s+)?NAME=(.*)$`],
  pam: [`^NAME\\s+(?:DEFAULT|OVERRIDE)=${word}`, `^NAME=${word}`],
  systemd: [`^(?:Default)?Environment=.*?(?<=[\\s="'])NAME=(.*?)["']?(?:\\s|$)`],
  toml: [`(?:^|[{,]\\s*)["']?NAME["']?\\s*=\\s*${scalar}`],
  json: [`"NAME"\\s*:\\s*${scalar}`],
  xml: [
    `(?:key|name)="NAME"\\s+value="([^"]*)"`,
    `<string>NAME</string>\\s*<string>([^<]*)`,
    `<key>NAME</key>\\s*<string>([^<]*)`,
  ],
};

/** The lines of a text that set a variable for its reader; comments are left out. */
export function assignmentsIn(text: string, name: string, reader: Reader): Assignment[] {
  const flags = reader === 'powershell' ? 'i' : '';
  const patterns = forms[reader].map(form => new RegExp(form.replaceAll('NAME', name), flags));
  const lines = text.split('\n').map(line => line.trim());
  return lines.flatMap((line, index): Assignment[] => {
    if (/^(?:#|\/\/|<!--)/.test(line)) return [];
    // In a property list the value stands on the line that follows.
    const shown = reader === 'xml' ? `${line} ${lines[index + 1] ?? ''}` : line;
    const found = patterns
      .map(pattern => pattern.exec(shown))
      .find(match => match !== null && match.index <= line.length);
    const isHere = found && (reader !== 'xml' || line.includes(name));
    return isHere ? [{ line: index + 1, text: line, value: plain(found[1] ?? '', reader) }] : [];
  });
}

/** A value without its quotes and escapes; of `${NAME:-value}` the value. */
function plain(written: string, reader: Reader): string {
  if (reader === 'fish' && /\\x[0-9a-f]{2}/.test(written)) {
    return written.replace(/\\x([0-9a-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  }
  const unquoted = written
    .trim()
    .replace(/"((?:[^"\\]|\\.)*)"|'([^']*)'/g, (_, double?: string, single?: string) => double ?? single ?? '')
    .replace(/\\(.)/g, '$1');
  return /^\$\{\w+:?[-=](.*)\}$/.exec(unquoted)?.[1] ?? unquoted;
}

/** Whether a line leads to this value: literally, or where it takes up other variables by what stands around them. */
export function leadsTo({ value: written }: Assignment, value: string): 'surely' | 'maybe' | 'no' {
  if (written === value) return 'surely';
  const pieces = written.split(/\$\{[^}]*\}|\$env:\w+|\$\w+|\$\([^)]*\)|`[^`]*`|%\w+%/);
  if (pieces.length < 2) return 'no';
  const escaped = pieces.map(piece => piece.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${escaped.join('.*')}$`).test(value) ? 'maybe' : 'no';
}

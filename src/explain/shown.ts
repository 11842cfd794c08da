import type { Answer } from '../modproxy/heard.ts';
import type { Entry } from './log/entries.ts';

/** What somebody shows of a server's answer beside go's message, by `curl -i` and the like: go prints plain text only. */
export interface Shown {
  /** Null where no status line was shown. */
  status: number | null;
  headers: Record<string, string>;
  text: string;
}

/** So much of what a server said is read. */
const mostText = 4000;
const tools = /\b(?:curl|wget|invoke-webrequest|iwr|httpie|xh)\b/i;
/** Go goes on, or somebody types the next command. */
const ends = /^(?:go: |go (?:get|mod|build|install|test|run) |\$ |\+ |verifying )/;
const statusLine = /^HTTP\/[\d.]{1,3} (\d{3})/;
const headerLine = /^([A-Za-z][\w-]{1,60}): (.{0,1000})$/;
/** Where a body begins in a line that also tells how it was got. */
const bodyStart = /(?:\bsays?|\bcurl|\bwget|\bbody|\banswer)\b[^{<]{0,60}?: ?(?=[{<])|^(?=[{<])/;

/** Follows a log, and keeps the last answer that was shown. */
export function readShown(): { note(entry: Entry): void; last(): Shown | null } {
  let last: Shown | null = null;
  let open = false;
  return {
    note({ lines }) {
      for (const line of lines) {
        const isCommand = tools.test(line);
        if (isCommand) {
          open = true;
          last = { status: null, headers: {}, text: '' };
        } else if (ends.test(line)) open = false;
        if (open && last) addLine(last, line, isCommand);
      }
    },
    last: () => last,
  };
}

function addLine(shown: Shown, line: string, isCommand: boolean): void {
  const status = line.match(statusLine)?.[1];
  if (status) {
    // Of redirects the last answer counts.
    Object.assign(shown, { status: Number(status), headers: {}, text: '' });
    return;
  }
  const [, name, value] = (!isCommand && line.match(headerLine)) || [];
  if (name !== undefined && value !== undefined) {
    shown.headers[name.toLowerCase()] = value;
    // Products of which nothing is known say in headers of their own what they decided.
    if (/^x-/i.test(name)) add(shown, `${name.slice(2).replaceAll('-', ' ')}: ${value}`);
    return;
  }
  const at = line.match(bodyStart);
  if (at) add(shown, line.slice(at.index! + at[0].length));
  else if (!isCommand) add(shown, line);
}

function add(shown: Shown, text: string): void {
  if (shown.text.length < mostText) shown.text += `${shown.text ? '\n' : ''}${text.slice(0, mostText)}`;
}

/** An answer of which go shows the status alone, with what was shown of it beside. */
export function withShown(answer: Answer, shown: Shown | null): Answer {
  if (!shown || answer.text !== '' || (shown.status !== null && shown.status !== answer.status)) return answer;
  return { ...answer, headers: shown.headers, text: shown.text };
}

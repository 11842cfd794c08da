/** Replaces what a terminal would act on: control characters, escape sequences, bidirectional overrides. Newlines and tabs stay. */
export function stripControl(text: string): string {
  return text
    .replace(/\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g, '')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '');
}

/** Text from a server, made fit for one line of output: no control characters, white space folded, at most `limit` characters. */
export function untrusted(text: string, limit = 200): string {
  const line = stripControl(text.slice(0, limit * 20))
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > limit ? `${line.slice(0, limit - 1)}…` : line;
}

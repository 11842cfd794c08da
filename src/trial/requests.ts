/** Each URL that go asked, in the order of the answers, with the answer (`200 OK`, or the error); null while there was none. */
export type Requests = ReadonlyMap<string, string | null>;

/** Reads what `go mod download -x` prints of its requests (cmd/go/internal/web/http.go): `# get URL`, then `# get URL: ANSWER`. */
export function readRequests(stderr: string): Requests {
  const requests = new Map<string, string | null>();
  for (const [, url, answer] of stderr.matchAll(/^# get (\S+?)(?:: (.*))?$/gm)) {
    requests.delete(url!);
    requests.set(url!, answer ?? null);
  }
  return requests;
}

/** The lines that are no trace of what go does: its own words. */
export function ownWords(stderr: string): string {
  return stderr
    .split('\n')
    .filter(line => line && !line.startsWith('# ') && !/^(?:cd |git |hg |go: downloading )/.test(line))
    .join('\n');
}

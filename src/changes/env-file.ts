/**
 * A settings file after `go env -w` (a value) and `go env -u` (null) of these keys, byte for byte as `envcmd.updateEnvFile`
 * writes it: doubled keys go but for the last, runs of KEY=VALUE lines are sorted, comments and blank lines stay.
 */
export function editEnvText(text: string, wanted: ReadonlyMap<string, string | null>): string {
  const lines = text === '' ? [] : text.replace(/\n?$/, '\n').match(/[^\n]*\n/g)!;
  const places = new Map<string, number>();
  for (const [place, line] of lines.entries()) {
    const key = keyOf(line);
    if (key === '') continue;
    const before = places.get(key);
    if (before !== undefined) lines[before] = '';
    places.set(key, place);
  }
  for (const [key, value] of wanted) {
    const place = places.get(key) ?? (value === null ? undefined : lines.length);
    if (place !== undefined) lines[place] = value === null ? '' : `${key}=${value}\n`;
  }
  return sortRuns(lines).join('');
}

/** As `envcmd.lineToKey`, which is laxer than the reader. */
function keyOf(line: string): string {
  const equals = line.indexOf('=');
  return equals < 0 || line.slice(0, equals).includes('#') ? '' : line.slice(0, equals);
}

function sortRuns(lines: readonly string[]): string[] {
  const sorted: string[] = [];
  let run: string[] = [];
  const flush = (): void => {
    sorted.push(...run.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0)));
    run = [];
  };
  for (const line of lines) {
    if (keyOf(line) !== '') {
      run.push(line);
      continue;
    }
    flush();
    sorted.push(line);
  }
  flush();
  return sorted;
}

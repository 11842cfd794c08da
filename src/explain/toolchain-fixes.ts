import type { Fix } from './explanation.ts';
import { unsetCommand } from './machine.ts';
import { fix, type Scene, setting } from './scene.ts';

/** What lets a newer Go come, or does without it. Go before 1.21 knows nothing of toolchains. */
export function toolchainOf({ machine, text, verdict }: Scene): Fix[] {
  const [name, wanted] = [verdict.culprit?.value ?? '', verdict.culprit?.kind];
  const needed =
    text
      .match(/requires go >= (1\.\d{1,3}(?:\.\d{1,3})?)|invalid go version '(1\.\d{1,3}\.\d{1,3})'/)
      ?.slice(1)
      .find(Boolean) ?? (wanted === 'toolchain' ? name : firstWith(text));
  const source = machine.settings?.values.GOTOOLCHAIN.source;
  const auto = setting('GOTOOLCHAIN', 'auto', fix('go env -u GOTOOLCHAIN', 'toolchain-auto'));
  const freed =
    source === 'os' ? { ...auto, command: unsetCommand(machine, 'GOTOOLCHAIN') } : source === 'file' ? auto : null;
  const local = /gotoolchain=(?:local|path)|invalid gotoolchain/i.test(text);
  return [
    ...(local ? [freed ?? auto] : freed ? [freed] : []),
    ...(name === 'GOSUMDB' ? [setting('GOSUMDB', '', fix('go env -u GOSUMDB', 'env-unset', { name }))] : []),
    ...(/^1\.\d+$/.test(name) ? [fix(`go mod edit -go=${name}.0`, 'go-line')] : []),
    ...(needed && /^1\.\d+/.test(needed) ? [newerGo(needed)] : []),
  ];
}

/** The release that brought the newest of the lines of go.mod that this Go does not know. */
function firstWith(text: string): string | null {
  const known = Object.entries({ ignore: '1.25', tool: '1.24', godebug: '1.23', toolchain: '1.21' });
  return known.find(([line]) => new RegExp(`unknown directive: ${line}\\b`).test(text))?.[1] ?? null;
}

/** Since 1.21 the first release of a line is `1.21.0`. */
function newerGo(needed: string): Fix {
  const version = /^1\.\d+$/.test(needed) && Number(needed.slice(2)) >= 21 ? `${needed}.0` : needed;
  const command = `go install golang.org/dl/go${version}@latest && go${version} download`;
  return fix(command, 'newer-go', { version });
}

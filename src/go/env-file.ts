import { posix, win32 } from 'node:path';
import { type Context, homeFolder, variable } from '../system/context.ts';
import { lookAtText } from '../system/regular-file.ts';
import { type IgnoredLine, settingNames } from './settings.ts';

/** Where go keeps the settings of `go env -w`. */
export type EnvFilePath =
  | { kind: 'file'; path: string }
  /** GOENV=off: there is no settings file. */
  | { kind: 'off' }
  /** No folder for it; `message` is go's own text. */
  | { kind: 'none'; message: string };

/** As `cfg.EnvFile` (cmd/go/internal/cfg/cfg.go) over `os.UserConfigDir`. A relative GOENV stays relative to the working folder. */
export function locateEnvFile(context: Context): EnvFilePath {
  const named = variable(context, 'GOENV');
  if (named) return named === 'off' ? { kind: 'off' } : { kind: 'file', path: named };
  if (context.platform === 'win32') {
    const folder = variable(context, 'APPDATA');
    return folder ? { kind: 'file', path: win32.join(folder, 'go/env') } : none('%AppData% is not defined');
  }
  const home = homeFolder(context);
  if (context.platform === 'darwin') {
    return home
      ? { kind: 'file', path: posix.join(home, 'Library/Application Support/go/env') }
      : none('$HOME is not defined');
  }
  const folder = context.env.XDG_CONFIG_HOME || (home && `${home}/.config`);
  if (!folder) return none('neither $XDG_CONFIG_HOME nor $HOME are defined');
  if (context.env.XDG_CONFIG_HOME && !folder.startsWith('/')) return none('path in $XDG_CONFIG_HOME is relative');
  return { kind: 'file', path: posix.join(folder, 'go/env') };
}

function none(message: string): EnvFilePath {
  return { kind: 'none', message };
}

/**
 * The settings in the text of such a file, as `readEnvFile` (cfg.go) takes them: a line counts when its first byte is A to Z and
 * it has a `=`; the last of several wins; the value is all that follows, a carriage return or a comment included.
 */
export function parseEnvFile(text: string): Map<string, string> {
  const values = new Map<string, string>();
  for (const line of text.split('\n')) {
    const equals = line.indexOf('=');
    if (equals > 0 && line[0]! >= 'A' && line[0]! <= 'Z') values.set(line.slice(0, equals), line.slice(equals + 1));
  }
  return values;
}

/** What a byte order mark, and UTF-16 read as UTF-8, leave between the letters. */
const encodingMarks = /[\0\uFEFF\uFFFD]/g;
/** How a line may set a variable where others than go read it: shells, cmd, PowerShell, YAML. */
const assignment =
  /^(?:export\s+|declare\s+-x\s+|setx?\s+(?:-\w+\s+)*|\$env:|go\s+env\s+-w\s+|-\s+)?["']?(go[a-z0-9]+)["']?(?:\s*[=:]\s*|\s+(?=\S))(.*)$/i;

/**
 * The lines that were to set one of the settings and that go passes over without a word: a byte order mark or a blank before the name,
 * `export`, a blank before the `=`, small letters, UTF-16. Comments are left out, and what is read with a value that is wrong is not here.
 */
export function ignoredLines(text: string): IgnoredLine[] {
  return text.split('\n').flatMap((line, index) => {
    const clean = line.replace(encodingMarks, '').trim();
    const [, written = '', rest = ''] = assignment.exec(clean) ?? [];
    const name = settingNames.find(known => known === written.toUpperCase());
    if (!name || parseEnvFile(line).has(name)) return [];
    const meant = rest.replace(/\s*;?$/, '').replace(/^(["'])(.*)\1$/, '$2');
    return [{ number: index + 1, text: clean, name, meant }];
  });
}

/** The text of such a file, as go reads it: one that cannot be read, or is none, holds nothing. Null where there is none. */
export async function readEnvFile(path: string): Promise<string | null> {
  const looked = await lookAtText(path);
  if (looked.kind === 'file') return looked.value;
  return looked.kind === 'none' ? null : '';
}

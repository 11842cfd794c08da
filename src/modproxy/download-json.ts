/** What `go mod download -json` says of one module (cmd/go/internal/modcmd/download.go, `ModuleJSON`). */
export interface Download {
  Path: string;
  Version?: string;
  /** What was asked for, where that was no version: `latest`, a branch. */
  Query?: string;
  /** Why it could not be had, in go's words; the files below may stand beside it. */
  Error?: string;
  /** Absolute paths in the module cache. */
  Info?: string;
  GoMod?: string;
  Zip?: string;
  Dir?: string;
  /** `h1:` hashes as go.sum has them. */
  Sum?: string;
  GoModSum?: string;
}

/**
 * Reads the objects that `go mod download -json` prints one after another, each with its braces at the start of a line
 * (`json.MarshalIndent`). One that breaks off, since go was ended, is left out, and so is what is none.
 */
export function readDownloads(stdout: string): Download[] {
  return stdout
    .split(/^(?=\{)/m)
    .filter(text => text.startsWith('{'))
    .flatMap(text => {
      try {
        return [{ Path: '', ...(JSON.parse(text) as Partial<Download>) }];
      } catch {
        return [];
      }
    });
}

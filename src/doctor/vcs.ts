/** The version control program that go's refusal names: `GOVCS disallows using git for private ...`. */
export function vcsProgram(text: string): string | null {
  return /GOVCS disallows using (\w+)/.exec(text)?.[1] ?? null;
}

/** What go's refusal names: `GOVCS disallows using git for private example.com/team/lib; see 'go help vcs'`. */
export function refusedByGovcs(text: string): { program: string; module: string } | null {
  const [, program, module] = /GOVCS disallows using (\w+) for (?:private |public )?([^\s;]+)/.exec(text) ?? [];
  return program && module ? { program, module } : null;
}

import type { Fix } from './explanation.ts';
import type { Surroundings } from './surroundings.ts';

/** Places that keep settings of their own: WSL's are those of its Linux. */
export type Apart = Exclude<Surroundings, 'wsl'>;

type Written = (name: string, value: string) => string;

/** How a variable is set there, or taken away: `value` is then empty, which go takes for unset. */
const settings: Readonly<Record<Apart, { code: string; write: Written }>> = {
  docker: { code: 'set-docker', write: (name, value) => `ENV ${name}=${quoted(value)}` },
  'github-actions': { code: 'set-github-actions', write: (name, value) => `env: { ${name}: "${value}" }` },
  'gitlab-ci': { code: 'set-gitlab-ci', write: (name, value) => `variables: { ${name}: "${value}" }` },
  jenkins: { code: 'set-jenkins', write: (name, value) => `environment { ${name} = '${value}' }` },
  bazel: { code: 'set-bazel', write: (name, value) => `bazel build --repo_env=${name}=${quoted(value)} //...` },
  nix: { code: 'set-nix', write: (name, value) => `overrideModAttrs = _: { ${name} = "${value}"; };` },
  yocto: { code: 'set-yocto', write: (name, value) => `export ${name} = "${value}"` },
  homebrew: { code: 'set-homebrew', write: (name, value) => `ENV["${name}"] = "${value}"` },
  hugo: {
    code: 'set-hugo',
    write: (name, value) => `${name === 'GOPROXY' ? 'HUGO_MODULE_PROXY' : name}=${quoted(value)} hugo`,
  },
};

/** A fix as it is done there: what sets a variable of this machine would not reach it. */
export function fittedTo(where: Surroundings | null, fix: Fix): Fix {
  if (where === null || where === 'wsl') return fix;
  if (where === 'docker' && fix.code === 'clean-build') {
    return { command: 'docker builder prune', code: 'prune-docker', args: {} };
  }
  if (where === 'docker' && fix.code === 'newer-go') return { ...fix, command: `FROM golang:${fix.args.version}` };
  const sets = fix.sets ?? setBy(fix.command);
  if (!sets) return fix;
  const { name, value } = sets;
  const { code, write } = settings[where];
  return { command: write(name, value), code, args: { name } };
}

/** What a `go env -w NAME=VALUE` or `go env -u NAME` sets. */
function setBy(command: string): Fix['sets'] {
  const [, written, value = '', unset] =
    command.match(/^go env -(?:w "?([A-Z0-9]{2,20})=([^"]{0,500})"?|u ([A-Z0-9]{2,20}))$/) ?? [];
  const name = written ?? unset;
  return name ? { name, value } : undefined;
}

const quoted = (value: string): string => (/^[\w@%+=:,./-]*$/.test(value) ? value : `'${value}'`);

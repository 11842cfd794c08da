import type { Fix } from './explanation.ts';
import type { Surroundings } from './surroundings.ts';

type Written = (name: string, value: string) => string;

/** How a variable is set there, or taken away: `value` is then empty, which go takes for unset. */
const settings: Readonly<Record<Surroundings, { code: string; write: Written }>> = {
  docker: { code: 'set-docker', write: (name, value) => `ENV ${name}=${quoted(value)}` },
  'github-actions': { code: 'set-github-actions', write: (name, value) => `env: { ${name}: "${value}" }` },
  'gitlab-ci': { code: 'set-gitlab-ci', write: (name, value) => `variables: { ${name}: "${value}" }` },
  jenkins: { code: 'set-jenkins', write: (name, value) => `environment { ${name} = '${value}' }` },
  bazel: { code: 'set-bazel', write: (name, value) => `bazel build --repo_env=${name}=${quoted(value)} //...` },
  nix: { code: 'set-nix', write: (name, value) => `overrideModAttrs = _: { ${name} = "${value}"; };` },
  homebrew: { code: 'set-homebrew', write: (name, value) => `ENV["${name}"] = "${value}"` },
  hugo: {
    code: 'set-hugo',
    write: (name, value) => `${name === 'GOPROXY' ? 'HUGO_MODULE_PROXY' : name}=${quoted(value)} hugo`,
  },
};

/** A fix as it is done there: what sets a variable of this machine would not reach it. */
export function fittedTo(where: Surroundings | null, fix: Fix): Fix {
  if (where === null) return fix;
  if (where === 'docker' && fix.code === 'clean-build') {
    return { command: 'docker builder prune', code: 'prune-docker', args: {} };
  }
  if (where === 'docker' && fix.code === 'newer-go') return { ...fix, command: `FROM golang:${fix.args.version}` };
  if (!fix.sets) return fix;
  const { name, value } = fix.sets;
  const { code, write } = settings[where];
  return { command: write(name, value), code, args: { name } };
}

const quoted = (value: string): string => (/^[\w@%+=:,./-]*$/.test(value) ? value : `'${value}'`);

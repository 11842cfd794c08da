import { spawnSync } from 'node:child_process';
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settingNames } from '../../src/go/settings.ts';
import { command, type Sandbox, sandbox } from '../lab/sandbox.ts';

/** No input and no state of the disk may reach "unexpected": one object on stdout, a known exit code, no stack. */

const secret = 's3cr3t-w0rd';
const values = [
  ...[
    '',
    ' ',
    ',',
    '|',
    'off',
    'direct',
    'none',
    '*',
    'https://host:99999',
    'https://999.999.999.999',
    'https://',
    'http://[::1%25lo]:1',
  ],
  ...[
    'https://%zz@h',
    'https://h/%zz',
    `https://u:${secret}%@h`,
    `https://u:a/${secret}@h/x,direct`,
    `u:${secret}@127.0.0.1:1`,
  ],
  ...[
    'https://[::1',
    'file:///nonexistent',
    'file://host/x',
    'ftp://x',
    'https://127.0.0.1:1|direct',
    'https://127.0.0.1:1/a b',
    'sum.golang.org https://127.0.0.1:1',
  ],
  ...[
    'sum.golang.org+033de0ae+AAAA',
    '-mod=mod',
    '-mod=vendor',
    '"',
    '-nosuch',
    'public',
    '*:git',
    'yes',
    'go1.99.9',
    'local',
    '/nonexistent',
    'relative/path',
  ],
  ...['a b/c', 'A.com,b', '[', '\\', '𠀀.example', '://', 'https://h\tx', '0', '99999999999999999999', '\u202eabc'],
];
const operands = [
  ...[
    'a b/c',
    'rsc.io/quote@v1.5.2',
    'rsc.io/quote@',
    '@',
    '@v1',
    'rsc.io/!quote',
    'rsc.io/quote@../../x',
    'rsc.io/quote@!',
    'git.corp.example/𠀀@v1.0.0',
    '//',
    '-',
    '.',
    '..',
  ],
  ...[
    'https://host:99999',
    'https://999.999.999.999/x',
    'goproxy.cn',
    'nosuch',
    'file:///',
    'http://127.0.0.1:1',
    `https://u:${secret}@127.0.0.1:1`,
    'athens',
    'tuna',
    'a,b|c',
    ' ',
  ],
];
const variables = [
  ...settingNames,
  'GOENV',
  'GOMODCACHE',
  'GOPATH',
  'GOROOT',
  'GOWORK',
  'HOME',
  'XDG_CONFIG_HOME',
  'XDG_STATE_HOME',
  'TMPDIR',
  'NETRC',
  'HTTPS_PROXY',
  'NO_PROXY',
  'SSL_CERT_FILE',
  'PATH',
  'COLUMNS',
];

/** Each command with operands where it takes some, and what ends it soon. */
const calls = (operand: string): string[][] => [
  ['ls'],
  ['current'],
  ['private'],
  ['history'],
  ['undo'],
  ['undo', '--dry-run'],
  ['reset'],
  ['reset', '--all', '--dry-run'],
  ['use', operand, '--no-probe'],
  ['use', operand, '--dry-run', '--sumdb', operand, '--private', operand],
  ['use', 'goproxy.cn', '--no-probe', '--without-go'],
  ['add', 'mine', operand],
  ['add', operand, 'https://127.0.0.1:1', '--sumdb', operand, '--private', operand],
  ['remove', operand],
  ['private', 'add', operand],
  ['private', 'remove', operand],
  ['route', operand],
  ['probe', operand, '--timeout', '0.5'],
  ['test', operand, '--timeout', '0.5'],
  ['test', '--timeout', '0.5'],
  ['doctor', operand, '--timeout', '1.5'],
  ['doctor', '--timeout', '1.5', '--fix', '--yes'],
  ['doctor', '--timeout', '1.5', '--report', operand],
  ['explain', operand],
  ['explain', '--list'],
  ['pull', operand],
  ['pull'],
  ['ls', '--catalogue', operand],
];

const oddities: Readonly<Record<string, (box: Sandbox) => Promise<void>>> = {
  none: async () => {},
  'the settings file is a folder': async box =>
    void (await mkdir(join(box.home, '.config/go/env'), { recursive: true })),
  'the settings file is a loop': async box => {
    await mkdir(join(box.home, '.config/go'), { recursive: true });
    await symlink('env', join(box.home, '.config/go/env'));
  },
  'the settings file is binary': async box => {
    await mkdir(join(box.home, '.config/go'), { recursive: true });
    await writeFile(join(box.home, '.config/go/env'), Buffer.from([0xef, 0xbb, 0xbf, 71, 79, 0, 0xff, 10, 61, 10]));
  },
  'the mirrors file is broken': async box => {
    await mkdir(join(box.home, '.config/go-mirror'), { recursive: true });
    await writeFile(join(box.home, '.config/go-mirror/mirrors.json'), '{"version": 1, "mirrors": [}');
  },
  'the history is broken': async box => {
    await mkdir(join(box.home, '.local/state/go-mirror/history'), { recursive: true });
    await writeFile(join(box.home, '.local/state/go-mirror/history/000001.json'), '[]');
  },
  'the state folder is a file': async box => {
    await mkdir(join(box.home, '.local'), { recursive: true });
    await writeFile(join(box.home, '.local/state'), '');
  },
  'go.mod is a folder': async box => void (await mkdir(join(box.work, 'go.mod'))),
  'go.mod is garbage': async box => {
    await writeFile(join(box.work, 'go.mod'), 'module a b c\nrequire (\nrsc.io/quote vX "\n../x v1.0.0\n');
    await writeFile(join(box.work, 'go.sum'), 'rsc.io/quote\n\u0000 x\na b c d e\n');
  },
  'the project names odd modules': async box => {
    await writeFile(
      join(box.work, 'go.mod'),
      'module a.test/b\n\ngo 1.21\n\nrequire (\n\tA b v1\n\trsc.io/q!uote v1.0.0\n\t"x y" v1.0.0\n\trsc.io/quote 1.5.2\n)\n',
    );
    await writeFile(join(box.work, 'go.sum'), 'rsc.io/q!uote v1.0.0 h1:x=\nx..y v1.0.0/go.mod h1:=\n');
  },
  'go.work leads nowhere': async box => writeFile(join(box.work, 'go.work'), 'go 1.21\n\nuse (\n\t./nowhere\n\t"\n)\n'),
  'the module cache holds folders in place of files': async box => {
    await writeFile(join(box.work, 'go.mod'), 'module a.test/b\n\ngo 1.21\n\nrequire rsc.io/quote v1.5.2\n');
    for (const name of ['info', 'mod', 'zip', 'ziphash'])
      await mkdir(join(box.moduleCache, `cache/download/rsc.io/quote/@v/v1.5.2.${name}`), { recursive: true });
  },
  'the module cache is a file': async box => {
    await mkdir(join(box.home, 'go/pkg'), { recursive: true });
    await writeFile(join(box.home, 'go/pkg/mod'), '');
  },
  'the home folder is read-only': async box => chmod(box.home, 0o555),
};

interface Case {
  oddity: string;
  args: string[];
  env: Record<string, string>;
}

const cases: fc.Arbitrary<Case> = fc
  .record({
    oddity: fc.constantFrom(...Object.keys(oddities)),
    operand: fc.constantFrom(...operands),
    call: fc.nat(calls('').length - 1),
    env: fc.dictionary(fc.constantFrom(...variables), fc.constantFrom(...values), { minKeys: 0, maxKeys: 3 }),
  })
  .map(({ oddity, operand, call, env }) => ({ oddity, args: calls(operand)[call]!, env }));

const count = Number(process.env.ODD_VALUES ?? 160);
const namespaces = spawnSync('unshare', ['--net', 'true']).status === 0;

async function wrongWith({ oddity, args, env }: Case): Promise<string[]> {
  const box = await sandbox({ env: { GOPROXY: 'https://127.0.0.1:1', ...env } });
  try {
    await oddities[oddity]!(box);
    const inside = namespaces ? ['unshare', '--net', '--', process.execPath] : [process.execPath];
    const [file, ...rest] = [...inside, command, ...args, '--json', '--no-input', '--yes'];
    const { stdout, stderr, exitCode, timedOut } = await box.exec(file!, rest, {
      timeoutMs: 60_000,
      env: { PATH: env.PATH === undefined ? box.env.PATH : `${env.PATH}:/usr/bin:/bin` },
    });
    const wrong: string[] = [];
    if (timedOut) wrong.push('it hangs');
    if (![0, 1, 2].includes(exitCode ?? -1)) wrong.push(`exit code ${exitCode}`);
    if (/^ {4}at |Unexpected failure|意外故障/m.test(stderr))
      wrong.push(`a stack or "unexpected": ${stderr.slice(0, 600)}`);
    if (`${stdout}${stderr}`.includes(secret)) wrong.push('a password in the output');
    try {
      const object = JSON.parse(stdout) as { schemaVersion?: number; error?: { code: string; message: string } };
      if (object.schemaVersion !== 1) wrong.push('no schemaVersion');
      if (object.error?.code === 'unexpected') wrong.push(`unexpected: ${object.error.message}`);
    } catch {
      wrong.push(`not one object: ${stdout.slice(0, 300)} / ${stderr.slice(0, 300)}`);
    }
    return wrong;
  } finally {
    await chmod(box.home, 0o755);
    await box.remove();
  }
}

describe('odd values of every variable, operand and file', () => {
  it(`one object, one exit code, no stack${namespaces ? '' : ' (with this machine’s network: no network namespaces here)'}`, async () => {
    const left = fc.sample(cases, { seed: 21, numRuns: count });
    const wrong: object[] = [];
    const worker = async (): Promise<void> => {
      for (let next = left.pop(); next; next = left.pop()) {
        const said = await wrongWith(next);
        if (said.length > 0) wrong.push({ ...next, said });
      }
    };
    await Promise.all(Array.from({ length: 3 }, worker));
    expect(wrong).toEqual([]);
  }, 600_000);
});

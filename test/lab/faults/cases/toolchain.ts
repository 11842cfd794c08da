import { fault, type LabCase } from '../case.ts';
import { goMod, host, mirror, modules } from './parts.ts';

const tooNew = { 'go.mod': goMod(['rsc.io/quote v1.5.2'], '1.99.0') };
const cause = 'toolchain-unavailable';
const proxy = 'GOPROXY=https://goproxy.cn,direct\n';

/** The go release that the settings or the project ask for. */
export const toolchain: readonly LabCase[] = [
  fault('toolchain-bogus', 'GOTOOLCHAIN=bogus', cause, ['GOTOOLCHAIN', 'bogus'], {
    settings: `${proxy}GOTOOLCHAIN=bogus\n`,
  }),
  fault('toolchain-language-version', 'GOTOOLCHAIN=go1.23 is no release', cause, ['GOTOOLCHAIN', 'go1.23'], {
    settings: `${proxy}GOTOOLCHAIN=go1.23\n`,
  }),
  fault('toolchain-no-release', 'GOTOOLCHAIN=go1.99.0 does not exist', cause, ['GOTOOLCHAIN', 'go1.99.0'], {
    settings: `${proxy}GOTOOLCHAIN=go1.99.0\n`,
  }),
  fault('toolchain-path', 'GOTOOLCHAIN asks PATH for it', cause, ['GOTOOLCHAIN', 'go1.99.0'], {
    settings: `${proxy}GOTOOLCHAIN=go1.99.0+path\n`,
  }),
  fault('toolchain-os', 'the same in the OS environment', cause, ['GOTOOLCHAIN', 'go1.99.0'], {
    settings: proxy,
    env: { GOTOOLCHAIN: 'go1.99.0' },
  }),
  fault('toolchain-local', 'go.mod asks for more than this go, and GOTOOLCHAIN=local', cause, ['1.99.0', 'go.mod'], {
    settings: `${proxy}GOTOOLCHAIN=local\n`,
    project: tooNew,
  }),
  fault('toolchain-auto', 'go.mod asks for a release that no mirror has', cause, ['1.99.0', 'go.mod'], {
    settings: `${proxy}GOTOOLCHAIN=auto\n`,
    project: tooNew,
  }),
  fault('toolchain-line', 'the toolchain line asks for a release that no mirror has', cause, ['1.99.1', 'go.mod'], {
    settings: `${proxy}GOTOOLCHAIN=auto\n`,
    project: { 'go.mod': goMod(['rsc.io/quote v1.5.2'], '1.99.0', 'toolchain go1.99.1\n') },
  }),
  fault('toolchain-off', 'a newer release is needed, and GOPROXY=direct has none', cause, ['1.99.0', 'go.mod'], {
    settings: 'GOPROXY=direct\nGOTOOLCHAIN=auto\n',
    project: tooNew,
  }),
  fault('toolchain-no-sumdb', 'a newer release is needed, and GOSUMDB=off', cause, ['1.99.0', 'GOSUMDB', 'go.mod'], {
    settings: `${proxy}GOTOOLCHAIN=auto\nGOSUMDB=off\n`,
    project: tooNew,
  }),
  fault('toolchain-work', 'go.work asks for more than this go', cause, ['1.99.0', 'go.work'], {
    settings: `${proxy}GOTOOLCHAIN=local\n`,
    project: { 'go.mod': goMod(['rsc.io/quote v1.5.2']), 'go.work': 'go 1.99.0\n\nuse .\n' },
  }),
  fault(
    'toolchain-mirror-500',
    'the mirror fails at the release',
    [cause, 'mirror-server-error-5xx'],
    ['1.99.0', mirror],
    {
      settings: `GOPROXY=https://${mirror}\nGOTOOLCHAIN=auto\n`,
      project: tooNew,
      hosts: [host(mirror, modules({ faults: [{ path: 'golang.org/toolchain', status: 500, body: 'oops\n' }] }))],
    },
  ),
];

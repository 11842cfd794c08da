import { expect, it } from 'vitest';
import { startedAs } from '../../src/system/started-as.ts';

it.each([
  ['by npx', '/work', '/home/ada/.npm/_npx/0123/node_modules/.bin/go-mirror-setup', {}, 'npx go-mirror-setup'],
  [
    'by npx, where the project has it',
    '/work',
    '/work/node_modules/.bin/go-mirror',
    { npm_command: 'exec' },
    'npx go-mirror-setup',
  ],
  ['installed for all', '/work', '/usr/bin/go-mirror', {}, 'go-mirror'],
  [
    'installed for all on Windows',
    'C:/work',
    'C:/Users/ada/AppData/Roaming/npm/node_modules/go-mirror-setup/bin/go-mirror.js',
    {},
    'go-mirror',
  ],
  ['in a clone', '/src/go-mirror', '/src/go-mirror/bin/go-mirror.js', {}, 'node bin/go-mirror.js'],
  ['below npx of another program', '/work', '/usr/local/bin/go-mirror', { npm_command: 'exec' }, 'go-mirror'],
])('%s', (_, cwd, script, env, expected) => {
  expect(startedAs({ env, cwd }, script)).toBe(expected);
});

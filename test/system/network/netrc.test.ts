import { describe, expect, test } from 'vitest';
import { basic, netrcAuthorization, parseNetrc } from '../../../src/system/network/netrc.ts';

const text = `
machine plain.test login alice password one
machine port.test:8443
	login bob
	password two
macdef init
	machine inmacro.test login x password y

machine path.test/team login carol password three
machine incomplete.test login dave
machine same.test login dora password four default
machine after.test login never password read
`;
const logins = parseNetrc(text);
const of = (url: string): string | null => netrcAuthorization(logins, new URL(url));

describe('netrc, as go reads it', () => {
  test('machines with all three parts, up to default', () => {
    expect(logins.map(({ machine }) => machine)).toEqual([
      'plain.test',
      'port.test:8443',
      'path.test/team',
      'same.test',
    ]);
  });
  test.each([
    ['https://plain.test/mod', basic('alice', 'one')],
    ['https://plain.test:443/', basic('alice', 'one')],
    ['https://plain.test:8443/', null],
    ['http://plain.test/', null],
    ['https://port.test:8443/x/@v/list', basic('bob', 'two')],
    ['https://port.test/', null],
    ['https://path.test/team/x', basic('carol', 'three')],
    ['https://path.test/other', null],
    ['https://inmacro.test/', null],
    ['https://nobody.test/', null],
  ])('%s: %s', (url, expected) => expect(of(url)).toBe(expected));
});

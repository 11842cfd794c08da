import { describe, expect, test } from 'vitest';
import { readDownloads } from '../../src/modproxy/download-json.ts';

const good = '{\n\t"Path": "rsc.io/quote",\n\t"Version": "v1.5.2",\n\t"Origin": {\n\t\t"VCS": "git"\n\t}\n}\n';
const bad = '{\n\t"Path": "rsc.io/none",\n\t"Version": "v1.0.0",\n\t"Error": "not found:\\n{ 404 }"\n}\n';

describe('what go mod download -json prints', () => {
  test('one object after another, nested braces and words in them', () => {
    expect(readDownloads(good + bad)).toEqual([
      { Path: 'rsc.io/quote', Version: 'v1.5.2', Origin: { VCS: 'git' } },
      { Path: 'rsc.io/none', Version: 'v1.0.0', Error: 'not found:\n{ 404 }' },
    ]);
  });
  test('an object that breaks off is no answer, wherever it breaks', () => {
    for (let end = 0; end < bad.length - 2; end++) {
      expect(readDownloads(good + bad.slice(0, end)).map(({ Path }) => Path)).toEqual(['rsc.io/quote']);
    }
  });
  test('an error without a path, other words around, nothing at all', () => {
    expect(readDownloads('go: hello\n{\n\t"Error": "x"\n}\n')).toEqual([{ Path: '', Error: 'x' }]);
    expect(readDownloads('')).toEqual([]);
    expect(readDownloads('null\n[1]\n')).toEqual([]);
  });
});

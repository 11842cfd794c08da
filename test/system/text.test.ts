import { describe, expect, it } from 'vitest';
import { stripControl, untrusted } from '../../src/system/text.ts';

describe('text from servers', () => {
  it.each([
    ['\u001b[31mred\u001b[0m', 'red'],
    ['\u001b]0;title\u0007x', 'x'],
    ['\u001b]8;;https://evil.example\u001b\\link\u001b]8;;\u001b\\', 'link'],
    ['a\u0000b\u0008c\u009bd', 'abcd'],
    ['left\u202eright', 'leftright'],
    ['代理 ok\n\tline', '代理 ok\n\tline'],
  ])('%j is printed as %j', (text, clean) => expect(stripControl(text)).toBe(clean));

  it('becomes one line of limited length', () => {
    expect(untrusted('a\n\n b\r\nc')).toBe('a b c');
    expect(untrusted('x'.repeat(1000), 20)).toHaveLength(20);
  });
});

import { describe, expect, it } from 'vitest';
import { commands } from '../../src/commands.ts';
import en from '../../src/messages/en/index.ts';
import { languageOf, loadMessages } from '../../src/messages/index.ts';
import zh from '../../src/messages/zh/index.ts';

const placeholders = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort();

describe('the sentences of both languages', () => {
  it('have the same codes', () => expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort()));

  it('have the same placeholders', () => {
    const differing = Object.entries(en).filter(
      ([code, text]) => placeholders(text).join() !== placeholders((zh as Record<string, string>)[code]!).join(),
    );
    expect(differing).toEqual([]);
  });

  it('are Chinese where they are sentences', () => {
    const same = Object.entries(zh).filter(
      ([code, text]) =>
        !/\p{Script=Han}/u.test(text) && /[a-z]{3,} [a-z]{2,} [a-z]{2,}/.test(text) && !code.endsWith('.examples'),
    );
    expect(same).toEqual([]);
  });

  it('describe every command, with examples', () => {
    for (const { name } of commands) {
      expect(en, name).toHaveProperty([`help.${name}`]);
      expect(en, name).toHaveProperty([`help.${name}.examples`]);
    }
  });

  it('describe every option', () => {
    for (const { options = [] } of commands) {
      for (const { flags } of options) expect(en).toHaveProperty([`help.option.${flags.match(/--([\w-]+)/)![1]}`]);
    }
  });
});

describe('languageOf', () => {
  it.each([
    [{ LANG: 'zh_CN.UTF-8' }, 'zh'],
    [{ LANG: 'zh_CN.UTF-8', LC_ALL: 'en_US.UTF-8' }, 'en'],
    [{ LC_MESSAGES: 'zh_TW', LANG: 'en_US' }, 'zh'],
    [{ LANG: 'C.UTF-8' }, 'en'],
    [{ LANG: 'C.UTF-8', LANGUAGE: 'zh_CN:en' }, 'zh'],
    [{ LANG: 'de_DE.UTF-8' }, 'en'],
    [{}, 'en'],
  ] as const)('%j is %s', (env, language) => expect(languageOf({ env, platform: 'linux' })).toBe(language));
});

describe('a sentence', () => {
  it('is filled in both languages', async () => {
    for (const language of ['en', 'zh'] as const) {
      const t = await loadMessages(language);
      expect(t('error.unexpected', { detail: '{detail}$&' })).toContain('{detail}$&');
      expect(t.optional('no.such.code')).toBeNull();
      expect(t.optional('toString')).toBeNull();
    }
  });
});

it('names commands as the person can run them', async () => {
  const started = 'npx go-mirror-setup';
  for (const language of ['en', 'zh'] as const) {
    const t = await loadMessages(language, started);
    const texts = Object.keys(en).map(code => t.optional(code) ?? '');
    const own = new RegExp(`go-mirror (?:${commands.map(({ name }) => name).join('|')})\\b`);
    expect(texts.filter(text => own.test(text))).toEqual([]);
    expect(t.command('go-mirror use goproxy.cn')).toBe(`${started} use goproxy.cn`);
    expect(t.command('go env -w GOPROXY=direct')).toBe('go env -w GOPROXY=direct');
  }
});

/** Words that the house has one name for, and names it does not use (design of the messages). */
const avoided = {
  en: [
    /no way leads/,
    /can ?not be had/,
    /turns us away/,
    /failed itself/,
    /does not say so/,
    /tampered/i,
    /\bremed(?:y|ies)\b/,
  ],
  zh: [/校验数据库/, /校验库/, /设置文件/, /遮[蔽盖]/, /文件夹/, /路[线由]/, /您/, /篡改/, /^[，。）]/m, /（$/m],
} as const;

describe('one name for one thing', () => {
  it.each(Object.entries({ en, zh }))('%s', (language, sentences) => {
    const odd = Object.entries(sentences).filter(([, text]) =>
      avoided[language as 'en' | 'zh'].some(pattern => pattern.test(text)),
    );
    expect(odd).toEqual([]);
  });
});

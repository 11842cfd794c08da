import type { Translate } from '../../messages/index.ts';
import type { SentenceArgs } from '../../system/sentence.ts';

/** Markup that may go into the page as it is. Everything else that is put into an `html` template is escaped. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = Markup | string | number | null | false | readonly Part[];

/** A template whose values are escaped unless they are markup themselves; lists are joined, null and false leave nothing. */
export function html(strings: TemplateStringsArray, ...values: Part[]): Markup {
  return new Markup(strings.reduce((text, string, index) => text + textOf(values[index - 1] ?? null) + string));
}

function textOf(part: Part): string {
  if (part instanceof Markup) return part.text;
  if (part === null || part === false) return '';
  if (Array.isArray(part)) return (part as readonly Part[]).map(textOf).join('');
  return String(part).replace(/[&<>"']/g, char => `&#${char.charCodeAt(0)};`);
}

/** The two languages of a page: each sentence is there twice, and the reader's choice shows one. */
export interface Bilingual {
  readonly en: Translate;
  readonly zh: Translate;
  /** A sentence by its code, in both languages. */
  say(code: string, args?: SentenceArgs): Markup;
}

export function bilingual(en: Translate, zh: Translate): Bilingual {
  const say = (code: string, args?: SentenceArgs): Markup =>
    inBoth(en.optional(code, args) ?? code, zh.optional(code, args) ?? code);
  return { en, zh, say };
}

/** A text in both languages. */
export const inBoth = (english: string, chinese: string): Markup =>
  english === chinese ? html`${english}` : html`<span lang="en">${english}</span><span lang="zh">${chinese}</span>`;

import type { Context } from '../system/context.ts';
import type { Localized, SentenceArgs } from '../system/sentence.ts';
import type { Sentences } from './en/index.ts';

export type Language = 'en' | 'zh';
export type MessageCode = keyof Sentences;

type Placeholder<S> = S extends `${string}{${infer Name}}${infer Rest}` ? Name | Placeholder<Rest> : never;
type ArgsOf<C extends MessageCode> = [Placeholder<Sentences[C]>] extends [never]
  ? [args?: SentenceArgs]
  : [args: Readonly<Record<Placeholder<Sentences[C]>, string | number | Localized>>];

/** Words a code in the language of the run. The arguments are typed by the placeholders of the English sentence. */
export interface Translate {
  <C extends MessageCode>(code: C, ...args: ArgsOf<C>): string;
  readonly language: Language;
  /** For codes that come as data (findings, errors): null where there is no such sentence. */
  optional(code: string, args?: SentenceArgs): string | null;
  /** How this person starts go-mirror: `npx go-mirror-setup`. */
  readonly started: string;
  /** A command that is proposed, as this person can run it. */
  command(text: string): string;
}

/**
 * The language asked for by the locale's variables in POSIX order, else the system's own where it keeps one besides them
 * (macOS, Windows); English where neither is Chinese.
 */
export function languageOf({ env, platform }: Pick<Context, 'env' | 'platform'>): Language {
  const named = env.LC_ALL || env.LC_MESSAGES || env.LANG;
  const plain = !named || /^(C|POSIX)\b/.test(named);
  const locale = plain ? env.LANGUAGE || (named ? '' : systemLocale(platform)) : named;
  return /^zh/i.test(locale) ? 'zh' : 'en';
}

/** Asking `Intl` starts ICU, which costs more than the rest of a short run: only where it knows more than the variables. */
function systemLocale(platform: NodeJS.Platform): string {
  return platform === 'darwin' || platform === 'win32' ? Intl.DateTimeFormat().resolvedOptions().locale : '';
}

/** Loads the sentences of one language only. `started`: how go-mirror was started. */
export async function loadMessages(language: Language, started = 'go-mirror'): Promise<Translate> {
  const sentences: Readonly<Record<string, string>> =
    language === 'zh' ? (await import('./zh/index.ts')).default : (await import('./en/index.ts')).default;
  const optional = (code: string, args: SentenceArgs = {}): string | null => {
    const sentence = Object.hasOwn(sentences, code) ? sentences[code] : undefined;
    return sentence === undefined ? null : fill(command(sentence), args, language);
  };
  // `go-mirror undo`, where its commands have their summaries; not `go-mirror is`.
  const command = (text: string): string =>
    started === 'go-mirror'
      ? text
      : text.replace(/(?<![\w@/.-])go-mirror(?= (--help|[a-z]+))/g, (own: string, word: string) =>
          word === '--help' || Object.hasOwn(sentences, `help.${word}`) ? started : own,
        );
  const translate = (code: string, args?: SentenceArgs): string => optional(code, args) ?? code;
  return Object.assign(translate, { language, optional, started, command }) as Translate;
}

function fill(sentence: string, args: SentenceArgs, language: Language): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(args, name) ? inLanguage(args[name]!, language) : whole,
  );
}

/** The arguments of a sentence as plain values, in the language of the run. */
export function wordedArgs(
  args: SentenceArgs,
  { language }: Pick<Translate, 'language'>,
): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(args).map(([name, value]) => [name, typeof value === 'object' ? value[language] : value]),
  );
}

/** What fills a placeholder, in the language of the sentence. */
export function inLanguage(value: string | number | Localized, language: Language): string {
  return typeof value === 'object' ? value[language] : String(value);
}

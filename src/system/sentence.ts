/** The same words in each language that go-mirror speaks: for what is data and no sentence of `messages`, as the catalogue's. */
export type Localized = string | { readonly en: string; readonly zh: string };

/** What fills the placeholders of a sentence. */
export type SentenceArgs = Readonly<Record<string, string | number | Localized>>;

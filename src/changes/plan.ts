import type { SentenceArgs } from '../system/sentence.ts';

/** One setting that changes. Null: not set in the file. */
export interface Change {
  key: string;
  from: string | null;
  to: string | null;
}

/** What a person should know about a change. Its sentence is `warning.CODE` of `messages`; in JSON the args stand beside the code. */
export interface Warning {
  code: string;
  args: SentenceArgs;
  /** With it go downloads no module, whatever else is right. */
  blocks?: boolean;
}

/** What the settings file is to say: a value for each key, null where it is not to name the key. */
export type Wanted = ReadonlyMap<string, string | null>;

/** A change to the settings, before anything is done. */
export interface Plan {
  wanted: Wanted;
  warnings: readonly Warning[];
  /** Keys that go-mirror chose by itself, and so may take back by itself. */
  automatic?: readonly string[];
}

/** What differs between the settings file and what it is to say. */
export function changesOf(inFile: ReadonlyMap<string, string>, wanted: Wanted): Change[] {
  return [...wanted]
    .map(([key, to]) => ({ key, from: inFile.get(key) ?? null, to }))
    .filter(change => change.from !== change.to);
}

/** One setting that changes. Null: not set in the file. */
export interface Change {
  key: string;
  from: string | null;
  to: string | null;
}

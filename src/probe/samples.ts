import type { Bandwidth } from './bandwidth.ts';

/** What the estimate is made of, response times in milliseconds by kind of file. */
export interface Samples {
  info: number[];
  mod: number[];
  zip: number[];
  bandwidth: Bandwidth | null;
}

/** Finds every place of many words in bytes, in one pass. */
export interface Spotter {
  /** Calls back for each word found whose last byte lies in `[from, to)`, with its number and where it ends. */
  spot(bytes: Uint8Array, from: number, to: number, found: (word: number, end: number) => void): void;
}

/**
 * Builds an Aho–Corasick automaton over words of bytes: its time is linear in the bytes, whatever they are and however many
 * words there are. ASCII letters are compared without case.
 */
export function createSpotter(words: readonly Uint8Array[]): Spotter {
  const { classes, count } = classesOf(words);
  const states = words.reduce((sum, word) => sum + word.length, 1);
  const next = new Uint16Array(states * count);
  const output = new Int32Array(states).fill(-1);
  let used = 1;
  words.forEach((word, index) => {
    let state = 0;
    for (const byte of word) {
      const edge = state * count + classes[byte]!;
      if (next[edge] === 0) next[edge] = used++;
      state = next[edge]!;
    }
    output[state] = index;
  });
  complete(next, output, count, used);
  return {
    spot(bytes, from, to, found) {
      let state = 0;
      for (let at = from; at < to; at++) {
        state = next[state * count + classes[bytes[at]!]!]!;
        const word = output[state]!;
        if (word >= 0) found(word, at + 1);
      }
    },
  };
}

/** Numbers the bytes that occur in any word; 0 stands for all others, upper case counts as lower case. */
function classesOf(words: readonly Uint8Array[]): { classes: Uint8Array; count: number } {
  const classes = new Uint8Array(256);
  let count = 1;
  for (const word of words) for (const byte of word) if (classes[byte] === 0) classes[byte] = count++;
  for (let byte = 65; byte <= 90; byte++) classes[byte] = classes[byte + 32]!;
  return { classes, count };
}

/** Turns the trie into an automaton: where a state has no edge, that of the longest suffix which is a state is taken. */
function complete(next: Uint16Array, output: Int32Array, count: number, used: number): void {
  const suffix = new Uint16Array(used);
  const queue: number[] = [];
  for (let symbol = 0; symbol < count; symbol++) if (next[symbol]! > 0) queue.push(next[symbol]!);
  for (const state of queue) {
    const shorter = suffix[state]!;
    if (output[state]! < 0) output[state] = output[shorter]!;
    for (let symbol = 0; symbol < count; symbol++) {
      const edge = state * count + symbol;
      const target = next[edge]!;
      const fallback = next[shorter * count + symbol]!;
      if (target > 0) {
        suffix[target] = fallback;
        queue.push(target);
      } else {
        next[edge] = fallback;
      }
    }
  }
}

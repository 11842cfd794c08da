/** So many mirrors open their first connection at the same time: twelve at once would read 5 to 20 ms too long. */
const places = 4;
/** One that takes longer waits for the network, which costs the others nothing: the next may start. */
const patienceMs = 200;

/** Lets few pieces of work start at the same time, and the next one as soon as one is done or only waits. */
export class Gate {
  #free = places;
  readonly #queue: (() => void)[] = [];

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free === 0) await new Promise<void>(start => this.#queue.push(start));
    else this.#free--;
    let open = false;
    const leave = (): void => {
      if (open) return;
      open = true;
      clearTimeout(timer);
      const next = this.#queue.shift();
      if (next) next();
      else this.#free++;
    };
    const timer = setTimeout(leave, patienceMs);
    try {
      return await work();
    } finally {
      leave();
    }
  }
}

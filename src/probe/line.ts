/** So many mirrors have their response times measured at the same time: more would measure each other. */
const places = 3;

interface Waiting {
  rank: number;
  start: () => void;
}

/**
 * The user's line to the network, which all measurements share. Response times are taken a few at a time, a download for
 * bandwidth alone; downloads wait until no response time is being measured or waited for.
 */
export class Line {
  #quiet = 0;
  #loud = false;
  readonly #quietQueue: Waiting[] = [];
  readonly #loudQueue: Waiting[] = [];

  /** Runs work that a download would disturb. */
  async quietly<T>(work: () => Promise<T>): Promise<T> {
    await this.#enter(this.#quietQueue, 0);
    try {
      return await work();
    } finally {
      this.#quiet--;
      this.#next();
    }
  }

  /** Runs a download, lowest rank first. `waiting` tells the work how many are still behind it. */
  async alone<T>(rank: number, work: (waiting: number) => Promise<T>): Promise<T> {
    await this.#enter(this.#loudQueue, rank);
    try {
      return await work(this.#loudQueue.length);
    } finally {
      this.#loud = false;
      this.#next();
    }
  }

  #enter(queue: Waiting[], rank: number): Promise<void> {
    return new Promise(start => {
      queue.push({ rank, start });
      queue.sort((a, b) => a.rank - b.rank);
      // Those that come in the same moment are compared before the first of them starts.
      setImmediate(() => this.#next());
    });
  }

  #next(): void {
    while (!this.#loud && this.#quiet < places && this.#quietQueue.length > 0) {
      this.#quiet++;
      this.#quietQueue.shift()!.start();
    }
    if (this.#loud || this.#quiet > 0 || this.#loudQueue.length === 0) return;
    this.#loud = true;
    this.#loudQueue.shift()!.start();
  }
}

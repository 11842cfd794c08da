import type { ModuleVersion } from '../project/go-mod.ts';
import type { ProjectModule } from '../project/project.ts';

/** The mean zip of the projects that were looked at (docs/latency-score.md); most are far smaller, some far larger. */
const meanBytes = 300_000;

/** Families of modules whose zips are known to be large, and about how large. */
const largeFamilies: readonly [RegExp, number][] = [
  [/^k8s\.io\/(api|kubernetes|client-go)$/, 4_000_000],
  [/^k8s\.io\//, 1_500_000],
  [/^golang\.org\/x\/(text|tools)$/, 5_000_000],
  [/^golang\.org\/x\/(net|sys|crypto|image|exp)$/, 1_700_000],
  [/^google\.golang\.org\/(api|genproto)/, 6_000_000],
  [/^google\.golang\.org\//, 1_800_000],
  [/^cloud\.google\.com\/go/, 2_000_000],
  [/^github\.com\/aws\/aws-sdk-go$/, 20_000_000],
  [/^github\.com\/Azure\/azure-sdk-for-go/, 3_000_000],
  [/^modernc\.org\/(sqlite|libc|cc)/, 8_000_000],
  [/^github\.com\/(klauspost\/compress|ugorji\/go|docker\/docker|moby\/moby|hashicorp\/|bytedance\/sonic)/, 1_500_000],
];

/** About how large the zip of a module will be, from its path alone. */
export function expectedZipBytes(path: string): number {
  return largeFamilies.find(([family]) => family.test(path))?.[1] ?? meanBytes / 2;
}

/** The sizes of the zips of a pull: known from the module cache or told by a mirror, else expected. */
export class ZipSizes {
  readonly #modules: readonly ModuleVersion[];
  readonly #known = new Map<string, number>();
  readonly #fixed: number;
  #asked: ModuleVersion[];

  constructor(modules: readonly ProjectModule[], fixedBytes = 0) {
    this.#modules = modules;
    this.#fixed = fixedBytes;
    for (const module of modules) if (module.zipBytes !== null) this.#known.set(keyOf(module), module.zipBytes);
    this.#asked = modules
      .filter(({ zipBytes }) => zipBytes === null)
      .sort((a, b) => expectedZipBytes(b.path) - expectedZipBytes(a.path));
  }

  /** A pull of so many bytes whose files do not matter. */
  static of(bytes: number): ZipSizes {
    return new ZipSizes([], bytes);
  }

  /** The next module whose size nobody has been asked for, the largest expected first; undefined where all are. */
  take(mayAsk: (module: ModuleVersion) => boolean): ModuleVersion | undefined {
    const index = this.#asked.findIndex(mayAsk);
    return index < 0 ? undefined : this.#asked.splice(index, 1)[0];
  }

  /** Gives a module back that a mirror did not tell the size of. */
  giveBack(module: ModuleVersion): void {
    this.#asked.push(module);
  }

  learn(module: ModuleVersion, bytes: number): void {
    this.#known.set(keyOf(module), bytes);
  }

  /** The known zip that is nearest below `limit` bytes, of those that may be asked for; undefined where none is known. */
  largestBelow(
    limit: number,
    mayAsk: (module: ModuleVersion) => boolean,
  ): { module: ModuleVersion; bytes: number } | undefined {
    return this.#modules
      .flatMap(module => ({ module, bytes: this.#known.get(keyOf(module)) ?? Number.POSITIVE_INFINITY }))
      .filter(({ module, bytes }) => bytes <= limit && mayAsk(module))
      .sort((a, b) => b.bytes - a.bytes)[0];
  }

  /** All bytes of the pull, and how far that may be off. */
  total(): { bytes: number; uncertainty: number } {
    const unknown = this.#modules.filter(module => !this.#known.has(keyOf(module)));
    const known = [...this.#known.values()].reduce((sum, bytes) => sum + bytes, 0);
    const ratio = this.#ratio();
    const guessed = unknown.reduce((sum, { path }) => sum + expectedZipBytes(path) * ratio, 0);
    return { bytes: this.#fixed + known + guessed, uncertainty: guessed / 2 };
  }

  /** How much larger the known ones are than was expected of them, held near 1 where few are known. */
  #ratio(): number {
    const known = this.#modules.filter(module => this.#known.has(keyOf(module)));
    const expected = known.reduce((sum, { path }) => sum + expectedZipBytes(path), 0);
    const real = known.reduce((sum, module) => sum + this.#known.get(keyOf(module))!, 0);
    const prior = 10 * meanBytes;
    return (real + prior) / (expected + prior);
  }
}

function keyOf({ path, version }: ModuleVersion): string {
  return `${path}@${version}`;
}

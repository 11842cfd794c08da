import type { ModuleVersion } from '../go/mod-file.ts';
import type { ProjectModule } from '../project/project.ts';

/** The mean zip of modules that are in none of the families below; half of them are smaller than 50 kB. */
const usualBytes = 130_000;

/** Modules whose zips are large, and about how large: looked at in some projects (docs/latency-score.md). */
const largeFamilies: readonly [RegExp, number][] = [
  [/^golang\.org\/x\/text$/, 7_000_000],
  [/^golang\.org\/x\/tools$/, 2_900_000],
  [/^golang\.org\/x\/(crypto|sys|net)$/, 1_900_000],
  [/^golang\.org\/x\/(image|telemetry|exp|mobile)$/, 900_000],
  [/^google\.golang\.org\/api$/, 25_000_000],
  [/^google\.golang\.org\/genproto$/, 9_000_000],
  [/^google\.golang\.org\/(grpc|protobuf)$/, 2_300_000],
  [/^cloud\.google\.com\/go$/, 2_000_000],
  [/^github\.com\/google\/pprof$/, 4_500_000],
  [/^github\.com\/(envoyproxy\/go-control-plane(\/envoy)?|cncf\/xds\/go)$/, 3_000_000],
  [/^go\.opentelemetry\.io\/otel$/, 3_500_000],
  [/^gonum\.org\/v1\/gonum$/, 4_700_000],
  [/^github\.com\/(klauspost\/compress|pierrec\/lz4\/v4)$/, 25_000_000],
  [
    /^(go\.mongodb\.org\/mongo-driver|github\.com\/(prometheus\/prometheus|redis\/go-redis\/v9|go-playground\/locales))$/,
    5_500_000,
  ],
  [/^github\.com\/(gogo\/protobuf|leodido\/go-urn)$/, 2_500_000],
  [/^k8s\.io\/(api|client-go|apiserver|kubectl)$/, 3_000_000],
  [/^k8s\.io\/kubernetes$/, 15_000_000],
  [/^(k8s\.io|sigs\.k8s\.io)\//, 900_000],
  [/^github\.com\/aws\/aws-sdk-go$/, 25_000_000],
  [/^github\.com\/aws\/aws-sdk-go-v2(\/service\/(ec2|s3|iam|rds))?$/, 1_500_000],
  [/^github\.com\/Azure\/azure-sdk-for-go/, 3_000_000],
  [/^modernc\.org\/(sqlite|libc)$/, 10_000_000],
  [/^github\.com\/(mattn\/go-sqlite3|go-resty\/resty\/v2|gofiber\/fiber\/v[23])$/, 2_600_000],
  [/^github\.com\/(docker\/docker|moby\/moby|containerd\/containerd|ethereum\/go-ethereum)/, 4_000_000],
  [/^github\.com\/(grpc-ecosystem\/grpc-gateway(\/v2)?|bytedance\/sonic|jedib0t\/go-pretty\/v6)$/, 1_700_000],
  [
    /^github\.com\/(hashicorp\/(hcl\/v2|vault|consul|terraform)|jackc\/pgx\/v[45]|pelletier\/go-toml\/v2|google\/(cel-go|go-github))/,
    800_000,
  ],
];

/** About how large the zip of a module will be, from its path alone. */
function expectedZipBytes(path: string): number {
  return largeFamilies.find(([family]) => family.test(path))?.[1] ?? usualBytes;
}

const byExpectedSize = (a: ProjectModule, b: ProjectModule): number =>
  expectedZipBytes(b.path) - expectedZipBytes(a.path);

/** The sizes of the zips of a pull: known from the module cache or told by a mirror, else expected. */
export class ZipSizes {
  readonly #modules: readonly ProjectModule[];
  readonly #known = new Map<string, number>();
  readonly #ranges = new Map<string, boolean>();
  readonly #fixed: number;
  #asked: ProjectModule[];

  constructor(modules: readonly ProjectModule[], fixedBytes = 0) {
    this.#modules = modules;
    this.#fixed = fixedBytes;
    for (const module of modules) if (module.zipBytes !== null) this.#known.set(keyOf(module), module.zipBytes);
    this.#asked = modules.filter(({ zipBytes }) => zipBytes === null).sort(byExpectedSize);
  }

  /** A pull of so many bytes whose files do not matter. */
  static of(bytes: number): ZipSizes {
    return new ZipSizes([], bytes);
  }

  /** The next module whose size nobody has been asked for, the largest expected first; undefined where all are. */
  take(mayAsk: (module: ModuleVersion) => boolean): ProjectModule | undefined {
    const index = this.#asked.findIndex(mayAsk);
    return index < 0 ? undefined : this.#asked.splice(index, 1)[0];
  }

  /** Those of some modules that are not in the module cache, the largest expected first. */
  unknownOf(modules: readonly ProjectModule[]): ProjectModule[] {
    return modules.filter(({ zipBytes }) => zipBytes === null).sort(byExpectedSize);
  }

  /** Gives a module back that a mirror did not tell the size of. */
  giveBack(module: ProjectModule): void {
    this.#asked.push(module);
  }

  /** Takes the size of a zip from a mirror's answer. `ranges`: whether parts of it may be asked for; null where nothing says so. */
  learn(module: ModuleVersion, bytes: number, ranges: boolean | null): void {
    this.#known.set(keyOf(module), bytes);
    if (ranges !== null) this.#ranges.set(keyOf(module), ranges);
  }

  /**
   * What to download for the bandwidth: the largest zip that is known to be below `limit`, where it is large enough; else the
   * beginning of a larger one, or one of unknown size that is expected to be large; the beginning at a venture, too, before a small
   * one. Undefined where there is none that may be asked for.
   */
  downloadFor(
    limit: number,
    mayAsk: (module: ModuleVersion) => boolean,
  ): { module: ProjectModule; ranged: boolean } | undefined {
    const allowed = this.#modules.filter(mayAsk);
    const sizeOf = (module: ModuleVersion): number => this.#known.get(keyOf(module)) ?? Number.NaN;
    const whole = allowed.filter(module => sizeOf(module) <= limit).sort((a, b) => sizeOf(b) - sizeOf(a))[0];
    if (whole && sizeOf(whole) >= limit / 3) return { module: whole, ranged: false };
    const larger = (ranges: boolean | undefined): ProjectModule | undefined =>
      allowed.find(module => sizeOf(module) > limit && this.#ranges.get(keyOf(module)) === ranges);
    const certain = larger(true);
    if (certain) return { module: certain, ranged: true };
    if (whole && sizeOf(whole) >= usualBytes) return { module: whole, ranged: false };
    const unknown = this.#asked.filter(mayAsk);
    const expected = unknown.find(({ path }) => expectedZipBytes(path) < limit);
    if (expected && expectedZipBytes(expected.path) >= limit / 3) return { module: expected, ranged: false };
    const perhaps = larger(undefined) ?? unknown.find(({ path }) => expectedZipBytes(path) >= limit);
    if (perhaps) return { module: perhaps, ranged: true };
    if (expected) return { module: expected, ranged: false };
    return whole && { module: whole, ranged: false };
  }

  /** All bytes of the pull, and how far that may be off. */
  total(): { bytes: number; uncertainty: number } {
    const unknown = this.#modules.filter(module => !this.#known.has(keyOf(module)));
    const known = [...this.#known.values()].reduce((sum, bytes) => sum + bytes, 0);
    const ratio = this.#ratio();
    const guessed = unknown.reduce((sum, { path }) => sum + expectedZipBytes(path) * ratio, 0);
    return { bytes: this.#fixed + known + guessed, uncertainty: guessed / 3 };
  }

  /** How much larger the known ones are than was expected of them, held near 1 where few are known. */
  #ratio(): number {
    const known = this.#modules.filter(module => this.#known.has(keyOf(module)));
    const expected = known.reduce((sum, { path }) => sum + expectedZipBytes(path), 0);
    const real = known.reduce((sum, module) => sum + this.#known.get(keyOf(module))!, 0);
    const prior = 20 * usualBytes;
    return (real + prior) / (expected + prior);
  }
}

function keyOf({ path, version }: ModuleVersion): string {
  return `${path}@${version}`;
}

import { maskSecrets } from '../../src/system/secrets.ts';
import { execute, type Variables } from './machine.ts';

/** A way to the module proxy, as variables for the go command. */
export interface Way {
  readonly name: string;
  readonly env: Variables;
  /** Values that go then says, by name. */
  readonly settings: Readonly<Record<string, string>>;
}

/**
 * Runs `attempt` by one way after the other until one succeeds, the last one twice as a network may fail for a moment, and begins the
 * next time with that one. Says on stderr which it is. Throws what each of them said when none does.
 */
export type OverWays = <T>(what: string, attempt: (way: Way) => Promise<T>) => Promise<T>;

/** What decides where go fetches and verifies modules. */
const names = 'GOPROXY GOSUMDB GOPRIVATE GONOPROXY GONOSUMDB GOINSECURE GOVCS GOAUTH GO111MODULE'.split(' ');
const unset = Object.fromEntries(names.map(name => [name, undefined]));
/** Independent of `go env -w` too, and git gives up on a server that has gone silent. */
const always = {
  GOFLAGS: '-modcacherw',
  GOTOOLCHAIN: 'local',
  GOWORK: 'off',
  GOOS: undefined,
  GOARCH: undefined,
  GIT_TERMINAL_PROMPT: '0',
  GIT_HTTP_LOW_SPEED_LIMIT: '1',
  GIT_HTTP_LOW_SPEED_TIME: '60',
};

/**
 * The ways of a machine to the network: first its go settings, whatever they are; where these bring nothing, what its toolchain would
 * do had nobody set anything. `base` is the machine's environment.
 */
export function waysOf(base: Variables, say: (line: string) => void): OverWays {
  const find = async (): Promise<Way[]> => {
    const ways = await Promise.all([
      describe('the go settings in effect', { ...base, ...always }),
      describe("the toolchain's own defaults", { ...base, ...always, ...unset, GOENV: 'off' }),
    ]);
    const usable = ways.filter(way => way !== null);
    const [first, second] = usable;
    const same = first && second && names.every(name => first.settings[name] === second.settings[name]);
    return same ? [first] : usable;
  };
  let known: Promise<Way[]> | undefined;
  let best: Way | undefined;

  return async (what, attempt) => {
    const failures: unknown[] = [];
    known ??= find();
    const ways = await known;
    const order = best ? [best, ...ways.filter(way => way !== best)] : ways;
    for (const way of [...order, ...order.slice(-1)]) {
      try {
        const result = await attempt(way);
        if (best !== way) say(`modules come by ${way.name}: ${shown(way)}`);
        best = way;
        return result;
      } catch (error) {
        failures.push(error);
        say(`${way.name} (${shown(way)}) did not bring ${what}: ${lastLine(error)}`);
      }
    }
    throw new AggregateError(failures, `No way brings ${what}:\n${failures.map(lastLine).join('\n')}`);
  };

  /** Null where go itself refuses these settings. */
  async function describe(name: string, env: Variables): Promise<Way | null> {
    try {
      const settings = JSON.parse(await execute('go', ['env', '-json', ...names], { env })) as Record<string, string>;
      return { name, env, settings };
    } catch (error) {
      say(`${name} cannot be read: ${lastLine(error)}`);
      return null;
    }
  }
}

const shown = ({ settings }: Way): string => maskSecrets(`GOPROXY=${settings.GOPROXY} GOSUMDB=${settings.GOSUMDB}`);

const lastLine = (error: unknown): string => {
  const { stderr, message } = error as { stderr?: string; message: string };
  return maskSecrets((stderr || message).trim().split('\n').at(-1) ?? '');
};

/** The ways of this machine. */
export const overWays: OverWays = waysOf(process.env, line => process.stderr.write(`lab: ${line}\n`));

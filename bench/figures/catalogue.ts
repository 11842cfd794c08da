/** `share` is shown in per cent, `bytes` in MB, `ratio` as so many times. */
export type Unit = 'number' | 'ratio' | 'share' | 'ms' | 's' | 'bytes';

/** A figure that a bench takes, what it is in both languages, and what it must hold. */
export interface Figure {
  en: string;
  zh: string;
  unit: Unit;
  /** The aim: at most, at least so much. Without one it is only reported. */
  most?: number;
  least?: number;
  /** One that the READMEs show. */
  headline?: boolean;
}

/** The figures of each file in `bench/results`, by their names there. */
export const catalogue: Readonly<Record<string, Readonly<Record<string, Figure>>>> = {
  prediction: {
    tau: {
      en: 'order of 24 mirrors by predicted and by real time (Kendall tau)',
      zh: '24 个镜像的预测排序与真实排序的一致度（Kendall tau）',
      unit: 'number',
      least: 0.95,
      headline: true,
    },
    tauByLatency: { en: 'the same by latency alone', zh: '仅按延迟排序时', unit: 'number', headline: true },
    tauBySpeed: {
      en: 'the same by one download alone',
      zh: '仅按一次下载的速度排序时',
      unit: 'number',
      headline: true,
    },
    medianError: {
      en: 'error of the predicted time, median',
      zh: '预计时间的误差，中位数',
      unit: 'share',
      most: 0.1,
      headline: true,
    },
    p90Error: { en: 'the same, 90th percentile', zh: '同上，90 百分位', unit: 'share', most: 0.2, headline: true },
    withinInterval: { en: 'real times within the given interval', zh: '真实时间落在所给区间内的比例', unit: 'share' },
    requests: { en: 'requests to a mirror', zh: '对一个镜像的请求数', unit: 'number', most: 20 },
    bytes: { en: 'bytes from a mirror', zh: '从一个镜像下载的字节', unit: 'bytes', most: 2_000_000 },
  },
  fastest: {
    switches: {
      en: 'switches of `use --fastest` each hour, by those of an oracle that knows the whole week',
      zh: '每小时 `use --fastest` 的切换次数，相对预知整周的最优选择',
      unit: 'ratio',
      most: 1.2,
      headline: true,
    },
    time: { en: 'pull time, likewise', zh: '拉取时间，同样比较', unit: 'ratio', most: 1.05, headline: true },
    perWeek: { en: 'switches in a simulated week', zh: '模拟一周内的切换次数', unit: 'number' },
    momentPerWeek: {
      en: 'the same by always taking the fastest of the moment',
      zh: '总取当下最快者时',
      unit: 'number',
    },
    momentTime: { en: 'pull time then, by the oracle’s', zh: '此时的拉取时间，相对最优选择', unit: 'ratio' },
    dailySwitches: {
      en: 'switches of one call a day, by those of an oracle that knows the present',
      zh: '每天一次时的切换次数，相对只知当下真实时间的选择',
      unit: 'ratio',
      most: 1.2,
    },
    dailyTime: { en: 'pull time, likewise', zh: '拉取时间，同样比较', unit: 'ratio', most: 1.05 },
    dailySwitchesAhead: {
      en: 'switches of one call a day, by those of the oracle that knows the whole week',
      zh: '每天一次时的切换次数，相对预知整周的最优选择',
      unit: 'ratio',
    },
    dailyTimeAhead: { en: 'pull time, likewise', zh: '拉取时间，同样比较', unit: 'ratio' },
  },
  stages: {
    beyond: {
      en: 'stages that differ from curl by more than 5 ms and 3 %',
      zh: '与 curl 相差超过 5 ms 且超过 3 % 的阶段数',
      unit: 'number',
      most: 0,
    },
    largest: { en: 'the largest difference', zh: '最大的差', unit: 'ms' },
  },
  startup: {
    empty: { en: '`node -e 0`', zh: '`node -e 0`', unit: 'ms' },
    version: multiple('--version', 1.6),
    help: multiple('--help', 1.6),
    ls: multiple('ls', 2.5),
    current: multiple('current', 2.5),
    use: multiple('use goproxy.cn --no-probe', 2.5),
    explain: multiple('explain', 2.5),
  },
  explain: {
    seconds: { en: 'time for a log of 50 MB', zh: '50 MB 日志所需时间', unit: 's', most: 2, headline: true },
    memory: { en: 'memory for it', zh: '所需内存', unit: 'bytes', most: 150_000_000, headline: true },
    answered: { en: 'random inputs that get an answer', zh: '得到回答的随机输入', unit: 'share', least: 1 },
    slowest: { en: 'the slowest of them', zh: '其中最慢的', unit: 'ms' },
  },
  score: {
    reported: {
      en: 'causes named rightly, reported failures',
      zh: '正确指出的原因：公开报告的失败',
      unit: 'share',
      least: 0.98,
    },
    induced: {
      en: 'causes named rightly, induced failures',
      zh: '正确指出的原因：人为制造的失败',
      unit: 'share',
      least: 0.98,
    },
    falseAlarms: { en: 'false alarms', zh: '误报', unit: 'number' },
  },
  link: {
    connect: { en: 'connecting takes longer than the round trip by', zh: '建立连接比往返时间多', unit: 'ms', most: 3 },
    rate: {
      en: 'the most of its rate that a line carries',
      zh: '线路实际承载占其速率的最大比例',
      unit: 'share',
      most: 1.05,
    },
  },
  'pull-far': {
    ...pull('far away: 150 ms, 100 Mbit/s', '远处：150 ms、100 Mbit/s', true),
    ...beside('far away', '远处', {
      ratio: { most: 0.2, headline: true },
      worst: { most: 0.24 },
      limit: { most: 1.2 },
    }),
  },
  'pull-far-http1': {
    ...pull('the same, HTTP/1.1 only', '同上，仅 HTTP/1.1', false),
    ...beside('the same, HTTP/1.1 only', '同上，仅 HTTP/1.1', { ratio: { most: 0.28 } }),
  },
  'pull-far-lossy': {
    ...pull('the same, 1 % of the packets lost', '同上，丢包 1 %', false),
    ...beside('1 % of the packets lost', '丢包 1 %', { ratio: { most: 0.5, headline: true } }),
  },
  'pull-near': {
    ...pull('nearby: 5 ms, 1 Gbit/s', '近处：5 ms、1 Gbit/s', true),
    ...beside('nearby', '近处', { ratio: { most: 1.05, headline: true } }),
  },
  'pull-two': {
    ...pull('two mirrors of 50 Mbit/s, 40 ms', '两个 50 Mbit/s、40 ms 的镜像', true),
    ...beside('two mirrors', '两个镜像', { ratio: { headline: true }, limit: { most: 1.25 } }),
  },
  schedules: {
    right: {
      en: 'pulls through random faults that end right',
      zh: '在随机故障中正确结束的拉取',
      unit: 'share',
      least: 1,
      headline: true,
    },
    go: { en: 'the same by plain go', zh: '仅用 go 时', unit: 'share', headline: true },
    script: { en: 'the same by a script of three attempts', zh: '用重试三次的脚本时', unit: 'share', headline: true },
    failovers: { en: 'failovers on the way', zh: '途中的切换次数', unit: 'number' },
    median: { en: 'time of one, median', zh: '单次时间，中位数', unit: 's' },
    longest: { en: 'the longest', zh: '最长的一次', unit: 's' },
  },
  builds: {
    run: {
      en: 'builds by `run` that succeed where 5 % of the answers break',
      zh: '5 % 的应答中断时，用 `run` 成功的构建',
      unit: 'share',
      least: 1,
      headline: true,
    },
    go: { en: 'the same by plain go', zh: '仅用 go 时', unit: 'share', headline: true },
    script: { en: 'the same by a script of three attempts', zh: '用重试三次的脚本时', unit: 'share', headline: true },
    healthyGo: { en: '`go mod download` on a healthy line', zh: '线路正常时的 `go mod download`', unit: 's' },
    healthyRun: { en: 'the same by `run`', zh: '同处用 `run` 时', unit: 's' },
    ratio: { en: '`run` by plain go there', zh: '此处 `run` 与 go 之比', unit: 'ratio', most: 1.03 },
  },
  memory: {
    resident: {
      en: 'memory to pull 1,000 modules',
      zh: '拉取 1,000 个模块所需内存',
      unit: 'bytes',
      most: 200_000_000,
      headline: true,
    },
    manyLines: {
      en: 'memory for a go.sum of 50,000 lines',
      zh: 'go.sum 有 50,000 行时所需内存',
      unit: 'bytes',
      most: 250_000_000,
    },
  },
  faults: {
    cases: { en: 'set-ups of the fault lab', zh: '故障实验室的场景数', unit: 'number', headline: true },
    proven: { en: 'of these as the real go sees them', zh: '其中与真实 go 的表现一致的', unit: 'share', least: 1 },
    found: { en: 'faults that the doctor names', zh: 'doctor 正确指出的故障', unit: 'share', least: 1, headline: true },
    accepted: {
      en: 'healthy ones that it accepts',
      zh: 'doctor 不误报的健康场景',
      unit: 'share',
      least: 1,
      headline: true,
    },
    fixed: {
      en: 'fixable ones that `--fix` cures',
      zh: '`--fix` 治好的可修复故障',
      unit: 'share',
      least: 1,
      headline: true,
    },
  },
  equivalence: {
    asked: { en: 'generated values judged by go itself', zh: '由 go 自身判定的生成值', unit: 'number' },
    disagreements: {
      en: 'values read otherwise than go reads them',
      zh: '与 go 读法不同的值',
      unit: 'number',
      most: 0,
    },
    routes: { en: 'routes compared with the requests of go', zh: '与 go 的请求逐一比较的路由', unit: 'number' },
    wrongRoutes: { en: 'routes that go does not take', zh: '与 go 不符的路由', unit: 'number', most: 0 },
  },
  upheaval: {
    runs: { en: 'runs killed or crowded', zh: '被杀死或并发的运行次数', unit: 'number' },
    faults: { en: 'changes torn, lost or left over', zh: '损坏、丢失或残留的更改', unit: 'number', most: 0 },
  },
  logins: {
    rules: {
      en: 'generated values of netrc, GOAUTH and the proxy variables',
      zh: '生成的 netrc、GOAUTH 与代理变量的值',
      unit: 'number',
      least: 2000,
    },
    cases: {
      en: 'log-ins, redirects and proxies end to end',
      zh: '端到端的登录、重定向与代理',
      unit: 'number',
      least: 400,
    },
    clean: { en: 'of these as the real go does', zh: '其中与真实的 go 一致者', unit: 'share', least: 1 },
    departures: { en: 'differences from go', zh: '与 go 的差异', unit: 'number', most: 0 },
  },
  policy: {
    walks: {
      en: 'generated lists and answers gone through in process',
      zh: '进程内走过的生成列表与应答',
      unit: 'number',
      least: 10_000,
    },
    cleanWalks: { en: 'of these as go goes through them', zh: '其中与 go 的走法一致者', unit: 'share', least: 1 },
    cases: {
      en: 'generated lists, answers, patterns and log-ins',
      zh: '生成的列表、应答、模式与登录',
      unit: 'number',
      least: 1000,
    },
    clean: {
      en: 'of these without a departure from what go tells and accepts',
      zh: '其中与 go 告知和接受的完全一致者',
      unit: 'share',
      least: 1,
    },
    departures: { en: 'departures', zh: '偏离的次数', unit: 'number', most: 0 },
  },
};

function multiple(command: string, most: number): Figure {
  const text = `\`go-mirror ${command}\``;
  return { en: `${text} by \`node -e 0\``, zh: `${text} 相对 \`node -e 0\``, unit: 'ratio', most };
}

function pull(en: string, zh: string, headline: boolean): Record<'go' | 'pull', Figure> {
  return {
    go: { en: `\`go mod download\`, ${en}`, zh: `\`go mod download\`，${zh}`, unit: 's', headline },
    pull: { en: '`go-mirror pull` there', zh: '同处的 `go-mirror pull`', unit: 's', headline },
  };
}

type Ratio = 'ratio' | 'worst' | 'limit';

/** A pull by what it is compared with, and what these must hold. */
function beside(
  en: string,
  zh: string,
  { ratio, worst, limit }: Partial<Record<Ratio, Pick<Figure, 'most' | 'headline'>>>,
): Record<Ratio, Figure> {
  const unit = 'ratio';
  return {
    ratio: { en: `pull by plain go, ${en}`, zh: `pull 与 go 之比，${zh}`, unit, ...ratio },
    worst: { en: `the slowest pull by plain go, ${en}`, zh: `最慢一次 pull 与 go 之比，${zh}`, unit, ...worst },
    limit: { en: `pull by what the line allows, ${en}`, zh: `pull 与线路极限之比，${zh}`, unit, ...limit },
  };
}

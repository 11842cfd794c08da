import { fault, type LabCase } from '../case.ts';
import { goMod, quoteSum } from './parts.ts';

const withSum = { 'go.mod': goMod(['rsc.io/quote v1.5.2']), 'go.sum': quoteSum };
const settings = 'GOPROXY=https://goproxy.cn,direct\n';
const pulled = 'go mod download; chmod -R u+w {home}/go';
const cached = '{home}/go/pkg/mod/cache/download/rsc.io/quote/@v';

/** The module cache on this machine. */
export const cache: readonly LabCase[] = [
  fault('cache-foreign', 'the module cache is of another user', 'modcache-permission', '{home}/go', {
    settings,
    user: 4321,
    before: 'mkdir -p {home}/go/pkg/mod',
    keep: ['{home}/go'],
  }),
  fault('cache-read-only', 'the module cache cannot be written', 'modcache-permission', '{home}/go', {
    settings,
    user: 4321,
    before: 'mkdir -p {home}/go/pkg/mod; chmod -R a-w {home}/go',
  }),
  fault(
    'cache-ro-mount',
    'the module cache lies on a read-only file system',
    'modcache-permission',
    ['{home}/modules', 'GOMODCACHE'],
    {
      settings: `${settings}GOMODCACHE={home}/modules\n`,
      before: 'mkdir {home}/modules; mount -t tmpfs -o ro none {home}/modules',
    },
  ),
  fault(
    'cache-is-a-file',
    'a file in place of the module cache',
    ['modcache-permission', 'modcache-corrupt'],
    '{home}/go',
    { settings, before: 'mkdir -p {home}/go/pkg; echo x > {home}/go/pkg/mod' },
  ),
  fault('cache-full', 'the disk of the module cache is full', 'disk-full', ['{home}/tiny', 'GOMODCACHE'], {
    settings: `${settings}GOMODCACHE={home}/tiny/mod\n`,
    before:
      'mkdir {home}/tiny; mount -t tmpfs -o size=16k none {home}/tiny; head -c 12000 /dev/zero > {home}/tiny/fill',
  }),
  fault(
    'cache-full-inodes',
    'no inode is left where the module cache lies',
    'disk-full',
    ['{home}/tiny', 'GOMODCACHE'],
    {
      settings: `${settings}GOMODCACHE={home}/tiny/mod\n`,
      before: 'mkdir {home}/tiny; mount -t tmpfs -o nr_inodes=4 none {home}/tiny',
    },
  ),
  fault('cache-zip-garbage', 'a zip in the cache is none', 'modcache-corrupt', ['rsc.io/quote', cached], {
    settings,
    project: withSum,
    before: `${pulled}; rm -rf {home}/go/pkg/mod/rsc.io; echo x > ${cached}/v1.5.2.zip`,
    fix: 'cures',
  }),
  fault('cache-zip-half', 'a zip in the cache broke off', 'modcache-corrupt', ['rsc.io/quote', cached], {
    settings,
    project: withSum,
    before: `${pulled}; rm -rf {home}/go/pkg/mod/rsc.io; truncate -s 1500 ${cached}/v1.5.2.zip`,
    fix: 'cures',
  }),
  fault('cache-zip-empty', 'a zip in the cache is empty', 'modcache-corrupt', ['rsc.io/quote', cached], {
    settings,
    project: withSum,
    before: `${pulled}; rm -rf {home}/go/pkg/mod/rsc.io; : > ${cached}/v1.5.2.zip`,
    fix: 'cures',
  }),
  fault('cache-unreadable', 'a zip in the cache may not be read', 'modcache-permission', ['rsc.io/quote', cached], {
    settings,
    project: withSum,
    user: 4321,
    before: `${pulled}; rm -rf {home}/go/pkg/mod/rsc.io; chmod 000 ${cached}/v1.5.2.zip`,
  }),
  fault('cache-ziphash', 'the hash beside a zip is another', 'modcache-corrupt', ['rsc.io/quote', cached], {
    settings,
    project: withSum,
    before: `${pulled}; printf h1:AAAAjrx7yqtD/aO+QwRjYZOKnaM9Uh2b40tElTs3Y= > ${cached}/v1.5.2.ziphash`,
    pull: ['mod', 'verify'],
  }),
  fault('cache-mod', 'a go.mod in the cache was changed', 'modcache-corrupt', ['rsc.io/quote', cached], {
    settings,
    project: withSum,
    before: `${pulled}; echo '// x' >> ${cached}/v1.5.2.mod`,
    fix: 'cures',
  }),
  fault(
    'cache-dir',
    'the unpacked module was changed',
    'modcache-corrupt',
    ['rsc.io/quote', '{home}/go/pkg/mod/rsc.io'],
    {
      settings,
      project: withSum,
      before: `${pulled}; echo '// x' >> {home}/go/pkg/mod/rsc.io/quote@v1.5.2/quote.go`,
      pull: ['mod', 'verify'],
      fix: 'cures',
    },
  ),
];

/**
 * Builds the program into `dist` (`npm run build`), so that a command works that was started before, during or after it: each build
 * has a folder named after what is in it, `dist/main.js` hands over to the newest, and is replaced by one rename. A command that
 * runs already finds the files of its own build until a day after that was replaced.
 */
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'rolldown';
import license from 'rollup-plugin-license';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');
const entry = join(dist, 'main.js');
const dayMs = 86_400_000;

/**
 * What is loaded together stands in one file, as each costs a start the time to find and open it: what every command needs, what those
 * need that read settings, that show or leave something, that judge settings, that change them. The rest is split by who needs it.
 */
const files = {
  version: 'version',
  start:
    'run program commands messages/index report/output system/(context|errors|secrets|signals|started-as|terminal)',
  facts: `
    go/(env-file|facts|go-env|goflags|goproxy|layers|mod-file|settings|switch|text|toolchain|url-escape|url|version)
    commands/ask-early mirrors/(all|catalogue|find|from-toolchain|own) report/(line|reporters)
    system/(file-error|files|folders|json-file|lock|owner|process|regular-file|text|user)`,
  shown: `
    changes/(history|journal|leftovers|target) commands/leftovers report/(leftovers|mirror-words)
    report/table/(columns|width)`,
  judged: `
    go/(glob|gosumdb|govcs|inspect-patterns|judge-settings|module-path|patterns|private-names|repair-goproxy|repair-gosumdb|verifier-key)
    mirrors/(look-up|trust) report/remarks system/nearest`,
  changed: `
    changes/(?!history|journal|leftovers|target).* commands/change-flow mirrors/resolve
    report/(warnings|table/change|cause-in-short)`,
};
const groups = Object.entries(files).map(([name, paths], place) => {
  const path = `(?:${paths.trim().split(/\s+/).join('|')})`.replaceAll('/', '[\\\\/]');
  const libraries = name === 'start' ? '|node_modules[\\\\/](?:chalk|commander)[\\\\/].*' : '';
  return { name, test: new RegExp(`[\\\\/](?:src[\\\\/]${path}\\.ts${libraries})$`), priority: 9 - place };
});

const started = performance.now();
const beside = await mkdtemp(join(root, '.dist-'));
try {
  const made = join(beside, 'made');
  await bundle(made);
  const { id, files, bytes } = await describe(made);
  await mkdir(dist, { recursive: true });
  const before = await current();
  await putInPlace(made, join(dist, id));
  await replace(join(dist, 'package.json'), '{"type":"commonjs"}\n');
  await replace(entry, `exports.main = require('./${id}/main.js').main;\n`);
  await replace(join(root, 'THIRD_PARTY_NOTICES.md'), await readFile(join(beside, 'notices'), 'utf8'));
  if (before && before !== id) await touch(join(dist, before)); // Its day begins.
  await keepOutOfPackage();
  await dropOld();
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`Built dist/${id}: ${files} files, ${(bytes / 1e6).toFixed(2)} MB, in ${seconds} s.`);
} finally {
  await rm(beside, { recursive: true, force: true });
}

/** One bundle, split where the source imports lazily, so that a command loads only what it uses. */
async function bundle(dir) {
  await build({
    input: { main: join(root, 'src/main.ts'), 'hash-worker': join(root, 'src/relay/hash-worker.ts') },
    cwd: root,
    platform: 'node',
    logLevel: 'warn',
    checks: { ineffectiveDynamicImport: false }, // A reporter that one command imports at once is a file of its own for another.
    // The colours of a stream are decided here: what chalk would find out by itself takes as long to load as the rest of it.
    resolve: {
      alias: { '#supports-color': join(root, 'node_modules/chalk/source/vendor/supports-color/browser.js') },
      conditionNames: ['node', 'import', 'default'],
      mainFields: ['module', 'main'],
    },
    output: {
      dir,
      // Node.js loads CommonJS from disk in half the time that it takes for as many ES modules.
      format: 'cjs',
      minify: { compress: true, mangle: true, codegen: { removeWhitespace: true } },
      entryFileNames: '[name].js',
      chunkFileNames: 'chunks/[name]-[hash].js',
      codeSplitting: { groups },
    },
    plugins: [joinedSentences(), onlyWhatIsUsed(), license({ thirdParty: { output: join(beside, 'notices') } })],
  });
}

/** The sentences of a language as one object: to copy them together one by one would take as long as the rest of a short run. */
function joinedSentences() {
  return {
    name: 'joined-sentences',
    load: {
      filter: { id: /[\\/]src[\\/]messages[\\/](?:en|zh)[\\/]index\.ts$/ },
      handler: async file => {
        const { output } = await build({
          input: file,
          cwd: root,
          write: false,
          output: { format: 'cjs', exports: 'named' },
        });
        const exports = {};
        new Function('exports', output[0].code)(exports);
        return { code: `export default ${JSON.stringify(exports.default)};`, moduleType: 'js' };
      },
    },
  };
}

/**
 * What no command uses of the libraries is left out: of undici all but its pool of HTTP/1.1 connections for requests without a body,
 * of commander the commands that are programs of their own, of execa its synchronous, piped, scripted and verbose forms, of ora's
 * figures the two that it draws by itself. What is no longer found there fails the build.
 */
function onlyWhatIsUsed() {
  const nothing = () => 'module.exports = {};';
  const changes = {
    'undici/index.js': () => "exports.Pool = require('./lib/dispatcher/pool.js');",
    'undici/lib/dispatcher/client-h2.js': nothing,
    'undici/lib/web/fetch/body.js': nothing,
    // The parser of HTTP is in it twice; the one without SIMD runs everywhere. Base64 alone leaves gzip little to find.
    'undici/lib/llhttp/llhttp-wasm.js': (_, file) => {
      const packed = brotliCompressSync(createRequire(import.meta.url)(file)).toString('base64');
      return `module.exports = require('node:zlib').brotliDecompressSync(Buffer.from('${packed}', 'base64'));`;
    },
    'undici/lib/llhttp/llhttp_simd-wasm.js': () => "module.exports = require('./llhttp-wasm.js');",
    ...Object.fromEntries(
      ['methods/main-sync', 'methods/script', 'pipe/setup', 'convert/add', 'ipc/methods', 'verbose/complete'].map(
        name => [
          `execa/lib/${name}.js`,
          code =>
            [...code.matchAll(/^export const (\w+) =/gm)]
              .map(([, name]) => `export const ${name} = () => ({});`)
              .join('\n'),
        ],
      ),
    ),
    'cli-spinners/spinners.json': json => JSON.stringify({ dots: JSON.parse(json).dots, line: JSON.parse(json).line }),
    'commander/lib/command.js': code => code.replace("require('node:child_process')", '{}'),
  };
  const missing = new Set(Object.keys(changes));
  return {
    name: 'only-what-is-used',
    transform: {
      filter: { id: /[\\/]node_modules[\\/](?:undici|commander|execa|cli-spinners)[\\/]/ },
      handler: (code, file) => {
        const name = file.replaceAll('\\', '/').split('/node_modules/').at(-1);
        const changed = changes[name]?.(code, file) ?? code;
        if (changed !== code) missing.delete(name);
        return changed;
      },
    },
    buildEnd: error => {
      if (!error && missing.size > 0) throw new Error(`not found in the libraries: ${[...missing].join(', ')}`);
    },
  };
}

/** The name of a build comes from its bytes: the same sources give the same folder. */
async function describe(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
  const hash = createHash('sha256');
  let bytes = 0;
  for (const path of paths.sort()) {
    const content = await readFile(path);
    hash.update(`${path.slice(folder.length)}\0${content.length}\0`).update(content);
    bytes += content.length;
  }
  return { id: hash.digest('hex').slice(0, 8), files: paths.length, bytes };
}

async function putInPlace(made, folder) {
  await rename(made, folder).catch(async error => {
    if (!['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(error.code)) throw error;
    await touch(folder); // The same was built before.
  });
}

/** The name of the build that `dist/main.js` hands over to; undefined before the first. */
async function current() {
  const text = await readFile(entry, 'utf8').catch(() => '');
  return /require\('\.\/([0-9a-f]{8})\/main\.js'\)/.exec(text)?.[1];
}

/** Only the newest build is packed. Another build at the same time may have become it meanwhile: then again. */
async function keepOutOfPackage() {
  for (let id = await current(), written; id !== written; id = await current()) {
    await replace(join(dist, '.npmignore'), `/*\n!/main.js\n!/package.json\n!/${id}/\n`);
    written = id;
  }
}

async function dropOld() {
  const id = await current();
  for (const name of await readdir(dist)) {
    const path = join(dist, name);
    if ([id, 'main.js', 'package.json', '.npmignore'].includes(name)) continue;
    if (Date.now() - (await stat(path)).mtimeMs > dayMs) await rm(path, { recursive: true, force: true });
  }
}

async function touch(path) {
  await utimes(path, new Date(), new Date());
}

/** Whole or not at all, for whoever reads it at this moment. */
async function replace(file, text) {
  const made = join(beside, 'file');
  await writeFile(made, text);
  await rename(made, file);
}

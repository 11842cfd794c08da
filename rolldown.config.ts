import { join } from 'node:path';
import { defineConfig } from 'rolldown';
import licensePlugin from 'rollup-plugin-license';

// The package is CommonJS, and its types know only the ES module form.
const license = licensePlugin as unknown as typeof licensePlugin.default;

/** One bundle, split where the source imports lazily, so that a command loads only what it uses. */
export default defineConfig({
  input: { main: 'src/main.ts' },
  platform: 'node',
  resolve: { conditionNames: ['node', 'import', 'default'], mainFields: ['module', 'main'] },
  output: {
    dir: process.env.GO_MIRROR_DIST ?? 'dist',
    format: 'esm',
    minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
    cleanDir: true,
  },
  plugins: [
    license({
      thirdParty: {
        output: join(import.meta.dirname, 'THIRD_PARTY_NOTICES.md'),
      },
    }),
  ],
});

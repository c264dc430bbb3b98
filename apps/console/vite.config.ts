/** The staff console. Old office machines run Chromium 86: nothing newer is asked of the browser. */
import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  root: here('.'),
  base: '/console/',
  plugins: [vue()],
  cacheDir: here('../../node_modules/.vite/console'),
  build: {
    outDir: here('../../dist/web/console'),
    emptyOutDir: true,
    target: 'chrome86',
    cssTarget: 'chrome86',
    modulePreload: { polyfill: false }, // the polyfill would be an inline script, which the CSP refuses
    assetsInlineLimit: 0, // fonts and images as data: addresses are refused as well
    manifest: true, // read by scripts/check-budget.mjs
    chunkSizeWarningLimit: 1200, // MapLibre, loaded only where a map is wanted
  },
  server: { fs: { allow: [here('../..')] }, proxy: { '/api': 'http://127.0.0.1:8080' } },
})

/** The choice page at `/`: a few lines of HTML that any browser shows. */
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  root: here('.'),
  base: '/',
  cacheDir: here('../../node_modules/.vite/home'),
  build: {
    outDir: here('../../dist/web/home'),
    emptyOutDir: true,
    target: 'chrome78',
    cssTarget: 'chrome78',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    assetsDir: 'home-assets', // apart from every other path under `/`
  },
})

/** The resident and field face: installable, small, and plain enough for a five-year-old phone. */
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig, type Plugin } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Ends the build when the first page grew over its budget; prints to standard error, as the build does. */
const budget: Plugin = {
  name: 'linli-budget',
  apply: 'build',
  closeBundle: {
    sequential: true,
    order: 'post',
    handler: () => {
      execFileSync(process.execPath, [here('../../scripts/check-budget.mjs')], { stdio: ['ignore', 2, 2] })
    },
  },
}

export default defineConfig({
  root: here('.'),
  base: '/m/',
  plugins: [
    vue(),
    budget,
    VitePWA({
      registerType: 'autoUpdate',
      injectRegister: 'script-defer', // a file of its own: the CSP refuses inline scripts
      manifest: {
        name: '邻里',
        short_name: '邻里',
        description: '说一件事，看它办到哪一步。',
        lang: 'zh-CN',
        start_url: '/m/',
        scope: '/m/',
        display: 'standalone',
        background_color: '#f7f6f3',
        theme_color: '#f7f6f3',
        icons: [
          { src: 'icon-192.png', sizes: '192x192', type: 'image/png' },
          { src: 'icon-512.png', sizes: '512x512', type: 'image/png' },
          { src: 'icon-maskable.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
        ],
      },
      workbox: {
        // The shell only. An answer of the API is never cached: it is someone's own matter.
        globPatterns: ['index.html', 'assets/*.{js,css}', 'icon.svg'],
        globIgnores: ['**/map-draw-*', '**/maplibre-*'],
        navigateFallback: '/m/index.html',
        navigateFallbackAllowlist: [/^\/m\//],
        cleanupOutdatedCaches: true,
        sourcemap: false,
      },
    }),
  ],
  cacheDir: here('../../node_modules/.vite/resident'),
  build: {
    outDir: here('../../dist/web/m'),
    emptyOutDir: true,
    target: 'chrome78',
    cssTarget: 'chrome78',
    modulePreload: { polyfill: false }, // the polyfill would be an inline script, which the CSP refuses
    assetsInlineLimit: 0,
    manifest: true, // read by scripts/check-budget.mjs
    chunkSizeWarningLimit: 1200, // MapLibre, loaded only where a map is wanted
  },
  server: { fs: { allow: [here('../..')] }, proxy: { '/api': 'http://127.0.0.1:8080' } },
})

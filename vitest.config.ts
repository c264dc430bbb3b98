import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'
import { ClosingLineReporter } from './platform/testing/closing-line-reporter.ts'

const folders = '{lib,platform,modules,ui,apps,demo,scripts,bench,proofs}'

export default defineConfig({
  test: {
    // One database server for both projects; see platform/testing/test-database.ts.
    globalSetup: ['./platform/testing/global-setup.ts'],
    reporters: ['default', new ClosingLineReporter()],
    maxWorkers: 2,
    projects: [
      {
        plugins: [vue()],
        test: {
          name: 'code',
          include: [`${folders}/**/*.test.ts`],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'journeys',
          include: ['e2e/**/*.test.ts'],
          // A browser and a server of its own: one file at a time, after everything else.
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 180_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})

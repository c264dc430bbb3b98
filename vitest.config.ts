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
          setupFiles: ['./platform/testing/hear-statements.ts'],
          // Files share what they import: nothing is mocked, and each file brings a database of its own.
          isolate: false,
          testTimeout: 30_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'journeys',
          include: ['e2e/**/*.test.ts'],
          // Each file brings a browser and a server of its own; they run after everything else.
          isolate: false,
          testTimeout: 120_000,
          hookTimeout: 180_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})

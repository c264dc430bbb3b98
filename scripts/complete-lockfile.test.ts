import { expect, test } from 'vitest'
import { complete, platformOf } from './complete-lockfile.mjs'

test.each([
  ['@rollup/rollup-linux-arm64-musl', { os: ['linux'], cpu: ['arm64'], libc: ['musl'] }],
  ['@oxc-parser/binding-linux-arm-gnueabihf', { os: ['linux'], cpu: ['arm'], libc: ['glibc'] }],
  ['@biomejs/cli-darwin-x64', { os: ['darwin'], cpu: ['x64'] }],
])('%s names its platform', (name, platform) => {
  expect(platformOf(name)).toEqual(platform)
})

test('only what is missing is added, with the version its parent asks for', () => {
  const packages: Record<string, unknown> = {
    'node_modules/a': {
      version: '1.0.0',
      dev: true,
      optionalDependencies: { '@a/linux-x64': '1.0.0', '@a/darwin-x64': '1.0.0' },
    },
    'node_modules/@a/linux-x64': { version: '1.0.0' },
  }
  expect(complete(packages)).toEqual(['@a/darwin-x64'])
  expect(packages['node_modules/@a/darwin-x64']).toEqual({
    version: '1.0.0',
    dev: true,
    optional: true,
    os: ['darwin'],
    cpu: ['x64'],
  })
  expect(complete(packages)).toEqual([])
})

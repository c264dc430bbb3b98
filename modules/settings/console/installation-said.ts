/** What a signal of the installation says, from its figures. */

import { say } from '../../../ui/language.ts'
import { lengthWords, sinceWords } from '../../../ui/time-words.ts'
import type { InstallationSignal } from '../contract.ts'
import { sentences, words } from './installation-words.ts'

const units = ['B', 'KB', 'MB', 'GB', 'TB'] as const

/** '5.2 GB'; thousands, as disks are sold. */
export function sizeText(bytes: number): string {
  const power = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3))
  const value = bytes / 1000 ** power
  return `${value >= 100 || power === 0 ? Math.round(value) : value.toFixed(1)} ${units[power]}`
}

const percent = (share: number): string => `${(share * 100).toFixed(share > 0 && share < 0.1 ? 1 : 0)}%`

type Facts = InstallationSignal['facts']
const number = (facts: Facts, name: string): number => {
  const value = facts[name]
  return typeof value === 'number' ? value : 0
}
const size = (facts: Facts, name: string) => sizeText(number(facts, name))
const length = (facts: Facts, name: string) => lengthWords(number(facts, name) / 60)

const said: Readonly<Record<InstallationSignal['key'], (facts: Facts, well: boolean) => string>> = {
  database: (_, well) => say(well ? sentences.database : sentences.databaseAway),
  disk: (facts) => say(sentences.disk, { free: size(facts, 'freeBytes'), size: size(facts, 'sizeBytes') }),
  backup: (facts) =>
    facts.ageSeconds === null
      ? say(sentences.backupNone)
      : [
          say(sentences.backup, { age: length(facts, 'ageSeconds') }),
          typeof facts.bytes === 'number' ? say(sentences.backupSize, { size: sizeText(facts.bytes) }) : '',
          typeof facts.place === 'string' ? say(sentences.backupPlace, { place: facts.place }) : '',
        ].join(''),
  jobs: (facts) => say(sentences.jobs, { ...plain(facts), oldest: length(facts, 'oldestSeconds') }),
  outbox: (facts) => say(sentences.outbox, { ...plain(facts), oldest: length(facts, 'oldestSeconds') }),
  seals: (facts) =>
    say(sentences.seals, {
      ...plain(facts),
      last: typeof facts.lastAt === 'string' ? sinceWords(facts.lastAt) : say(words.never),
    }),
  requests: (facts) =>
    say(sentences.requests, {
      ...plain(facts),
      slow: percent(number(facts, 'slowShare')),
      faults: percent(number(facts, 'faultShare')),
    }),
  files: (facts) => say(sentences.files, plain(facts)),
  memory: (facts) =>
    say(sentences.memory, {
      used: size(facts, 'usedBytes'),
      free: size(facts, 'freeBytes'),
      size: size(facts, 'sizeBytes'),
    }),
}

const plain = (facts: Facts): Record<string, number> =>
  Object.fromEntries(
    Object.entries(facts).flatMap(([name, value]) => (typeof value === 'number' ? [[name, value]] : [])),
  )

export const signalText = ({ key, facts, state }: InstallationSignal): string =>
  said[key](facts, state === 'ok')

/** The forms of the two acts on a duty task. */
import type { ActForm } from './act-fields.ts'
import { words as formWords } from './form-words.ts'
import { words } from './task-screen-words.ts'

export const taskForms: readonly ActForm[] = [
  {
    act: 'finish-task',
    fields: [
      {
        key: 'words',
        label: formWords.whatDone,
        input: { kind: 'words', rows: 2 },
        optional: true,
      },
      { key: 'fileIds', label: formWords.photos, input: { kind: 'photos' }, optional: true },
    ],
    button: () => words.finish,
    beside: {
      'cases/nothing-said': 'words',
      'cases/task-photos': 'fileIds',
      'cases/file-unknown': 'fileIds',
    },
  },
  {
    act: 'call-off-task',
    fields: [{ key: 'words', label: words.callOffWords, input: { kind: 'words', rows: 2 } }],
    button: () => words.callOff,
  },
]

/** 所在社区: tells areas of one name apart, in every list that names an area. */

import { readText } from '../../../platform/sheets/read-cells.ts'
import type { SheetColumn } from '../../../platform/sheets/sheet-kind.ts'

export const communityColumn: SheetColumn<string | null> = {
  words: { zh: '所在社区', en: 'Community' },
  synonyms: ['所属社区', '社区', '社区名称', '村居'],
  required: false,
  help: { zh: '网格重名时才需要', en: 'Only where grids have one name' },
  example: '',
  empty: null,
  read: readText(60),
}

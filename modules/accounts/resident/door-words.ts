/** The words of who answers for a building. */
import { defineWords } from '../../../ui/language.ts'

export const words = defineWords({
  people: { zh: '这栋楼找谁', en: 'Who answers here' },
  office: { zh: '这栋楼归这里管', en: 'This building belongs to' },
  lead: { zh: '微网格长', en: 'Micro-grid lead' },
})

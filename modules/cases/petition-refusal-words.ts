/** Words for the refusals of a petition, and of a case about which a mandatory report was made. */
export const petitionRefusalWords = {
  'cases/guarded': {
    zh: '这条由专人处理，不再流转。',
    en: 'This case is in other hands and goes no further here.',
  },
  'cases/is-petition': {
    zh: '这条已登记为信访，按信访工作条例办理，不走普通诉求的步骤。',
    en: 'This is registered as a petition and follows the regulations on petitions, not the steps of an ordinary case.',
  },
  'cases/not-petition': {
    zh: '这条没有登记为信访。',
    en: 'This case is not registered as a petition.',
  },
  'cases/petition-extended': {
    zh: '信访事项只能延期一次。',
    en: 'A petition may be put off only once.',
  },
  'cases/petition-too-long': {
    zh: '延期不能超过三十日，最晚到{day}。',
    en: 'At most thirty days more, until {day}.',
  },
} as const

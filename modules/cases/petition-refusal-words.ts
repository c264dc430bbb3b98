/** Words for the refusals of a petition. */
export const petitionRefusalWords = {
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

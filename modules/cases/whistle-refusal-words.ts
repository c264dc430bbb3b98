/** Words for the refusals of a whistle. */
export const whistleRefusalWords = {
  'cases/whistle-unknown': {
    zh: '没有找到这次吹哨，或者不在您的查看范围内。',
    en: 'This whistle was not found, or is not within what you may see.',
  },
  'cases/whistle-over': { zh: '这次吹哨已经解除。', en: 'This whistle has ended.' },
  'cases/whistle-open': {
    zh: '这条诉求正在吹哨，请先解除，再吹新的。',
    en: 'A whistle is open on this case. End it before you blow another.',
  },
  'cases/whistle-not-yours': {
    zh: '这一步不由您做：报到和任务由被吹哨单位，确认、评价和解除由吹哨人。',
    en: 'This step is not yours: called organisations report and do tasks; the caller confirms, rates and ends it.',
  },
  'cases/whistle-arrived': { zh: '您的单位已经报到。', en: 'Your organisation has reported already.' },
  'cases/whistle-task-open': {
    zh: '还有任务没有完成或没有确认，不能解除。',
    en: 'Some tasks are not done or not confirmed yet.',
  },
  'cases/whistle-vetoed': {
    zh: '有任务未通过，重做并确认以后才能解除。',
    en: 'A task was not accepted. It has to be done again and confirmed first.',
  },
  'cases/whistle-unrated': {
    zh: '请先评价每个被吹哨的单位，再解除。',
    en: 'Please rate every organisation that was called before you end it.',
  },
  'cases/whistle-veto-words': {
    zh: '请写明哪里没有通过。',
    en: 'Please say what was not accepted.',
  },
} as const

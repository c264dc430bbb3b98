/** The figures of the figures page in their order, each with what it is a part of; and the lengths of time. */
import type { Bilingual } from '../../lib/language.ts'
import type { CaseFigure } from './case-figures.ts'

export const figureSections = ['intake', 'due', 'quality', 'rating', 'level', 'standing'] as const
export type FigureSection = (typeof figureSections)[number]

export const sectionNames: Readonly<Record<FigureSection, Bilingual>> = {
  intake: { zh: '立案与派单', en: 'Intake and dispatch' },
  due: { zh: '到期与办结', en: 'Due and answered' },
  quality: { zh: '处置质量', en: 'Quality of handling' },
  rating: { zh: '三率', en: 'What residents said' },
  level: { zh: '解决在哪一级', en: 'Solved at which level' },
  standing: { zh: '此刻在办与挂账', en: 'Open and long-term, as of now' },
}

export interface PlannedFigure {
  readonly figure: CaseFigure
  readonly section: FigureSection
  /** Its denominator; absent for a plain count. */
  readonly of?: CaseFigure
  /** The name of the rate, where it has one. */
  readonly rate?: Bilingual
  readonly meaning: Bilingual
}

const rate = (zh: string, en: string): Bilingual => ({ zh, en })

/** Rule: rules.md §1.6 and §4.3: each rate with the denominator that the standard names. */
export const figurePlan: readonly PlannedFigure[] = [
  {
    figure: 'filed',
    section: 'intake',
    meaning: rate(
      '期内登记的全部诉求和事件，含不予受理的。',
      'Everything filed in the period, also what was declined.',
    ),
  },
  {
    figure: 'accepted',
    of: 'filed',
    section: 'intake',
    rate: rate('立案率', 'Accepted'),
    meaning: rate(
      '期内登记的里面，已经受理的占多少。',
      'Of what was filed in the period, how much has been accepted.',
    ),
  },
  {
    figure: 'accepted-in-time',
    of: 'accepted',
    section: 'intake',
    rate: rate('按时立案率', 'Accepted in time'),
    meaning: rate(
      '期内登记并受理的里面，在“设置”规定的时间内受理的。',
      'Of what was filed in the period and accepted, what was accepted within the time that the settings name.',
    ),
  },
  {
    figure: 'declined',
    of: 'filed',
    section: 'intake',
    rate: rate('不予受理率', 'Declined'),
    meaning: rate(
      '期内登记的里面，不予受理的占多少。',
      'Of what was filed in the period, how much was declined.',
    ),
  },
  {
    figure: 'dispatched',
    section: 'intake',
    meaning: rate(
      '期内派过单的诉求。一件派几次也只算一件。',
      'Cases given out in the period; each counts once, however often.',
    ),
  },
  {
    figure: 'dispatched-right',
    of: 'dispatched',
    section: 'intake',
    rate: rate('首次派准率', 'Right the first time'),
    meaning: rate(
      '期内派单的里面，第一次就派对的：没有退回、收回、改派过。',
      'Of the cases given out, those never returned, taken back or decided away.',
    ),
  },
  {
    figure: 'moved-on',
    of: 'dispatched',
    section: 'intake',
    rate: rate('转手率', 'Given on'),
    meaning: rate('期内派单的里面，换过承办单位的。', 'Of the cases given out, those that changed hands.'),
  },
  {
    figure: 'moved-twice',
    of: 'dispatched',
    section: 'intake',
    rate: rate('多次转手率', 'Given on twice or more'),
    meaning: rate(
      '期内派单的里面，换过两次以上承办单位的。',
      'Of the cases given out, those that changed hands twice or more.',
    ),
  },
  {
    figure: 'disputed',
    section: 'intake',
    meaning: rate('期内提出过派单异议的诉求。', 'Cases whose duty was disputed in the period.'),
  },
  {
    figure: 'due',
    section: 'due',
    meaning: rate(
      '办结时限落在期内的诉求：应处置数，也是应结案数。时限没到的不算，暂停计时的不算。',
      'Cases whose deadline falls in the period. What is not yet due is left out, and so are clocks that stand still.',
    ),
  },
  {
    figure: 'due-handled',
    of: 'due',
    section: 'due',
    rate: rate('处置率', 'Handled'),
    meaning: rate('应处置的里面，已经处置完的。', 'Of the cases due, those handled.'),
  },
  {
    figure: 'due-handled-in-time',
    of: 'due',
    section: 'due',
    rate: rate('按期处置率', 'Handled in time'),
    meaning: rate(
      '应处置的里面，到期前反馈了结果的。',
      'Of the cases due, those whose result was in before the deadline.',
    ),
  },
  {
    figure: 'due-answered',
    of: 'due',
    section: 'due',
    rate: rate('结案率', 'Answered'),
    meaning: rate('应结案的里面，已经答复居民的。', 'Of the cases due, those answered.'),
  },
  {
    figure: 'due-answered-in-time',
    of: 'due',
    section: 'due',
    rate: rate('按期结案率', 'Answered in time'),
    meaning: rate(
      '应结案的里面，到期前答复居民的。',
      'Of the cases due, those answered before the deadline.',
    ),
  },
  {
    figure: 'due-answered-late',
    of: 'due',
    section: 'due',
    rate: rate('超期办结率', 'Answered late'),
    meaning: rate('应结案的里面，到期后才答复的。', 'Of the cases due, those answered after the deadline.'),
  },
  {
    figure: 'due-open',
    of: 'due',
    section: 'due',
    rate: rate('到期未办结率', 'Due and open'),
    meaning: rate('应结案的里面，现在还没有答复的。', 'Of the cases due, those not answered yet.'),
  },
  {
    figure: 'handled',
    section: 'quality',
    meaning: rate('期内反馈过结果的诉求。', 'Cases whose result was handed in during the period.'),
  },
  {
    figure: 'reworked',
    of: 'handled',
    section: 'quality',
    rate: rate('返工率', 'Sent back'),
    meaning: rate(
      '期内处置的里面，核查没通过、退回重办的。',
      'Of the cases handled, those that a check sent back.',
    ),
  },
  {
    figure: 'check-passed',
    of: 'checked',
    section: 'quality',
    rate: rate('核查通过率', 'Check passed'),
    meaning: rate(
      '期内核查过的里面，有一次通过的。',
      'Of the cases checked in the period, those with a check that passed.',
    ),
  },
  {
    figure: 'received-returned',
    of: 'received',
    section: 'quality',
    rate: rate('回退率', 'Returned'),
    meaning: rate(
      '期内派出的里面，承办单位后来申请退单的。',
      'Of the orders given out, those that the holder asked to return.',
    ),
  },
  {
    figure: 'returns-approved',
    of: 'returns-settled',
    section: 'quality',
    rate: rate('退单同意率', 'Returns approved'),
    meaning: rate('期内审过的退单里面，同意退回的。', 'Of the returns settled, those approved.'),
  },
  {
    figure: 'reopened',
    section: 'quality',
    meaning: rate('期内居民或工作人员再次反映的诉求。', 'Cases reported again in the period.'),
  },
  {
    figure: 'whistle-late',
    of: 'whistled',
    section: 'quality',
    rate: rate('吹哨未按时报到', 'Whistle not answered in time'),
    meaning: rate(
      '期内该报到的吹哨里面，有单位没有按时报到的诉求。',
      'Of the cases with a whistle due, those where an organisation came late.',
    ),
  },
  {
    figure: 'rated-reached',
    of: 'rated',
    section: 'rating',
    rate: rate('响应率', 'Reached'),
    meaning: rate(
      '期内作了评价的居民里面，说联系过他的。没联系上、不愿评价的不在内。',
      'Of the residents who rated, those who said they were contacted.',
    ),
  },
  {
    figure: 'rated-solved',
    of: 'rated',
    section: 'rating',
    rate: rate('解决率', 'Solved'),
    meaning: rate(
      '期内作了评价的居民里面，说解决了的。',
      'Of the residents who rated, those who said it is solved.',
    ),
  },
  {
    figure: 'rated-satisfied',
    of: 'rated',
    section: 'rating',
    rate: rate('满意率', 'Satisfied'),
    meaning: rate(
      '期内作了评价的居民里面，满意和基本满意的。',
      'Of the residents who rated, those satisfied or mostly.',
    ),
  },
  {
    figure: 'rated-fully',
    of: 'rated',
    section: 'rating',
    rate: rate('其中满意', 'Of these satisfied'),
    meaning: rate(
      '期内作了评价的居民里面，选“满意”的。',
      'Of the residents who rated, those who chose “satisfied”.',
    ),
  },
  {
    figure: 'rated-mostly',
    of: 'rated',
    section: 'rating',
    rate: rate('其中基本满意', 'Of these mostly satisfied'),
    meaning: rate(
      '期内作了评价的居民里面，选“基本满意”的。',
      'Of the residents who rated, those who chose “mostly satisfied”.',
    ),
  },
  {
    figure: 'rated-fair',
    of: 'rated',
    section: 'rating',
    rate: rate('一般', 'Fair'),
    meaning: rate(
      '期内作了评价的居民里面，选“一般”的。',
      'Of the residents who rated, those who chose “fair”.',
    ),
  },
  {
    figure: 'rated-dissatisfied',
    of: 'rated',
    section: 'rating',
    rate: rate('不满意', 'Dissatisfied'),
    meaning: rate(
      '期内作了评价的居民里面，选“不满意”的。',
      'Of the residents who rated, those who chose “dissatisfied”.',
    ),
  },
  {
    figure: 'unrated',
    of: 'rateable',
    section: 'rating',
    rate: rate('未评价率', 'Unrated'),
    meaning: rate(
      '期内办结、居民可以评价的里面，还没有评价的。',
      'Of the cases answered that may be rated, those not rated.',
    ),
  },
  {
    figure: 'unreasonable',
    section: 'rating',
    meaning: rate(
      '期内经两人认定不合法或做不到的，评价不计入三率。',
      'Found unlawful or impossible by two people; their ratings stay out of the rates.',
    ),
  },
  {
    figure: 'solved-in-grid',
    of: 'solved',
    section: 'level',
    rate: rate('网格解决', 'In the grid'),
    meaning: rate('期内解决的里面，网格解决的。', 'Of what was solved, by grids.'),
  },
  {
    figure: 'solved-in-community',
    of: 'solved',
    section: 'level',
    rate: rate('社区解决', 'In the community'),
    meaning: rate('期内解决的里面，社区解决的。', 'Of what was solved, by communities.'),
  },
  {
    figure: 'solved-at-street',
    of: 'solved',
    section: 'level',
    rate: rate('街道解决', 'At the street'),
    meaning: rate('期内解决的里面，街道解决的。', 'Of what was solved, by the street.'),
  },
  {
    figure: 'solved-by-organisation',
    of: 'solved',
    section: 'level',
    rate: rate('单位解决', 'By organisations'),
    meaning: rate(
      '期内解决的里面，部门和单位解决的。',
      'Of what was solved, by departments and organisations.',
    ),
  },
  {
    figure: 'grid-duty-kept',
    of: 'grid-duty',
    section: 'level',
    rate: rate('小事不出网格', 'Kept in the grid'),
    meaning: rate(
      '属于网格职责、已解决的里面，网格自己解决的。',
      'Of what lies in the grid’s duty and was solved, what the grid solved.',
    ),
  },
  {
    figure: 'community-duty-kept',
    of: 'community-duty',
    section: 'level',
    rate: rate('大事不出社区', 'Kept in the community'),
    meaning: rate(
      '属于社区职责、已解决的里面，社区和网格自己解决的。',
      'Of what lies in the community’s duty and was solved, what it or its grids solved.',
    ),
  },
  {
    figure: 'running',
    section: 'standing',
    meaning: rate(
      '此刻在办、正在计时的诉求，和期间无关。',
      'Under way with a running clock now, whatever the period.',
    ),
  },
  {
    figure: 'overdue',
    of: 'running',
    section: 'standing',
    rate: rate('已超期', 'Overdue'),
    meaning: rate('此刻在办的里面，已经超过时限的。', 'Of what is under way now, what is overdue.'),
  },
  {
    figure: 'long-term',
    section: 'standing',
    meaning: rate(
      '没能解决、列入长期跟进并定了回头看日期的诉求。',
      'Unsolved matters on the long-term list, each with a day of review.',
    ),
  },
  {
    figure: 'review-due',
    of: 'long-term',
    section: 'standing',
    rate: rate('该回头看', 'Due for review'),
    meaning: rate(
      '挂账的里面，到期末该回头看的。',
      'Of the long-term list, what is due for review by the end of the period.',
    ),
  },
]

export const figureSplits = ['area', 'organisation', 'matter', 'day'] as const
export type FigureSplit = (typeof figureSplits)[number]

/** One thing that the doctor looked at: how it stands, in one Chinese and one English sentence. */
export interface Finding {
  readonly check: string
  readonly state: 'ok' | 'warn' | 'fail'
  readonly zh: string
  readonly en: string
}

export const finding = (check: string, state: Finding['state'], zh: string, en: string): Finding => ({
  check,
  state,
  zh,
  en,
})

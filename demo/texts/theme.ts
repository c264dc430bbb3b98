/**
 * What people say about one matter and what a good clerk writes back. Slots stand in braces and are filled from the
 * place of the case: {小区} compound, {楼} building, {单元} entrance, {层} floor, {路} road, {店} a made-up shop,
 * {天} a number of days, {时} a time of day, {物业} the property firm. Numbers of things: {几}.
 */
export interface TextTheme {
  /** Matter key: 'GB06010' or 'LX01001'. */
  readonly matter: string
  /** How often it comes, beside the others. */
  readonly weight: number
  /** A short phrase: the title, and what the answer refers to. */
  readonly issue: string
  /** As residents say it. */
  readonly words: readonly string[]
  /** As a grid worker writes it down after seeing it; absent for what nobody sees from outside. */
  readonly found?: string
  /** What was done, in whole sentences; as many as `words` when each answers its own. */
  readonly done: readonly string[]
  /** Why it is not solved yet and what happens next; its presence lets a case end on the long-term list. */
  readonly unsolved?: string
}

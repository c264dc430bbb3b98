/** The words of a notice: the street's text of its template, or the shipped one, with the facts put in. */
import { sql } from 'kysely'
import type { Bilingual } from '../../../lib/language.ts'
import type { Tx } from '../../../platform/db.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import { fillTemplate } from '../rules/fill-template.ts'
import { deskPhone, textOf } from '../settings.ts'
import { findTemplate } from '../templates/index.ts'
import type { NoticeRow } from './notice-row.ts'

export interface NoticeWriter {
  /** What it says, in both languages. `more` is what only this sending may know. */
  write(notice: Pick<NoticeRow, 'event' | 'reader' | 'facts'>, more?: { link?: string }): Promise<Bilingual>
  street: { code: string; name: string }
}

/** Reads the street once; texts come from the settings kept in memory. */
export async function noticeWriter(tx: Tx, streetId: number, at: Date): Promise<NoticeWriter> {
  const street = await tx.one(
    sql<{ code: string; name: string }>`select code, name from streets where street_id = ${streetId}`,
  )
  const phone = await readSetting(tx, streetId, deskPhone, at)
  return {
    street,
    async write({ event, reader, facts }, more = {}) {
      const template = findTemplate(event, reader)
      // A notice of an older version whose event is gone still has its number.
      if (template === undefined) return { zh: String(facts.number ?? ''), en: String(facts.number ?? '') }
      const text = await readSetting(tx, streetId, textOf(template), at)
      const all = { ...facts, street: street.name, deskPhone: phone, ...more }
      return { zh: fillTemplate(text.zh, all, 'zh'), en: fillTemplate(text.en, all, 'en') }
    },
  }
}

/** The event in a few words. */
export const eventWords = ({ event, reader }: Pick<NoticeRow, 'event' | 'reader'>): Bilingual =>
  findTemplate(event, reader)?.words ?? { zh: event, en: event }

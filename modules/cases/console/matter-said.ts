/** A matter and its class in the reader's language; a street's own may have no English. */
import { language } from '../../../ui/language.ts'

export const matterNameOf = (matter: { name: string; nameEn: string }): string =>
  language.value === 'en' ? matter.nameEn || matter.name : matter.name

export const classNameOf = (matter: { className: string; classNameEn: string | null }): string =>
  language.value === 'en' ? (matter.classNameEn ?? matter.className) : matter.className

/** Chooses the language of the page; the choice is the one that both apps keep. */
import type { Language } from '../../lib/language.ts'

const store = 'linli.language'

function choose(language: Language): void {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  for (const element of document.querySelectorAll<HTMLElement>('[data-say]')) {
    element.hidden = element.dataset.say !== language
  }
  for (const button of document.querySelectorAll<HTMLElement>('[data-choose]')) {
    button.setAttribute('aria-pressed', String(button.dataset.choose === language))
  }
  try {
    localStorage.setItem(store, language)
  } catch {
    // the choice then lasts for this page only
  }
}

const kept = (name: string): string | null => {
  try {
    return localStorage.getItem(name)
  } catch {
    return null
  }
}

const theme = kept('linli.theme')
if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
choose(kept(store) === 'en' ? 'en' : 'zh')
document.addEventListener('click', (event) => {
  const button = (event.target as Element).closest<HTMLElement>('[data-choose]')
  if (button) choose(button.dataset.choose === 'en' ? 'en' : 'zh')
})

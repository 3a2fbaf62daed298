import type { Language } from '@sapan/kernel'

/** The first of our languages in a `ui_locales`, a list of BCP 47 tags by preference; undefined where it names none. */
export function localeOf(uiLocales: unknown): Language | undefined {
  if (typeof uiLocales !== 'string') return undefined
  const languages = uiLocales.split(' ').map((tag) => tag.split('-', 1)[0]?.toLowerCase())
  return languages.find((language) => language === 'th' || language === 'en')
}

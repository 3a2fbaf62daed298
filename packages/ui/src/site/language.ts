import { type Language, preferredLanguage } from '@sapan/kernel'

/** The language that a visitor just chose by `?lang=`. */
export function chosenLanguage(query: URLSearchParams): Language | undefined {
  return asLanguage(query.get('lang'))
}

export function asLanguage(value: string | null | undefined): Language | undefined {
  return value === 'th' || value === 'en' ? value : undefined
}

/** What a visitor chose: by `?lang=` just now, or earlier, as the cookie has it. Undefined for who never did. */
export function languageChosen(query: URLSearchParams, kept: string | undefined): Language | undefined {
  return chosenLanguage(query) ?? asLanguage(kept)
}

/** `?lang=` decides, then the cookie of an earlier choice, then `Accept-Language`, then Thai. */
export function languageOf(
  query: URLSearchParams,
  kept: string | undefined,
  acceptLanguage: string | undefined,
): Language {
  return languageChosen(query, kept) ?? preferredLanguage(acceptLanguage)
}

/**
 * The same page in each language: its path and query with `lang` set. Of several slashes at its beginning one is left: with
 * two, a browser would read the name of another site (RFC 3986 §4.2).
 */
export function languageAddresses(path: string, query: URLSearchParams): Record<Language, string> {
  const own = `/${path.replace(/^[/\\]+/, '')}`
  const address = (language: Language): string => {
    const other = new URLSearchParams(query)
    other.set('lang', language)
    return `${own}?${other}`
  }
  return { th: address('th'), en: address('en') }
}

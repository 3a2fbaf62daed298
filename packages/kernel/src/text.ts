/** A text that people read, in every language of the house. */
export interface Text {
  readonly th: string
  readonly en: string
}

/** The languages in which Sapan speaks; Thai first. */
export type Language = keyof Text

/**
 * Chooses Thai or English from an `Accept-Language` header (RFC 9110 §12.5.4).
 * Returns `th` where the header is absent or names neither.
 */
export function preferredLanguage(acceptLanguage: string | undefined): Language {
  let best: Language = 'th'
  let bestQuality = 0
  for (const part of (acceptLanguage ?? '').split(',')) {
    const [range = '', ...parameters] = part.trim().toLowerCase().split(';')
    const language = range.split('-')[0]
    if (language !== 'th' && language !== 'en') continue
    const quality = Number(
      parameters
        .find((p) => p.trim().startsWith('q='))
        ?.trim()
        .slice(2) ?? '1',
    )
    if (quality > bestQuality) {
      best = language
      bestQuality = quality
    }
  }
  return best
}

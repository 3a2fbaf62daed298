import type { Text } from '@sapan/kernel'

/** Reads `ไทย Latin|ไทย Latin`. */
export function parts(list: string): readonly Text[] {
  return list
    .trim()
    .split(/\s*\|\s*/)
    .map((part) => {
      const at = part.indexOf(' ')
      return { th: part.slice(0, at), en: part.slice(at + 1) }
    })
}

/** Two parts as one word; a hyphen keeps two vowels apart, as the Royal Institute's romanisation does. */
export function joined(first: Text, second: Text): Text {
  const apart = /[aeiou]$/.test(first.en) && /^[aeiou]/.test(second.en) ? '-' : ''
  return { th: first.th + second.th, en: first.en + apart + second.en }
}

/** Every pair of a first and a second part, except a part with itself. */
export function everyPair(firsts: readonly Text[], seconds: readonly Text[]): readonly Text[] {
  return firsts.flatMap((first) => seconds.filter((s) => s.th !== first.th).map((s) => joined(first, s)))
}

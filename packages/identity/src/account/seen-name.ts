const LONGEST = 120
/** What is not seen, or turns the writing around it: registers may have it, a page must not. Joiners stay, scripts need them. */
const UNSEEN = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Co}\p{Cn}\u2028\u2029]/gu

/** A name as people may be shown it: what can be seen, cut at 120 letters. What is kept stays as the register has it. */
export function seenName(name: string): string {
  const bare = name.replace(UNSEEN, '').trim()
  // Letters are never more than their code units: most names need not be taken apart.
  if (bare.length <= LONGEST) return bare
  const seen = [...new Intl.Segmenter('th').segment(bare)].map((part) => part.segment)
  return seen.length > LONGEST ? `${seen.slice(0, LONGEST).join('')}…` : seen.join('')
}

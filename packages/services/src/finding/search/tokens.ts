/** Longer lines are cut: cutting Thai into words takes more than linear time. */
const longest = 200

const segmenter = new Intl.Segmenter('th', { granularity: 'word' })

/**
 * A text as the search compares it: its words, and every three letters in a row (marked by `~`), since Thai writes no spaces
 * and what is cut as a word depends on what stands around it, or on a slip of the finger.
 */
export function tokensOf(text: string): string[] {
  return text.split('\n').flatMap((line) => {
    const plain = line.slice(0, longest).normalize('NFKC').toLowerCase()
    return [...words(plain), ...trigrams(plain)]
  })
}

function words(plain: string): string[] {
  return [...segmenter.segment(plain)].filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment)
}

/** Of each run of letters and marks, without what separates them. */
function trigrams(plain: string): string[] {
  const letters = [...plain.replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, '')]
  return letters.slice(2).map((third, at) => `~${letters[at]}${letters[at + 1]}${third}`)
}

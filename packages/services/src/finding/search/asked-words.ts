/** Words with which people ask and which say nothing of what for. */
const askingWords: ReadonlySet<string> = new Set([
  ...[
    'อะไร',
    'อะไรบ้าง',
    'ยังไง',
    'อย่างไร',
    'ทำไง',
    'ไง',
    'ไหม',
    'มั้ย',
    'ไหน',
    'ที่ไหน',
    'เมื่อไร',
    'เมื่อไหร่',
    'เท่าไร',
    'เท่าไหร่',
  ],
  ...[
    'บ้าง',
    'ดี',
    'ครับ',
    'ค่ะ',
    'คะ',
    'นะ',
    'หน่อย',
    'เพิ่ง',
    'อยาก',
    'อยากได้',
    'ต้อง',
    'ต้องการ',
    'จะ',
    'ได้',
    'ให้',
    'ที่',
    'ทำ',
    'ช่วย',
  ],
  ...[
    'how',
    'do',
    'does',
    'i',
    'to',
    'what',
    'where',
    'when',
    'can',
    'the',
    'a',
    'an',
    'my',
    'need',
    'want',
    'for',
    'of',
    'is',
    'as',
  ],
])

const segmenter = new Intl.Segmenter('th', { granularity: 'word' })

/** What is left of a question without the words of asking; the question itself where nothing is. */
export function askedWords(question: string): string {
  const words = [...segmenter.segment(question.slice(0, 200).normalize('NFKC').toLowerCase())]
  const left = words.map(({ segment }) => (askingWords.has(segment) ? ' ' : segment)).join('')
  return left.trim() === '' ? question : left
}

/** Whole and short names of the months, in their order. */
export const monthNames = {
  th: [
    'มกราคม',
    'กุมภาพันธ์',
    'มีนาคม',
    'เมษายน',
    'พฤษภาคม',
    'มิถุนายน',
    'กรกฎาคม',
    'สิงหาคม',
    'กันยายน',
    'ตุลาคม',
    'พฤศจิกายน',
    'ธันวาคม',
  ],
  en: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
} as const

const short = ['มค', 'กพ', 'มีค', 'เมย', 'พค', 'มิย', 'กค', 'สค', 'กย', 'ตค', 'พย', 'ธค']

/** 1 to 12, of a number or of a name however it is shortened: `ก.พ.`, `Feb`. */
export function monthNumber(typed: string): number | undefined {
  if (/^\d{1,2}$/.test(typed)) return Number(typed) >= 1 && Number(typed) <= 12 ? Number(typed) : undefined
  const bare = typed.toLowerCase().replace(/[.\s]/g, '')
  if (bare.length < 2) return undefined
  const found = [
    (monthNames.th as readonly string[]).indexOf(bare),
    short.indexOf(bare),
    bare.length < 3 ? -1 : monthNames.en.findIndex((name) => name.toLowerCase().startsWith(bare)),
  ].find((at) => at >= 0)
  return found === undefined ? undefined : found + 1
}

/** A record of a file with values between separators, with the line on which it begins. */
export interface CsvRecord {
  readonly line: number
  readonly values: readonly string[]
}

const separators = [',', ';', '\t'] as const

/**
 * The records of a CSV text (RFC 4180), lines of blanks left out. Whether values are parted by commas, semicolons or tabs
 * is told by the first line. Undefined where a quotation is never closed, or something follows one.
 */
export function readCsv(text: string): CsvRecord[] | undefined {
  const separator = separatorOf(text)
  const records: CsvRecord[] = []
  let values: string[] = []
  let line = 1
  let start = 1
  let at = 0
  for (;;) {
    const value = text[at] === '"' ? quoted(text, at) : plain(text, at, separator)
    if (!value) return undefined
    line += breaksIn(text, at, value.end)
    values.push(value.text)
    at = value.end
    if (text[at] === separator) {
      at++
      continue
    }
    if (values.some((each) => each.trim() !== '')) records.push({ line: start, values })
    if (at >= text.length) return records
    if (text[at] === '\r' && text[at + 1] === '\n') at++
    else if (text[at] !== '\n' && text[at] !== '\r') return undefined
    at++
    line++
    start = line
    values = []
    if (at >= text.length) return records
  }
}

interface Value {
  readonly text: string
  /** Behind it. */
  readonly end: number
}

function quoted(text: string, at: number): Value | undefined {
  let value = ''
  for (let from = at + 1; ; ) {
    const end = text.indexOf('"', from)
    if (end < 0) return undefined
    value += text.slice(from, end)
    if (text[end + 1] !== '"') return { text: value, end: end + 1 }
    value += '"'
    from = end + 2
  }
}

function plain(text: string, at: number, separator: string): Value {
  let end = at
  while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r') end++
  return { text: text.slice(at, end), end }
}

function breaksIn(text: string, from: number, to: number): number {
  return text.slice(from, to).match(/\r\n|\n|\r/g)?.length ?? 0
}

function separatorOf(text: string): string {
  const first = /^[^\r\n]*/.exec(text)?.[0].replaceAll(/"[^"]*"/g, '') ?? ''
  const count = (separator: string) => first.split(separator).length
  return separators.reduce((best, each) => (count(each) > count(best) ? each : best))
}

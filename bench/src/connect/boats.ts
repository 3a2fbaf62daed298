import { closeSync, openSync, writeSync } from 'node:fs'

/** As agencies have it: numbers with zeros, Thai letters, an empty cell here and there. */
const HEADINGS = ['เลขประจำตัว', 'ทะเบียน', 'ชื่อเรือ', 'ตันกรอส', 'ต่อเมื่อ', 'หมายเหตุ']
const PIECE = 10_000

/** Writes a CSV of so many boats, some 110 bytes of UTF-8 a row; in windows-874 a letter of Thai is one byte. */
export function writeBoats(path: string, rows: number, encoding: 'utf-8' | 'windows-874'): void {
  const file = openSync(path, 'w')
  const write = (text: string) => writeSync(file, encoding === 'utf-8' ? Buffer.from(text) : inThai(text))
  write(`${HEADINGS.join(',')}\n`)
  for (let first = 0; first < rows; first += PIECE) {
    const last = Math.min(rows, first + PIECE)
    write(Array.from({ length: last - first }, (_, at) => `${lineOf(first + at)}\n`).join(''))
  }
  closeSync(file)
}

/** By what boat `number` is found: every owner has two. */
export function ownerOf(number: number): string {
  return `${1_100_000_000_000 + Math.trunc(number / 2) * 7}`
}

function lineOf(number: number): string {
  const remark = number % 3 === 0 ? `"ต่อใหม่, ท่า ${number % 97}"` : ''
  const day = `${1960 + (number % 60)}-0${1 + (number % 9)}-1${number % 10}`
  return `${ownerOf(number)},กข ${number},โชคชัยนาวา ${number % 5000},${(number % 900) / 4},${day},${remark}`
}

function inThai(text: string): Buffer {
  const codes = Uint16Array.from({ length: text.length }, (_, at) => text.charCodeAt(at))
  return Buffer.from(codes.map((code) => (code >= 0x0e01 ? code - 0x0e01 + 0xa1 : code)))
}

/** The same columns, as a connector maps them. */
export const mapping = (file: string, encoding: string) =>
  `code: boat\nversion: v1\ntext: { th: ก, en: B }\nsource: { csv: ${file}, encoding: ${encoding} }\nfields:\n` +
  HEADINGS.map(
    (column, at) =>
      `  - { name: f${at}, column: ${column}, text: { th: ก, en: B }${at === 0 ? ', term: "person:nationalId", subject: true, search: true' : ''} }\n`,
  ).join('')

/** The column that is searched by. */
export const searched = 'เลขประจำตัว'

import type { NameAnswer } from '../../application/answers.ts'
import { answer, empty, type Reader, type Reading, type SentFields, wrong } from '../reading.ts'
import { readWritten } from '../written.ts'

const parts = ['title', 'given', 'middle', 'family'] as const
type Part = (typeof parts)[number]

const letters = /^[\p{L}\p{M}](?:[\p{L}\p{M} .'’()-]*[\p{L}\p{M}.)])?$/u

/** A name in `-title`, `-given`, `-middle`, `-family`. Who has no family name writes a dash. */
export const readName: Reader = ({ id }, sent) => {
  const read = Object.fromEntries(parts.map((part) => [part, readPart(sent, id, part)])) as Record<
    Part,
    PartRead
  >
  if (parts.every((part) => read[part] === '')) return empty
  for (const part of parts) {
    const one = read[part]
    if (typeof one !== 'string') return one
  }
  const { title, given, middle, family } = read as Record<Part, string>
  if (title === '') return wrong('ยังไม่ได้กรอกคำนำหน้าชื่อ', 'The title is missing.', '')
  if (given === '') return wrong('ยังไม่ได้กรอกชื่อ', 'The given name is missing.', '-given')
  if (family === '')
    return wrong(
      'ยังไม่ได้กรอกนามสกุล หากไม่มีให้ใส่ขีด (-)',
      'The family name is missing. Enter a dash (-) where there is none.',
      '-family',
    )
  const name: NameAnswer = {
    title,
    givenName: given,
    ...(middle === '' ? {} : { middleName: middle }),
    familyName: family,
  }
  return answer({ ...name })
}

type PartRead = string | Reading

function readPart(sent: SentFields, id: string, part: Part): PartRead {
  const suffix = part === 'title' ? '' : `-${part}`
  const raw = readWritten(sent.one(`${id}-${part}`), { most: 100 })
  if (raw.kind === 'empty') return ''
  if (raw.kind === 'wrong') return { ...raw, part: suffix }
  const name = raw.text.replace(/\s+/g, ' ')
  if (part === 'family' && name === '-') return name
  if (letters.test(name)) return name
  return wrong(
    'ชื่อมีเฉพาะตัวอักษร ช่องว่าง ขีด และจุด ไม่มีตัวเลขหรือเครื่องหมายอื่น',
    'A name has letters, spaces, hyphens and dots only; no digits or other signs.',
    suffix,
  )
}

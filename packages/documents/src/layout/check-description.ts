import { documentProblem } from '../problems.ts'
import { characterName } from '../text/characters.ts'
import { checkBlocks } from './check-blocks.ts'
import type { DocumentDescription } from './description.ts'

/** Refuses what a document says about itself where no file could hold it (XML 1.0 §2.2 has no control characters). */
export function checkDescription(description: DocumentDescription): void {
  const { title, author, subject = '', keywords = [], identifier = '', metadata = {}, created } = description
  if (title.trim() === '' || author.trim() === '')
    throw invalid('The title or the author is empty.', 'ชื่อเอกสารหรือชื่อผู้จัดทำว่างเปล่า')
  if (!isWritable(created)) throw invalid('The time of creation is no time.', 'เวลาที่สร้างเอกสารไม่ถูกต้อง')
  const texts = [title, author, subject, identifier, ...keywords, ...Object.values(metadata)]
  const control = texts.map((text) => /[\p{Cc}\p{Cf}\p{Cs}\ufffe\uffff]/u.exec(text)?.[0]).find(Boolean)
  if (control !== undefined) {
    const name = characterName({ character: control, reason: 'control' })
    throw invalid(
      `Title, author or metadata have a control character: ${name}.`,
      `ชื่อเอกสาร ผู้จัดทำ หรือข้อมูลกำกับมีอักขระควบคุม ${name}`,
    )
  }
  const name = Object.keys(metadata).find((key) => !/^[A-Za-z_][A-Za-z0-9_-]*$/.test(key))
  if (name !== undefined)
    throw invalid(`“${name}” is no name for a metadata property.`, `“${name}” ใช้เป็นชื่อข้อมูลกำกับไม่ได้`)
  const { page = {}, header = [], footer = [], firstHeader = [], firstFooter = [], body } = description
  for (const [place, part] of Object.entries({ page, header, footer, firstHeader, firstFooter, body }))
    checkBlocks(part, place)
}

/** Whether a time has a year of four digits, as PDF and XMP write it (ISO 32000-1 §7.9.4). */
export function isWritable(milliseconds: number): boolean {
  return milliseconds >= Date.UTC(1000, 0) && milliseconds < Date.UTC(10_000, 0)
}

const invalid = (en: string, th: string) =>
  documentProblem('document-description-invalid', { detail: { en, th } })

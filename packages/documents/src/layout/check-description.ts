import { documentProblem } from '../problems.ts'
import type { DocumentDescription } from './description.ts'

/** Refuses what a document says about itself where no file could hold it (XML 1.0 §2.2 has no control characters). */
export function checkDescription(description: DocumentDescription): void {
  const { title, author, subject = '', keywords = [], identifier = '', metadata = {}, created } = description
  if (title.trim() === '' || author.trim() === '')
    throw invalid('The title or the author is empty.', 'ชื่อเอกสารหรือชื่อผู้จัดทำว่างเปล่า')
  if (!Number.isFinite(created) || Math.abs(created) > 8.64e15)
    throw invalid('The time of creation is no time.', 'เวลาที่สร้างเอกสารไม่ถูกต้อง')
  const texts = [title, author, subject, identifier, ...keywords, ...Object.values(metadata)]
  if (texts.some((text) => /[\p{Cc}\p{Cs}\ufffe\uffff]/u.test(text)))
    throw invalid(
      'Title, author or metadata have a control character.',
      'ชื่อเอกสาร ผู้จัดทำ หรือข้อมูลกำกับมีอักขระควบคุม',
    )
  const name = Object.keys(metadata).find((key) => !/^[A-Za-z_][A-Za-z0-9_-]*$/.test(key))
  if (name !== undefined)
    throw invalid(`“${name}” is no name for a metadata property.`, `“${name}” ใช้เป็นชื่อข้อมูลกำกับไม่ได้`)
}

const invalid = (en: string, th: string) =>
  documentProblem('document-description-invalid', { detail: { en, th } })

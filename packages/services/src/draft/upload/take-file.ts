import { createHash } from 'node:crypto'
import type { Values } from '@sapan/cel'
import { type Text, uuidv7 } from '@sapan/kernel'
import type { Field } from '../../definition/form.ts'
import { settle } from '../../form/outcomes.ts'
import type { NewFile } from '../draft.ts'
import { cleanFileName } from './file-name.ts'
import { accepts, mediaTypeOf, typeName } from './media-type.ts'
import type { FileScanner } from './scanner.ts'

/** What a field takes where its definition does not say. */
export const usualFile = {
  bytes: 10 * 1024 * 1024,
  accepts: ['application/pdf', 'image/jpeg', 'image/png'],
} as const

export interface SentFile {
  readonly filename: string | undefined
  readonly bytes: Uint8Array
}

/** Takes a file that was sent for a field: or says, in words for the person, why not. `now`: milliseconds since 1970. */
export async function takeFile(
  field: Field,
  sent: SentFile,
  { scanner, values, now }: { readonly scanner: FileScanner; readonly values: Values; readonly now: number },
): Promise<NewFile | Text> {
  const { bytes: content } = sent
  if (content.length === 0) return { th: 'ไฟล์นี้ว่างเปล่า เลือกไฟล์อื่น', en: 'This file is empty. Choose another.' }
  const max = mostBytes(field, values)
  if (content.length > max) return tooLarge(content.length, max)
  const accepted = acceptedTypes(field)
  const found = mediaTypeOf(content)
  const mediaType = found && accepts(accepted, found)
  if (mediaType === undefined) return unsuitable(found, accepted)
  const name = cleanFileName(sent.filename ?? '', mediaType)
  const result = await scanner.scan({ name, mediaType, content })
  if (result.kind === 'refused') return result.text
  if (result.kind === 'unavailable') return unscanned
  const sha256 = createHash('sha256').update(content).digest('hex')
  return { answer: { id: uuidv7(now), name, mediaType, bytes: content.length, sha256 }, content }
}

/** Bytes that a file of the field may have. */
export function mostBytes({ limits }: Field, values: Values): number {
  const max = settle(limits.max, values)
  return typeof max === 'number' ? max : usualFile.bytes
}

export function acceptedTypes({ limits }: Field): readonly string[] {
  return limits.accepts ?? usualFile.accepts
}

/** `2.5 MB`, of bytes. */
export function plainBytes(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.max(1, Math.round(bytes / 1000))} kB`
  return `${(bytes / 1_000_000).toFixed(1).replace(/\.0$/, '')} MB`
}

function tooLarge(bytes: number, max: number): Text {
  const [has, may] = [plainBytes(bytes), plainBytes(max)]
  return {
    th: `ไฟล์มีขนาด ${has} ต้องไม่เกิน ${may} ย่อไฟล์หรือถ่ายใหม่ด้วยความละเอียดต่ำลง`,
    en: `The file has ${has}; it can have at most ${may}. Make it smaller, or take the picture again with fewer pixels.`,
  }
}

function unsuitable(found: string | undefined, accepted: readonly string[]): Text {
  const may = accepted.map(typeName).join(', ')
  const is = found === undefined ? undefined : typeName(found)
  return {
    th: `ไฟล์ต้องเป็น ${may}${is === undefined ? '' : ` ไฟล์ที่เลือกเป็น ${is}`} การเปลี่ยนเพียงนามสกุลไฟล์ไม่พอ ให้บันทึกใหม่เป็นชนิดที่รับ`,
    en: `The file must be ${may}${is === undefined ? '' : `; this one is ${is}`}. Renaming it is not enough: save it again as one of these.`,
  }
}

const unscanned: Text = {
  th: 'ตรวจไฟล์นี้ไม่ได้ในขณะนี้ ข้อมูลอื่นที่กรอกยังอยู่ ลองแนบอีกครั้งในอีกสักครู่',
  en: 'The file could not be checked now. What you filled in is still here; attach it again in a while.',
}

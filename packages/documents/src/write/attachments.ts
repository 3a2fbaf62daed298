import { createHash } from 'node:crypto'
import { counted } from '@sapan/kernel'
import { isWritable } from '../layout/check-description.ts'
import type { Attachment, Relationship } from '../layout/description.ts'
import { documentProblem } from '../problems.ts'
import type { PdfFileWriter, Reference } from './pdf-file.ts'
import { array, dateString, dictionary, hexString, name, textString } from './syntax.ts'

/** Bytes of all attachments of a document. Larger things travel beside it. */
export const MOST_ATTACHED = 64 * 1024 * 1024

const RELATIONSHIPS: readonly Relationship[] = ['Data', 'Source', 'Alternative', 'Supplement', 'Unspecified']

/** Refuses what would make a file that readers stumble over. PDF/A asks for media type and relationship (§6.8). */
export function checkAttachments(attachments: readonly Attachment[]): void {
  // Saved into one folder, names that differ in case or composition alone would overwrite each other.
  const names = new Set<string>()
  let total = 0
  for (const attachment of attachments) {
    const saved = attachment.name.normalize('NFC').toLowerCase()
    if (!isWellDescribed(attachment) || names.has(saved))
      throw documentProblem('attachment-malformed', named(attachment))
    names.add(saved)
    if (attachment.bytes.length === 0) throw documentProblem('attachment-empty', named(attachment))
    total += attachment.bytes.length
  }
  if (total > MOST_ATTACHED)
    throw documentProblem('attachment-too-large', {
      detail: {
        en: `The attachments have ${counted(total, 'byte')} in all; ${MOST_ATTACHED} are allowed.`,
        th: `ไฟล์แนบรวมกัน ${total} ไบต์ เกินกว่า ${MOST_ATTACHED} ไบต์`,
      },
    })
}

const named = ({ name: file }: Attachment) => ({
  detail: { en: `The attachment is “${file}”.`, th: `ไฟล์แนบชื่อ “${file}”` },
})

function isWellDescribed(attachment: Attachment): boolean {
  const { name: file, mime, relationship, description, bytes, modified } = attachment
  return (
    /^[^\p{Cc}\p{Cf}\p{Cs}/\\:*?"<>|]{1,200}$/u.test(file) &&
    !/^\s|[\s.]$/.test(file) &&
    /^[a-z0-9][a-z0-9!#$&^_.+-]*\/[a-z0-9][a-z0-9!#$&^_.+-]*$/i.test(mime) &&
    RELATIONSHIPS.includes(relationship) &&
    description.trim() !== '' &&
    !/[\p{Cc}\p{Cs}]/u.test(description) &&
    bytes instanceof Uint8Array &&
    isWritable(modified)
  )
}

/** Writes the files and what names them (ISO 32000-1 §7.11.4, ISO 19005-3 §6.8): catalogue entries Names and AF. */
export function writeAttachments(
  file: PdfFileWriter,
  attachments: readonly Attachment[],
): { names: string | undefined; associated: string | undefined } {
  if (attachments.length === 0) return { names: undefined, associated: undefined }
  const specifications = attachments.map((attachment) => writeAttachment(file, attachment))
  // Keys of a name tree are in the order of their bytes; numbered ones need no encoding.
  const tree = specifications.flatMap((reference, index) => [
    `(${String(index).padStart(5, '0')})`,
    reference,
  ])
  return { names: dictionary({ Names: array(tree) }), associated: array(specifications) }
}

function writeAttachment(file: PdfFileWriter, attachment: Attachment): Reference {
  const { bytes, mime, modified, description, relationship } = attachment
  const embedded = file.addPacked(
    {
      Type: '/EmbeddedFile',
      Subtype: name(mime),
      Params: dictionary({
        Size: String(bytes.length),
        ModDate: dateString(modified),
        CheckSum: hexString(createHash('md5').update(bytes).digest()),
      }),
    },
    bytes,
  )
  return file.add(
    dictionary({
      Type: '/Filespec',
      F: textString(attachment.name.replace(/[^ -~]/gu, '_')),
      UF: textString(attachment.name),
      Desc: textString(description),
      AFRelationship: name(relationship),
      EF: dictionary({ F: embedded, UF: embedded }),
    }),
  )
}

import { type PdfFile, signatureFields } from '../pdf/index.ts'
import { furtherSignature } from './closing.ts'

/**
 * The empty field of a document that somebody fills: the one above their name; else, for who signs first, the first that is
 * there, and for who signs after others, the next that is above nobody's name. Undefined where none is left for them.
 */
export function signerBox(file: PdfFile, name: string): string | undefined {
  const fields = signatureFields(file)
  const empty = fields.filter(({ value }) => value === undefined)
  const own = empty.find(({ dict }) => file.text(dict.get('TU'))?.startsWith(`${name}, `))
  const isFirst = fields.length === empty.length
  const open = empty.find((field) => field.name.startsWith(furtherSignature) !== isFirst)
  return (own ?? open)?.name
}

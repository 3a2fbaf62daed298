import type { PdfFile } from '../../pdf/index.ts'
import { signProblem } from '../../problems/sign.ts'
import { stampedDigest } from '../evidence.ts'
import type { Timestamper } from '../options.ts'
import { forgetTokenBytes, mostTokenBytes } from '../timestamp/size.ts'
import type { Draft } from './draft.ts'
import { freeName } from './field.ts'
import { addSignatureField } from './form.ts'
import { orUnsignable } from './open.ts'
import type { RunningDigest } from './running-digest.ts'
import { SignatureObject } from './signature-object.ts'

export interface TimestampPlace {
  readonly draft: Draft
  readonly file: PdfFile
  /** Names of the form's fields; gets the new one. */
  readonly names: Set<string>
  readonly digest: RunningDigest
  readonly timestamper: Timestamper
  readonly time: number
}

/** Adds a revision that is a document time-stamp over the whole file (EN 319 142-1 §5.5). */
export async function appendTimestamp(place: TimestampPlace): Promise<void> {
  const { draft, digest, timestamper, time } = place
  const { algorithm } = digest
  const object = SignatureObject.timestamp(await mostTokenBytes(timestamper, algorithm))
  orUnsignable(() => writeRevision(place, object))
  object.fillByteRange(draft.out)
  const { token } = await stampedDigest(timestamper, digest.around(draft.out, object), algorithm, time)
  if (!object.fillContents(draft.out, token)) throw tooLong(timestamper)
}

function writeRevision({ draft, file, names }: TimestampPlace, object: SignatureObject): void {
  const [page] = file.pages()
  if (!page) throw signProblem('document-unsignable', 'ไม่มีหน้า', 'It has no pages')
  const fieldName = freeName(names, 'Timestamp')
  names.add(fieldName)
  const value = draft.add(object)
  addSignatureField(draft, { name: fieldName, page: page.ref, rect: [0, 0, 0, 0], value })
  draft.closeRevision()
}

/** The authority's tokens have grown since one was measured: the next document has room again. */
export function tooLong(timestamper: Timestamper | undefined) {
  if (timestamper) forgetTokenBytes(timestamper)
  return signProblem(
    'signing-stamp-invalid',
    'ตราประทับเวลาใหญ่กว่าที่ผู้ให้บริการเคยออก ลงนามใหม่อีกครั้ง',
    'The time-stamp is larger than those that this authority gave before; sign once more',
  )
}

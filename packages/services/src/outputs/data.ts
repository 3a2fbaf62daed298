import type { JsonValue } from '@sapan/casework'
import { DataNotAccepted } from '@sapan/documents'
import type { Output } from '../definition/definition.ts'
import type { Carrying } from '../effects/carrying.ts'
import type { ServicesGround } from '../ground.ts'
import { fillIn } from './fill-in.ts'

/** Who signs, as it stands under the signature. */
export interface OutputSigner {
  readonly name: string
  readonly position: string
  readonly acting?: string
}

/** What expressions of a document see beside those of the workflow. */
export interface OutputValues {
  readonly number: string
  /** The day on which it is issued. */
  readonly on: string
  /** The agency's name in Thai, as official documents are written. */
  readonly agency: string
  readonly signer: OutputSigner
}

/** The data of a document, or why there is none. */
export type OutputData =
  | { readonly kind: 'data'; readonly data: JsonValue }
  | { readonly kind: 'returned'; readonly why: string }

/** What a document's template is given. Nothing is drawn that it would not take. */
export function outputData(
  { templates }: Pick<ServicesGround, 'templates'>,
  { values }: Pick<Carrying, 'values'>,
  output: Output,
  own: OutputValues,
): OutputData {
  const template = templates.get(output.template)
  if (template === undefined) return returned(output, `ไม่มีแบบ ${output.template}`)
  const filled = fillIn(output.data, { ...values, output: asJson(own) })
  if (!filled.known) return returned(output, `ยังไม่ทราบ ${filled.missing.join(', ')}`)
  try {
    template.accept(filled.value)
  } catch (error) {
    if (!(error instanceof DataNotAccepted)) throw error
    return returned(
      output,
      error.faults.map(({ place, message }) => `${place || '/'} ${message.th}`).join('; '),
    )
  }
  return { kind: 'data', data: filled.value }
}

function asJson({ number, on, agency, signer }: OutputValues): JsonValue {
  return { number, on, agency, signer: { ...signer } }
}

function returned({ name }: Output, why: string): OutputData {
  return { kind: 'returned', why: `ออกเอกสารไม่ได้ (${name.th}): ${why}` }
}

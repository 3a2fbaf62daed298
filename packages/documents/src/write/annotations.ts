import { linkAddress } from '../layout/address.ts'
import type { DrawnPage, FieldArea, LinkArea, Rectangle } from '../layout/canvas.ts'
import { A4 } from '../layout/length.ts'
import { documentProblem } from '../problems.ts'
import type { PdfFileWriter, Reference } from './pdf-file.ts'
import type { PlacedField } from './rendered.ts'
import { array, dictionary, number, textString } from './syntax.ts'

/** The links and signature fields of all pages, each with its key in the parent tree. */
export interface Annotations {
  readonly ofPage: readonly (readonly Reference[])[]
  readonly places: ReadonlyMap<object, { readonly reference: Reference; readonly key: number }>
  readonly fields: readonly PlacedField[]
  /** The catalogue's AcroForm, where there are fields. */
  readonly form: string | undefined
}

/** Lower left corner first, as PDF counts (ISO 32000-1 §7.9.5). */
export const userSpace = ([left, top, right, bottom]: Rectangle): [number, number, number, number] => [
  left,
  A4.height - bottom,
  right,
  A4.height - top,
]

const rectangle = (rect: Rectangle): string => array(userSpace(rect).map(number))

export function writeAnnotations(
  file: PdfFileWriter,
  drawn: readonly DrawnPage[],
  pages: readonly Reference[],
): Annotations {
  const places = new Map<object, { reference: Reference; key: number }>()
  const fields: PlacedField[] = []
  const fieldReferences: Reference[] = []
  let key = drawn.length
  const ofPage = drawn.map(({ areas }, page) =>
    areas.map((area) => {
      const owner = pages[page]
      if (!owner) throw new Error(`page ${page} has no object`)
      const place = { reference: file.reserve(), key: key++ }
      places.set(area, place)
      area.node.place()
      area.node.kids.push({ page, annotation: area })
      if (area.kind === 'field') {
        fields.push(placedField(area, page, fields))
        fieldReferences.push(place.reference)
        writeField(file, area, owner, place)
      } else writeLink(file, area, owner, place)
      return place.reference
    }),
  )
  const form = fields.length > 0 ? dictionary({ Fields: array(fieldReferences) }) : undefined
  return { ofPage, places, fields, form }
}

function placedField({ name, rect }: FieldArea, page: number, before: readonly PlacedField[]): PlacedField {
  if (before.some((field) => field.name === name))
    throw documentProblem('document-description-invalid', {
      detail: {
        en: `Two signature fields have the name “${name}”.`,
        th: `มีช่องลายมือชื่อสองช่องชื่อ “${name}”`,
      },
    })
  return { name, page: page + 1, rect: userSpace(rect) }
}

interface Place {
  readonly reference: Reference
  readonly key: number
}

const PRINTED = '4'

/** A link by address (§12.5.6.5, §12.6.4.7), with its text for those who can't see the place. */
function writeLink(file: PdfFileWriter, area: LinkArea, page: Reference, { reference, key }: Place): void {
  file.add(
    dictionary({
      Type: '/Annot',
      Subtype: '/Link',
      Rect: rectangle(area.rect),
      Border: '[0 0 0]',
      F: PRINTED,
      P: page,
      StructParent: String(key),
      Contents: textString(area.text),
      A: dictionary({ S: '/URI', URI: textString(linkAddress(area.address)) }),
    }),
    reference,
  )
}

/** An empty signature field with its widget in one dictionary (§12.7.4.5) and an empty appearance (ISO 19005-3 §6.3.3). */
function writeField(file: PdfFileWriter, area: FieldArea, page: Reference, { reference, key }: Place): void {
  const [left, bottom, right, top] = userSpace(area.rect)
  const appearance = file.addStream(
    {
      Type: '/XObject',
      Subtype: '/Form',
      BBox: array([0, 0, right - left, top - bottom].map(number)),
      Resources: '<<>>',
    },
    new Uint8Array(0),
  )
  file.add(
    dictionary({
      Type: '/Annot',
      Subtype: '/Widget',
      FT: '/Sig',
      T: textString(area.name),
      TU: textString(area.label),
      Rect: rectangle(area.rect),
      F: PRINTED,
      P: page,
      StructParent: String(key),
      AP: dictionary({ N: appearance }),
    }),
    reference,
  )
}

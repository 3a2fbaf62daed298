import { type Change, judgeChanges, type Permissions, revisionChanges } from '../../src/changes/index.ts'
import { openPdf } from '../../src/pdf/index.ts'
import { appendRevision, buildPdf, streamOf } from '../pdf/build.ts'

/** A document of two pages, signed in its first revision, with a form, layers, a link, a structure and an attachment. */
export const OBJECTS: Readonly<Record<number, string>> = {
  1: '<< /Type /Catalog /Pages 2 0 R /AcroForm 10 0 R /Names << /EmbeddedFiles << /Names [(a.xml) 30 0 R] >> >> /OCProperties << /OCGs [15 0 R] /D << /ON [15 0 R] >> >> /StructTreeRoot 40 0 R /Metadata 50 0 R >>',
  2: '<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>',
  3: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Annots [11 0 R 12 0 R 13 0 R 16 0 R] /Resources << /Font << /F1 6 0 R >> /XObject << /X 7 0 R >> /Properties << /L 15 0 R >> >> >>',
  4: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents [8 0 R] /Resources << /Font << /F1 6 0 R >> >> >>',
  5: streamOf('BT /F1 12 Tf 72 700 Td (Pay 100) Tj ET /X Do'),
  6: '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  7: streamOf('0 0 9 9 re f', '/Type /XObject /Subtype /Form /BBox [0 0 9 9]'),
  8: streamOf('BT /F1 12 Tf 72 700 Td (Second) Tj ET'),
  10: '<< /SigFlags 3 /Fields [11 0 R 12 0 R 13 0 R] /DR << /Font << /Helv 6 0 R >> >> /DA (/Helv 0 Tf) >>',
  11: '<< /Type /Annot /Subtype /Widget /FT /Sig /T (registrar) /V 20 0 R /P 3 0 R /Rect [50 50 150 90] /AP << /N 21 0 R >> >>',
  12: '<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /V (Somchai) /P 3 0 R /Rect [50 500 250 520] /AP << /N 22 0 R >> >>',
  13: '<< /Type /Annot /Subtype /Widget /FT /Sig /T (dean) /P 3 0 R /Rect [250 50 350 90] >>',
  15: '<< /Type /OCG /Name (layer) >>',
  16: '<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /Dest [4 0 R /Fit] >>',
  20: '<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /Contents <3000> /ByteRange [0 1 2 3] >>',
  21: streamOf('BT (signed) Tj ET', '/Type /XObject /Subtype /Form /BBox [0 0 9 9]'),
  22: streamOf('BT (Somchai) Tj ET', '/Type /XObject /Subtype /Form /BBox [0 0 9 9]'),
  30: '<< /Type /Filespec /F (a.xml) /EF << /F 31 0 R >> >>',
  31: streamOf('<a/>', '/Type /EmbeddedFile'),
  40: '<< /Type /StructTreeRoot /K [41 0 R] /ParentTree << /Nums [0 [41 0 R]] >> /ParentTreeNextKey 1 >>',
  41: '<< /Type /StructElem /S /Document /P 40 0 R /K [42 0 R] >>',
  42: '<< /Type /StructElem /S /P /P 41 0 R /Pg 3 0 R /K 0 /ActualText (Pay 100) >>',
  50: streamOf('<x:xmpmeta/>', '/Type /Metadata /Subtype /XML'),
}

export const SIGNED = buildPdf(OBJECTS, { trailer: '/ID [<01> <01>]' })

export type Objects = Readonly<Record<number, string>>

/** The object of the signed file with a part replaced. */
export function edit(num: number, from: string, to: string): Objects {
  const body = OBJECTS[num] ?? ''
  if (!body.includes(from)) throw new Error(`Object ${num} has no ${from}`)
  return { [num]: body.replace(from, to) }
}

/** Each as a revision of its own after the signed one. */
export function changesAfter(...revisions: Objects[]): Change[] {
  let bytes: Uint8Array = SIGNED
  for (const objects of revisions) bytes = appendRevision(bytes, objects, { trailer: '/ID [<01> <02>]' })
  return revisionChanges(openPdf(bytes), 0)
}

export function kinds(changes: readonly Change[]): string[] {
  return [...new Set(changes.map((change) => change.kind))].sort()
}

/** The worst ruling. */
export function verdict(
  changes: readonly Change[],
  permissions: Permissions = { certification: null },
): string {
  const { suspicious, refused } = judgeChanges(changes, permissions)
  return refused.length > 0 ? 'refused' : suspicious.length > 0 ? 'suspicious' : 'allowed'
}

/** The value of a further signature. */
export const SIGNATURE =
  '<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /Contents <3000> >>'
/** The value of a document time-stamp. */
export const TIMESTAMP =
  '<< /Type /DocTimeStamp /Filter /Adobe.PPKLite /SubFilter /ETSI.RFC3161 /Contents <3000> >>'
/** What a signature shows. */
export const LOOK = streamOf('BT (dean) Tj ET', '/Type /XObject /Subtype /Form /BBox [0 0 9 9]')
/** The first page with more annotations. */
export const page3 = (annotations: string) => edit(3, '16 0 R]', `16 0 R ${annotations}]`)
/** The form with more fields. */
export const fields = (more: string) => edit(10, '13 0 R]', `13 0 R ${more}]`)
/** A field for a signature, with its place on the page. */
export const widget = (more: string) =>
  `<< /Type /Annot /Subtype /Widget /FT /Sig /T (new) /P 3 0 R ${more} >>`

/** A field that is new in its revision, and signed. */
export const addedSignature = (value: string, rect = '/Rect [0 0 0 0]'): Objects => ({
  ...page3('60 0 R'),
  ...fields('60 0 R'),
  60: widget(`/V 61 0 R ${rect}`),
  61: value,
})

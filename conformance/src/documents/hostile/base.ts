import { stream } from './sketch.ts'

/** Object numbers of the document that attacks are prepared in. */
export const base = {
  catalog: 1,
  pages: 2,
  page: 3,
  secondPage: 4,
  content: 5,
  secondContent: 6,
  font: 7,
  form: 8,
  field: 9,
  fieldLook: 10,
  attachmentFile: 11,
  attachment: 12,
  layer: 13,
  otherLayer: 14,
  picture: 15,
  metadata: 16,
  /** Not used by anything: what an attacker hid before the document was signed. */
  hiddenContent: 17,
  hiddenPage: 18,
  hiddenPages: 19,
  hiddenCatalog: 20,
  hiddenFont: 21,
} as const

/** What a prepared document differs in, by object number. */
export type Preparation = Readonly<Record<number, string>>

const words = (text: string, y = 700): string => `BT /F1 24 Tf 72 ${y} Td (${text}) Tj ET`
const ref = (number: number): string => `${number} 0 R`

/**
 * A two-page document with a form field, an attachment, two layers and a picture, all in plain text, with a few objects
 * that nothing refers to. `prepared` replaces objects, as an attacker would before asking for a signature.
 */
export function baseDocument(prepared: Preparation = {}): Buffer {
  const objects = { ...baseObjects(), ...prepared }
  let text = '%PDF-1.7\n%\xE2\xE3\xCF\xD3\n'
  const offsets: number[] = []
  const numbers = Object.keys(objects).map(Number)
  for (const number of numbers) {
    offsets.push(text.length)
    text += `${number} 0 obj\n${objects[number]}\nendobj\n`
  }
  const at = text.length
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n\r\n`).join('')
  const id = '<00112233445566778899aabbccddeeff>'
  text += `xref\n0 ${numbers.length + 1}\n0000000000 65535 f\r\n${rows}`
  text += `trailer\n<< /Size ${numbers.length + 1} /Root 1 0 R /ID [${id} ${id}] >>\nstartxref\n${at}\n%%EOF\n`
  return Buffer.from(text, 'latin1')
}

function baseObjects(): Record<number, string> {
  const resources = `<< /Font << /F1 ${ref(base.font)} >> /XObject << /X1 ${ref(base.picture)} >> /Properties << /L1 ${ref(base.layer)} /L2 ${ref(base.otherLayer)} >> >>`
  const page = (content: number, more = ''): string =>
    `<< /Type /Page /Parent ${ref(base.pages)} /MediaBox [0 0 595 842] /Resources ${resources} /Contents ${ref(content)} ${more} >>`
  const catalog = (pages: number): string =>
    `<< /Type /Catalog /Pages ${ref(pages)} /Lang (en) /AcroForm ${ref(base.form)} /Metadata ${ref(base.metadata)} ` +
    `/Names << /EmbeddedFiles << /Names [(data.xml) ${ref(base.attachmentFile)}] >> >> /AF [${ref(base.attachmentFile)}] ` +
    `/OCProperties << /OCGs [${ref(base.layer)} ${ref(base.otherLayer)}] /D << /Name (D) /Order [] /ON [${ref(base.layer)}] /OFF [${ref(base.otherLayer)}] >> >> >>`
  const layered = `/OC /L1 BDC ${words('The fee is 100 baht.', 600)} EMC /OC /L2 BDC ${words('The fee is 9,000 baht.', 560)} EMC`
  return {
    [base.catalog]: catalog(base.pages),
    [base.pages]: `<< /Type /Pages /Count 2 /Kids [${ref(base.page)} ${ref(base.secondPage)}] >>`,
    [base.page]: page(base.content, `/Annots [${ref(base.field)}]`),
    [base.secondPage]: page(base.secondContent),
    [base.content]: stream(`${words('Pay 100 baht to Somchai.')} ${layered} q 1 0 0 1 72 300 cm /X1 Do Q`),
    [base.secondContent]: stream(words('The second page.')),
    [base.font]: '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    [base.form]: `<< /Fields [${ref(base.field)}] /DA (/F1 12 Tf 0 g) /DR << /Font << /F1 ${ref(base.font)} >> >> >>`,
    [base.field]: `<< /Type /Annot /Subtype /Widget /FT /Tx /T (note) /V (as agreed) /F 4 /Rect [72 200 300 230] /P ${ref(base.page)} /DA (/F1 12 Tf 0 g) /AP << /N ${ref(base.fieldLook)} >> >>`,
    [base.fieldLook]: stream(
      'BT /F1 12 Tf 2 8 Td (as agreed) Tj ET',
      `/Type /XObject /Subtype /Form /BBox [0 0 228 30] /Resources << /Font << /F1 ${ref(base.font)} >> >>`,
    ),
    [base.attachmentFile]: `<< /Type /Filespec /F (data.xml) /UF (data.xml) /AFRelationship /Data /EF << /F ${ref(base.attachment)} >> >>`,
    [base.attachment]: stream('<fee>100</fee>', '/Type /EmbeddedFile /Subtype /text#2Fxml'),
    [base.layer]: '<< /Type /OCG /Name (One) >>',
    [base.otherLayer]: '<< /Type /OCG /Name (Two) >>',
    [base.picture]: stream('0.8 g 0 0 100 100 re f', '/Type /XObject /Subtype /Form /BBox [0 0 100 100]'),
    [base.metadata]: stream(
      '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"/><?xpacket end="w"?>',
      '/Type /Metadata /Subtype /XML',
    ),
    [base.hiddenContent]: stream(words('Pay 9,000,000 baht to Mallory.')),
    [base.hiddenPage]: page(base.hiddenContent).replace(ref(base.pages), ref(base.hiddenPages)),
    [base.hiddenPages]: `<< /Type /Pages /Count 1 /Kids [${ref(base.hiddenPage)}] >>`,
    [base.hiddenCatalog]: catalog(base.hiddenPages),
    [base.hiddenFont]: '<< /Type /Font /Subtype /Type1 /BaseFont /Symbol >>',
  }
}

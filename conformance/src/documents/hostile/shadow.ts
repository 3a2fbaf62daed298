import { base, type Preparation } from './base.ts'
import type { Making } from './case.ts'
import { Sketch, stream } from './sketch.ts'

/** An attack that is prepared before the document is signed (Mainka, Mladenov, Rohlmann: Shadow Attacks, NDSS 2021). */
export interface ShadowAttack {
  readonly name: string
  readonly about: string
  readonly prepared: Preparation
  /** Certifies: 2 lets forms be filled, 3 lets annotations be added. */
  readonly certification?: 1 | 2 | 3
  readonly must?: 'refused' | 'passes' | 'either'
  readonly make: Making
}

const words = (text: string, y = 700): string => `BT /F1 24 Tf 72 ${y} Td (${text}) Tj ET`
const cover = `1 g 0 0 595 842 re f 0 g ${words('Pay 100 baht to Somchai.')}`
const form = '/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F1 7 0 R >> >>'
const drawn = stream(`${words('Pay 9,000,000 baht to Mallory.')} /X1 Do`)
const update =
  (change: (s: Sketch) => Buffer): Making =>
  (bytes) =>
    change(new Sketch(bytes))

export const shadows: readonly ShadowAttack[] = [
  {
    name: 'hide-picture-freed',
    about: 'hide: a picture covers the harmful text while it is signed; a revision frees the picture',
    prepared: { [base.content]: drawn, [base.picture]: stream(cover, form) },
    make: update((s) => s.update({}, { free: [base.picture] })),
  },
  {
    name: 'hide-picture-emptied',
    about: 'hide: the covering picture is empty in a later revision',
    prepared: { [base.content]: drawn, [base.picture]: stream(cover, form) },
    make: update((s) => s.update({ [base.picture]: stream('', form) })),
  },
  {
    name: 'hide-picture-type',
    about: 'hide: the covering picture’s type makes readers leave it out',
    prepared: { [base.content]: drawn, [base.picture]: stream(cover, form) },
    make: update((s) => s.update({ [base.picture]: stream(cover, form.replace('/Form', '/PS')) })),
  },
  {
    name: 'replace-field',
    about: 'replace: the look of a text field over the text is another',
    prepared: {},
    make: update((s) =>
      s.update({ [base.fieldLook]: stream(`1 g 0 0 228 30 re f 0 g ${words('9,000,000', 8)}`, `${form}`) }),
    ),
  },
  {
    name: 'replace-field-value',
    about: 'replace: a text field has another value and look; nothing was certified',
    prepared: {},
    must: 'either',
    make: update((s) =>
      s.update({
        [base.field]: s.with(base.field, { V: '(9,000,000)' }),
        [base.fieldLook]: stream('BT /F1 12 Tf 2 8 Td (9,000,000) Tj ET', form.replace('595 842', '228 30')),
      }),
    ),
  },
  {
    name: 'replace-field-value-only',
    about: 'replace: a text field’s value is another, its look stays',
    prepared: {},
    must: 'either',
    make: update((s) => s.changed(base.field, { V: '(9,000,000)' })),
  },
  {
    name: 'replace-field-grown',
    about: 'replace: a text field is filled, and grows over the page',
    prepared: {},
    make: update((s) =>
      s.update({
        [base.field]: s.with(base.field, { V: '(9,000,000)', Rect: '[0 0 595 842]' }),
        [base.fieldLook]: stream(cover, form),
      }),
    ),
  },
  {
    name: 'replace-font',
    about: 'replace: the font is defined anew, so that the same codes show other letters',
    prepared: {},
    make: update((s) => s.update({ [base.font]: s.object(base.hiddenFont) })),
  },
  {
    name: 'hide-and-replace-catalog',
    about: 'hide and replace: the trailer names a catalog that was hidden in the file when it was signed',
    prepared: {},
    make: update((s) => s.update({}, { trailer: { Root: `${base.hiddenCatalog} 0 R` } })),
  },
  {
    name: 'hide-and-replace-pages',
    about: 'hide and replace: the catalog names the hidden page tree',
    prepared: {},
    make: update((s) => s.changed(base.catalog, { Pages: `${base.hiddenPages} 0 R` })),
  },
  {
    name: 'hide-and-replace-content',
    about: 'hide and replace: the page names the hidden content',
    prepared: {},
    make: update((s) => s.changed(base.page, { Contents: `${base.hiddenContent} 0 R` })),
  },
  {
    name: 'hide-and-replace-table',
    about: 'hide and replace: the table of a later revision lets the page’s content be the hidden one',
    prepared: {},
    make: update(tableOnly),
  },
  {
    name: 'number-used-anew',
    about: 'the security store takes the number of an object that lay hidden when it was signed',
    prepared: {},
    make: update((s) =>
      s.update({
        [base.hiddenContent]: '<< /Type /DSS >>',
        [base.catalog]: s.with(base.catalog, { DSS: `${base.hiddenContent} 0 R` }),
      }),
    ),
  },
  {
    name: 'field-kids',
    about: 'a text field has kids that are none',
    prepared: {},
    make: update((s) => s.changed(base.field, { Kids: '/None' })),
  },
  {
    name: 'layer-shown',
    about: 'a layer that was off when it was signed is on',
    prepared: {},
    make: update((s) =>
      s.changed(base.catalog, {
        OCProperties: `<< /OCGs [13 0 R 14 0 R] /D << /Name (D) /Order [] /ON [14 0 R] /OFF [13 0 R] >> >>`,
      }),
    ),
  },
  ...certified(),
]

/** Certified documents: what comes afterwards goes beyond what the certification permits, or just not. */
function certified(): ShadowAttack[] {
  const annotate = (subtype: string): Making =>
    update((s) => {
      const look = stream(cover, form)
      const note = `<< /Type /Annot /Subtype ${subtype} /F 4 /Rect [0 0 595 842] /P ${base.page} 0 R /Contents (Mallory) /AP << /N ${s.size} 0 R >> >>`
      const Annots = `[${base.field} 0 R ${s.size + 1} 0 R]`
      const old = s.value(s.object(base.page), 'Annots').replace(/\]\s*$/, ` ${s.size + 1} 0 R]`)
      const page = s.with(base.page, { Annots: old.startsWith('[') ? old : Annots })
      return s.update({ [s.size]: look, [s.size + 1]: note, [base.page]: page })
    })
  const fill: Making = update((s) =>
    s.update({
      [base.field]: s.with(base.field, { V: '(filled)' }),
      [base.fieldLook]: stream('BT /F1 12 Tf 2 8 Td (filled) Tj ET', form.replace('595 842', '228 30')),
    }),
  )
  return [
    certify('certified-1-filled', 1, 'a form is filled where nothing is permitted', fill),
    certify('certified-2-filled', 2, 'a form is filled where that is permitted', fill, 'either'),
    certify(
      'certified-2-annotated',
      2,
      'a text over the page where only forms are permitted',
      annotate('/FreeText'),
    ),
    certify(
      'certified-3-annotated',
      3,
      'evil annotation: a text hides the page where annotations are permitted',
      annotate('/FreeText'),
      'either',
    ),
    certify(
      'certified-3-stamped',
      3,
      'evil annotation: a stamp hides the page where annotations are permitted',
      annotate('/Stamp'),
      'either',
    ),
    certify(
      'certified-3-redacted',
      3,
      'evil annotation: a redaction where annotations are permitted',
      annotate('/Redact'),
      'either',
    ),
    certify('certified-lowered', 1, 'the catalog’s Perms are gone, and a form is filled', (bytes) => {
      const s = new Sketch(fill(bytes))
      return s.changed(s.root, { Perms: undefined })
    }),
  ]
}

function certify(
  name: string,
  certification: 1 | 2 | 3,
  about: string,
  make: Making,
  must: ShadowAttack['must'] = 'refused',
): ShadowAttack {
  return { name, about: `certified: ${about}`, prepared: {}, certification, make, must }
}

/** A revision without objects: its table gives the content's number the hidden content's place. */
function tableOnly(s: Sketch): Buffer {
  const text = s.update({}).toString('latin1')
  const at = text.indexOf(`\n${base.hiddenContent} 0 obj`) + 1
  const row = `${base.content} 1\n${String(at).padStart(10, '0')} 00000 n\r\n`
  const place = text.lastIndexOf('xref\n0 0\n')
  return Buffer.from(`${text.slice(0, place)}xref\n${row}${text.slice(place + 9)}`, 'latin1')
}

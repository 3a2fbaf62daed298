import type { Attack } from './case.ts'
import { entry, hasEntry, reference, references, Sketch, signatureObjects, stream } from './sketch.ts'

type Change = (signed: Sketch) => Buffer
const attack = (name: string, about: string, change: Change, must: Attack['must'] = 'refused'): Attack => ({
  name,
  about,
  must,
  make: (bytes) => change(new Sketch(bytes)),
})

const evil = 'BT /F1 24 Tf 72 500 Td (Pay 9,000,000 baht to Mallory.) Tj ET'
const white = '1 g 0 0 595 842 re f 0 g'
const first = (signed: Sketch): number => {
  const page = signed.pages[0]
  if (page === undefined) throw new Error('no pages')
  return page
}
const look = stream(`${white} ${evil}`, '/Type /XObject /Subtype /Form /BBox [0 0 595 842]')
const fieldOf = (signed: Sketch): number => {
  const value = signatureObjects(signed.text)[0]
  const field = new RegExp(`(\\d+) 0 obj(?:(?!endobj)[\\s\\S])*?/V ${value} 0 R`).exec(signed.text)?.[1]
  if (field === undefined) throw new Error('no field of the signature')
  return Number(field)
}

function withAnnotation(signed: Sketch, annotation: string, more: Record<number, string> = {}): Buffer {
  const page = first(signed)
  const number = signed.size + 10
  const annotations = hasEntry(signed.object(page), 'Annots')
    ? signed.value(signed.object(page), 'Annots')
    : '[]'
  const Annots = annotations.replace(/\]\s*$/, ` ${number} 0 R]`)
  return signed.update({ ...more, [number]: annotation, [page]: signed.with(page, { Annots }) })
}

/** Incremental saving after the signature: what a later revision may and may not change. */
export const updates: readonly Attack[] = [
  attack('nothing', 'a revision that changes nothing', (s) => s.update({}), 'either'),
  attack('unused', 'an object that nothing refers to', (s) => s.update({ [s.size]: '(nothing)' }), 'either'),
  attack('content', 'the first page’s content is another', (s) =>
    s.update({ [s.contentOf(first(s))]: stream(evil) }),
  ),
  attack('content-of-page', 'the first page names another content', (s) =>
    s.update({ [first(s)]: s.with(first(s), { Contents: `${s.size} 0 R` }), [s.size]: stream(evil) }),
  ),
  attack('content-added', 'the first page has a second content', (s) => {
    const Contents = `[${s.contentOf(first(s))} 0 R ${s.size} 0 R]`
    return s.update({ [first(s)]: s.with(first(s), { Contents }), [s.size]: stream(evil) })
  }),
  attack('resources', 'the first page’s fonts are others', (s) =>
    s.changed(first(s), { Resources: '<< /Font << >> >>' }),
  ),
  attack('media-box', 'the page is cut: CropBox', (s) => s.changed(first(s), { CropBox: '[0 0 200 200]' })),
  attack('rotate', 'the page is turned', (s) => s.changed(first(s), { Rotate: '180' })),
  attack('page-appended', 'another page behind the last', (s) =>
    appendPage(s, (kids, page) => [...kids, page]),
  ),
  attack('page-first', 'another page before the first', (s) =>
    appendPage(s, (kids, page) => [page, ...kids]),
  ),
  attack('page-replaced', 'the first page is another object', (s) =>
    appendPage(s, (kids, page) => [page, ...kids.slice(1)]),
  ),
  attack('page-removed', 'the last page is gone', (s) => {
    const kids = s.pages.slice(0, -1)
    return s.changed(s.pageTree, { Kids: list(kids), Count: String(kids.length) })
  }),
  attack('catalog-pages', 'the catalog names another page tree', (s) => {
    const [tree, page, content] = [s.size, s.size + 1, s.size + 2]
    return s.update({
      [s.root]: s.with(s.root, { Pages: `${tree} 0 R` }),
      [tree]: `<< /Type /Pages /Count 1 /Kids [${page} 0 R] >>`,
      [page]: s.with(first(s), { Parent: `${tree} 0 R`, Contents: `${content} 0 R` }),
      [content]: stream(evil),
    })
  }),
  attack('root-replaced', 'the trailer names another catalog', (s) => {
    const [root, tree, page, content] = [s.size, s.size + 1, s.size + 2, s.size + 3]
    return s.update(
      {
        [root]: s.with(s.root, { Pages: `${tree} 0 R` }),
        [tree]: `<< /Type /Pages /Count 1 /Kids [${page} 0 R] >>`,
        [page]: s.with(first(s), { Parent: `${tree} 0 R`, Contents: `${content} 0 R` }),
        [content]: stream(evil),
      },
      { trailer: { Root: `${root} 0 R` } },
    )
  }),
  attack('open-action', 'the catalog runs a script when it is opened', (s) =>
    s.changed(s.root, { OpenAction: '<< /S /JavaScript /JS (app.alert\\(1\\)) >>' }),
  ),
  attack('additional-actions', 'the catalog runs a script when it is printed', (s) =>
    s.changed(s.root, { AA: '<< /WP << /S /JavaScript /JS (app.alert\\(1\\)) >> >>' }),
  ),
  attack('names-script', 'a script among the names', (s) =>
    s.changed(s.root, {
      Names: '<< /JavaScript << /Names [(x) << /S /JavaScript /JS (app.alert\\(1\\)) >>] >> >>',
    }),
  ),
  attack('attachment-removed', 'the attachments are gone', (s) =>
    s.changed(s.root, { Names: undefined, AF: undefined }),
  ),
  attack('attachment-replaced', 'the embedded file says something else', (s) => {
    const file = /(\d+) 0 obj(?:(?!endobj)[\s\S])*?\/Type\s*\/EmbeddedFile/.exec(s.text)?.[1]
    if (file === undefined) throw new Error('no attachment')
    return s.update({ [file]: stream('<fee>9000000</fee>', '/Type /EmbeddedFile /Subtype /text#2Fxml') })
  }),
  attack('layers', 'the catalog has layers that hide', (s) =>
    s.update({
      [s.size]: '<< /Type /OCG /Name (Hidden) >>',
      [s.root]: s.with(s.root, {
        OCProperties: `<< /OCGs [${s.size} 0 R] /D << /Order [] /OFF [${s.size} 0 R] >> >>`,
      }),
    }),
  ),
  attack('content-in-layer', 'the page’s content is put into a layer that is off', (s) => {
    const content = s.contentOf(first(s))
    const inLayer = s.object(content).replace('<<', `<< /OC ${s.size} 0 R `)
    return s.update({
      [s.size]: '<< /Type /OCG /Name (Hidden) >>',
      [content]: Buffer.from(inLayer, 'latin1'),
      [s.root]: s.with(s.root, {
        OCProperties: `<< /OCGs [${s.size} 0 R] /D << /Order [] /OFF [${s.size} 0 R] >> >>`,
      }),
    })
  }),
  attack('xfa', 'the form has XFA', (s) => changeForm(s, { XFA: '[(template) << >>]' })),
  attack('need-appearances', 'the form says that looks are to be made anew', (s) =>
    changeForm(s, { NeedAppearances: 'true' }),
  ),
  attack('fields-removed', 'the form has no fields any more', (s) => changeForm(s, { Fields: '[]' })),
  attack('signature-look', 'the signed field looks otherwise', (s) =>
    s.update({
      [s.size]: look,
      [fieldOf(s)]: s.with(fieldOf(s), { AP: `<< /N ${s.size} 0 R >>`, Rect: '[0 0 595 842]' }),
    }),
  ),
  attack('signature-moved', 'the signed field lies elsewhere', (s) =>
    s.changed(fieldOf(s), { Rect: '[0 0 595 842]' }),
  ),
  attack('signature-renamed', 'the signed field has another name', (s) =>
    s.changed(fieldOf(s), { T: '(Other)' }),
  ),
  attack('signature-emptied', 'the signed field has no value any more', (s) =>
    s.changed(fieldOf(s), { V: undefined }),
  ),
  attack('annotation-text', 'a text lies over the page', (s) =>
    withAnnotation(s, annotation('/FreeText', `/DA (/F1 24 Tf) /Contents (Pay Mallory)`, s), {
      [s.size]: look,
    }),
  ),
  attack('annotation-stamp', 'a stamp hides the page', (s) =>
    withAnnotation(s, annotation('/Stamp', '', s), { [s.size]: look }),
  ),
  attack('annotation-redaction', 'a redaction', (s) =>
    withAnnotation(s, annotation('/Redact', '/IC [1 1 1]', s), { [s.size]: look }),
  ),
  attack('annotation-link', 'a link over the whole page', (s) =>
    withAnnotation(
      s,
      '<< /Type /Annot /Subtype /Link /Rect [0 0 595 842] /A << /S /URI /URI (http://evil.example/) >> >>',
    ),
  ),
  attack('annotation-widget', 'a button of a form that nobody has hides the page', (s) =>
    withAnnotation(s, annotation('/Widget', '/FT /Btn /Ff 65536 /T (x)', s), { [s.size]: look }),
  ),
  attack('field-unsigned-visible', 'a new empty signature field hides the page', (s) => {
    const number = s.size + 10
    const widget = annotation('/Widget', `/FT /Sig /T (Next)`, s)
    const form = formOf(s)
    const Fields = s.value(form.text, 'Fields').replace(/\]\s*$/, ` ${number} 0 R]`)
    const page = first(s)
    const Annots = `[${[...references(hasEntry(s.object(page), 'Annots') ? s.value(s.object(page), 'Annots') : ''), number].map((n) => `${n} 0 R`).join(' ')}]`
    return s.update({
      [s.size]: look,
      [number]: widget,
      [page]: s.with(page, { Annots }),
      ...form.with({ Fields }),
    })
  }),
  attack('annotations-removed', 'the page has no annotations any more', (s) =>
    s.changed(first(s), { Annots: undefined }),
  ),
  attack(
    'metadata',
    'other metadata',
    (s) => {
      const xmp = stream('<x:xmpmeta xmlns:x="adobe:ns:meta/"/>', '/Type /Metadata /Subtype /XML')
      return s.update({ [reference(entry(s.catalog, 'Metadata'))]: xmp })
    },
    'either',
  ),
  attack('language', 'another language', (s) => s.changed(s.root, { Lang: '(fr)' }), 'either'),
  attack('structure', 'another structure tree: other alternative texts', (s) =>
    s.changed(s.root, {
      StructTreeRoot: '<< /Type /StructTreeRoot /K << /S /Document /Alt (Pay Mallory) >> >>',
    }),
  ),
  attack('outlines', 'other bookmarks', (s) =>
    s.update({
      [s.size]: '<< /Type /Outlines /Count 0 >>',
      [s.root]: s.with(s.root, { Outlines: `${s.size} 0 R` }),
    }),
  ),
  attack(
    'certification-removed',
    'the catalog’s Perms are others',
    (s) => s.changed(s.root, { Perms: '<< >>' }),
    'either',
  ),
]

const list = (numbers: readonly number[]): string => `[${numbers.map((n) => `${n} 0 R`).join(' ')}]`

function annotation(subtype: string, more: string, signed: Sketch): string {
  return `<< /Type /Annot /Subtype ${subtype} /F 4 /Rect [0 0 595 842] /P ${first(signed)} 0 R ${more} /AP << /N ${signed.size} 0 R >> >>`
}

function appendPage(s: Sketch, order: (kids: readonly number[], page: number) => number[]): Buffer {
  const [page, content] = [s.size, s.size + 1]
  const kids = order(s.pages, page)
  return s.update({
    [s.pageTree]: s.with(s.pageTree, { Kids: list(kids), Count: String(kids.length) }),
    [page]: s.with(first(s), { Contents: `${content} 0 R`, Annots: undefined, StructParents: undefined }),
    [content]: stream(evil),
  })
}

function formOf(s: Sketch): { text: string; with(entries: Record<string, string>): Record<number, string> } {
  const value = entry(s.catalog, 'AcroForm')
  if (/^\d+ \d+ R$/.test(value)) {
    const number = reference(value)
    return { text: s.object(number), with: (entries) => ({ [number]: s.with(number, entries) }) }
  }
  return {
    text: value,
    with(entries) {
      const inner = new Sketch(Buffer.from(`1 0 obj ${value} endobj`, 'latin1')).with(1, entries)
      return { [s.root]: s.with(s.root, { AcroForm: inner }) }
    },
  }
}

const changeForm = (s: Sketch, entries: Record<string, string>): Buffer => s.update(formOf(s).with(entries))

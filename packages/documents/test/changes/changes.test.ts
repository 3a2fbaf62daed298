import { describe, expect, test } from 'vitest'
import { describeChange, preparedContent, preparedShadows, revisionChanges } from '../../src/changes/index.ts'
import { openPdf } from '../../src/pdf/index.ts'
import { appendRevision, buildPdf, streamOf } from '../pdf/build.ts'
import { changesAfter, edit, kinds, OBJECTS, type Objects, SIGNED, verdict } from './signed.ts'

const SIGNATURE = '<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /Contents <3000> >>'
const TIMESTAMP = '<< /Type /DocTimeStamp /Filter /Adobe.PPKLite /SubFilter /ETSI.RFC3161 /Contents <3000> >>'
const LOOK = streamOf('BT (dean) Tj ET', '/Type /XObject /Subtype /Form /BBox [0 0 9 9]')
const page3 = (annotations: string) => edit(3, '16 0 R]', `16 0 R ${annotations}]`)
const fields = (more: string) => edit(10, '13 0 R]', `13 0 R ${more}]`)
const widget = (more: string) => `<< /Type /Annot /Subtype /Widget /FT /Sig /T (new) /P 3 0 R ${more} >>`

const addedSignature = (value: string, rect = '/Rect [0 0 0 0]'): Objects => ({
  ...page3('60 0 R'),
  ...fields('60 0 R'),
  60: widget(`/V 61 0 R ${rect}`),
  61: value,
})

describe('what signing and its upkeep do is permitted', () => {
  test('nothing changed, or the same written again', () => {
    expect(revisionChanges(openPdf(SIGNED), 0)).toEqual([])
    expect(changesAfter({ 5: OBJECTS[5] ?? '', 1: OBJECTS[1] ?? '' })).toEqual([])
  })

  test('a second signature in a new field, invisible or visible', () => {
    expect(kinds(changesAfter(addedSignature(SIGNATURE)))).toEqual([
      'signature-added',
      'signature-field-added',
    ])
    const visible = { ...addedSignature(SIGNATURE, '/Rect [300 50 400 90] /AP << /N 62 0 R >>'), 62: LOOK }
    expect(verdict(changesAfter(visible))).toBe('allowed')
    expect(verdict(changesAfter(visible), { certification: 2 })).toBe('allowed')
    expect(verdict(changesAfter(visible), { certification: 1 })).toBe('refused')
  })

  test('an empty field signed', () => {
    const signing = {
      13: (OBJECTS[13] ?? '').replace('/P 3', '/V 61 0 R /AP << /N 62 0 R >> /P 3'),
      61: SIGNATURE,
      62: LOOK,
    }
    const changes = changesAfter(signing)
    expect(changes.map(({ kind, field }) => [kind, field])).toEqual([['signature-added', 'dean']])
    expect(verdict(changes)).toBe('allowed')
    const lock = { action: 'Include', fields: ['dean'], permissions: null } as const
    expect(verdict(changes, { certification: null, fieldLock: lock })).toBe('refused')
    expect(verdict(changes, { certification: null, fieldLock: { ...lock, fields: ['registrar'] } })).toBe(
      'allowed',
    )
  })

  test('validation data, then a time-stamp, at every level', () => {
    const store = {
      ...edit(1, '/Metadata', '/DSS 70 0 R /Metadata'),
      70: '<< /Type /DSS /Certs [71 0 R] /VRI << /AB << /Cert [71 0 R] >> >> >>',
      71: streamOf('x'),
    }
    const more = {
      70: '<< /Type /DSS /Certs [71 0 R 72 0 R] /VRI << /AB << /Cert [71 0 R] >> /CD << /Cert [72 0 R] >> >> >>',
      72: streamOf('y'),
    }
    const stamp = addedSignature(TIMESTAMP)
    const changes = changesAfter(store, stamp, more)
    expect(kinds(changes)).toEqual(['signature-field-added', 'timestamp-added', 'validation-data-added'])
    expect(verdict(changes, { certification: 1 })).toBe('allowed')
    const less = { 70: '<< /Type /DSS /Certs [72 0 R] >>', 72: streamOf('y') }
    expect(verdict(changesAfter(store, less))).toBe('suspicious')
  })

  test('a field filled in, where that is permitted', () => {
    const filled = {
      ...edit(12, '(Somchai)', '(Somsri)'),
      22: streamOf('BT (Somsri) Tj ET', '/Type /XObject /Subtype /Form /BBox [0 0 9 9]'),
    }
    const changes = changesAfter(filled)
    expect(changes.map(({ kind, field }) => [kind, field])).toEqual([['field-filled', 'name']])
    expect(verdict(changes, { certification: 2 })).toBe('allowed')
    expect(verdict(changes, { certification: 1 })).toBe('refused')
    const lock = { action: 'All', fields: [], permissions: null } as const
    expect(verdict(changes, { certification: 2, fieldLock: lock })).toBe('refused')
    expect(
      verdict(changes, { certification: 2, fieldLock: { ...lock, action: 'Exclude', fields: ['name'] } }),
    ).toBe('allowed')
  })

  test('the new widget in the structure tree', () => {
    const tagged = {
      ...addedSignature(SIGNATURE, '/Rect [0 0 0 0] /StructParent 1'),
      40: '<< /Type /StructTreeRoot /K [41 0 R] /ParentTree << /Nums [0 [41 0 R] 1 63 0 R] >> /ParentTreeNextKey 2 >>',
      41: '<< /Type /StructElem /S /Document /P 40 0 R /K [42 0 R 63 0 R] >>',
      63: '<< /Type /StructElem /S /Form /P 41 0 R /Pg 3 0 R /K << /Type /OBJR /Obj 60 0 R >> >>',
    }
    expect(kinds(changesAfter(tagged))).toEqual([
      'signature-added',
      'signature-field-added',
      'structure-added',
    ])
    expect(kinds(changesAfter({ ...tagged, 63: (tagged[63] ?? '').replace('60 0 R', '12 0 R') }))).toContain(
      'structure',
    )
  })

  test('metadata', () => {
    expect(
      verdict(changesAfter({ 50: streamOf('<y/>', '/Type /Metadata /Subtype /XML') }), { certification: 1 }),
    ).toBe('allowed')
  })
})

describe('what alters the document is refused', () => {
  const content = (text: string) => streamOf(`BT /F1 12 Tf 72 700 Td (${text}) Tj ET`)
  const overlay = '<< /Type /Annot /Subtype /FreeText /Rect [0 0 500 800] /Contents (x) >>'
  test.each<[string, string, Objects]>([
    ['replace: the content of a page', 'page-content', { 5: content('Pay 900') }],
    [
      'hide: another stream behind the content',
      'page-content',
      { ...edit(3, '/Contents 5 0 R', '/Contents [5 0 R 60 0 R]'), 60: content('x') },
    ],
    ['a part of an array of contents', 'page-content', { 8: content('x') }],
    ['replace by fonts', 'font', { 6: '<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>' }],
    [
      'a form XObject of the page',
      'page-resources',
      { 7: streamOf('0 0 99 99 re f', '/Type /XObject /Subtype /Form /BBox [0 0 9 9]') },
    ],
    [
      'a page appended',
      'page-added',
      { 2: '<< /Type /Pages /Kids [3 0 R 4 0 R 60 0 R] /Count 3 >>', 60: '<< /Type /Page /Parent 2 0 R >>' },
    ],
    ['a page taken out', 'page-removed', { 2: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>' }],
    ['pages in another order', 'pages-reordered', { 2: '<< /Type /Pages /Kids [4 0 R 3 0 R] /Count 2 >>' }],
    ['the size of a page', 'page-geometry', edit(3, '595 842', '595 100')],
    ['an inherited rotation', 'page-geometry', edit(2, '/Count 2', '/Count 2 /Rotate 180')],
    ['a layer switched off', 'optional-content', edit(1, '/ON', '/OFF')],
    ['a layer described anew', 'optional-content', edit(15, 'layer', 'other')],
    [
      'an action at opening',
      'action',
      edit(1, '/Metadata', '/OpenAction << /S /JavaScript /JS (x) >> /Metadata'),
    ],
    ['a script by name', 'action', edit(1, '/Names <<', '/Names << /JavaScript << /Names [] >>')],
    ['an attachment', 'embedded-files', { 31: streamOf('<b/>', '/Type /EmbeddedFile') }],
    [
      'the look of a signed field',
      'signed-appearance-changed',
      { 21: streamOf('BT (other) Tj ET', '/Type /XObject /Subtype /Form /BBox [0 0 9 9]') },
    ],
    ['the place of a signed field', 'signed-appearance-changed', edit(11, '[50 50', '[50 40')],
    ['a signature itself', 'signature-changed', edit(20, '<3000>', '<3001>')],
    ['a signature taken away', 'signature-removed', { 10: (OBJECTS[10] ?? '').replace('[11 0 R ', '[') }],
    ['a field moved', 'field-changed', edit(12, '[50 500', '[50 100')],
    [
      'a field of text added',
      'field-added',
      { ...fields('60 0 R'), ...page3('60 0 R'), 60: '<< /FT /Tx /T (x) /Subtype /Widget >>' },
    ],
    ['a field renamed', 'field-changed', edit(12, '/T (name)', '/T (other)')],
    ['an XFA form', 'xfa', edit(10, '/SigFlags', '/XFA (x) /SigFlags')],
    ['an overlay', 'annotation-added', { ...page3('60 0 R'), 60: overlay }],
    ['a direct overlay', 'annotation-added', page3(overlay)],
    [
      'a widget of no field',
      'annotation-added',
      { ...page3('60 0 R'), 60: '<< /Type /Annot /Subtype /Widget /Rect [0 0 9 9] >>' },
    ],
    ['the text for those who listen', 'structure', edit(42, 'Pay 100', 'Pay 900')],
    [
      'another root',
      'page-removed',
      {
        1: (OBJECTS[1] ?? '').replace('/Pages 2 0 R', '/Pages 60 0 R'),
        60: '<< /Type /Pages /Kids [] /Count 0 >>',
      },
    ],
    [
      'a signature field with an action',
      'action',
      { ...fields('60 0 R'), ...page3('60 0 R'), 60: widget('/A << /S /JavaScript /JS (x) >>') },
    ],
  ])('%s', (_, kind, objects) => {
    const changes = changesAfter(objects)
    expect(kinds(changes)).toContain(kind)
    expect(verdict(changes, { certification: 3 })).toBe('refused')
    expect(verdict(changes)).toBe('refused')
  })

  test('also when the next revision undoes it', () => {
    expect(verdict(changesAfter({ 5: content('Pay 900') }, { 5: OBJECTS[5] ?? '' }))).toBe('refused')
  })

  test('annotations beside the text are, at level 3 only, allowed', () => {
    const note = changesAfter({ ...page3('60 0 R'), 60: '<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] >>' })
    expect(verdict(note, { certification: 3 })).toBe('allowed')
    expect(verdict(note, { certification: 2 })).toBe('refused')
    expect(verdict(note)).toBe('refused')
    expect(verdict(changesAfter(edit(16, '4 0 R', '3 0 R')), { certification: 3 })).toBe('suspicious')
    expect(verdict(changesAfter(edit(16, '4 0 R', '3 0 R')))).toBe('refused')
    const mark = changesAfter({
      ...page3('60 0 R'),
      60: '<< /Type /Annot /Subtype /Highlight /Rect [0 0 9 9] >>',
    })
    expect(verdict(mark, { certification: 3 })).toBe('suspicious')
  })
})

describe('tricks are named', () => {
  test('an object that is used in a permitted and in another way', () => {
    const objects = { ...OBJECTS, 12: (OBJECTS[12] ?? '').replace('22 0 R', '7 0 R') }
    const file = appendRevision(buildPdf(objects), {
      7: streamOf('0 0 99 99 re f', '/Type /XObject /Subtype /Form /BBox [0 0 9 9]'),
    })
    expect(kinds(revisionChanges(openPdf(file), 0))).toEqual(['field-look-changed', 'page-resources'])
  })

  test('a reference that the signed revision left dangling is defined later', () => {
    const objects = { ...OBJECTS, 12: (OBJECTS[12] ?? '').replace('22 0 R', '80 0 R') }
    const signed = buildPdf(objects)
    expect(preparedShadows(openPdf(signed))).toEqual({ dangling: [80], unused: [22] })
    const changes = revisionChanges(openPdf(appendRevision(signed, { 80: LOOK })), 0)
    expect(kinds(changes)).toEqual(['dangling-reference-defined', 'field-look-changed'])
    expect(verdict(changes)).toBe('refused')
  })

  test('what was laid ready before signing: content that nothing leads to, and layers that are hidden', () => {
    const none = preparedContent(openPdf(SIGNED))
    expect(none).toEqual({ layers: [], unused: [], dangling: [] })
    const hidden = {
      90: streamOf('BT (Pay 900) Tj ET'),
      91: '<< /Type /Page >>',
      92: '(a note)',
      93: '<< /X 1 >>',
    }
    expect(preparedContent(openPdf(buildPdf({ ...OBJECTS, ...hidden })))).toEqual({
      layers: [],
      unused: [90, 91],
      dangling: [],
    })
    const off = buildPdf({ ...OBJECTS, ...edit(1, '/ON', '/OFF') })
    expect(preparedContent(openPdf(off)).layers).toHaveLength(1)
    const base = buildPdf({ ...OBJECTS, ...edit(1, '/ON', '/BaseState /OFF /X') })
    expect(preparedContent(openPdf(base)).layers).toHaveLength(1)
  })

  test('an object that lay hidden in the signed bytes', () => {
    const hidden = `5 0 obj\n${streamOf('BT (Pay 900) Tj ET')}\nendobj\n`
    const signed = Buffer.from(buildPdf({ ...OBJECTS, 90: `(x)\nendobj\n${hidden}91 0 obj\nnull` })).toString(
      'latin1',
    )
    const at = signed.indexOf('5 0 obj\n<< /Length 18')
    const previous = /startxref\n(\d+)/.exec(signed)?.[1]
    expect(at).toBeGreaterThan(0)
    const section = `xref\n5 1\n${String(at).padStart(10, '0')} 00000 n \ntrailer\n<< /Size 92 /Root 1 0 R /Prev ${previous} >>\n`
    const bytes = Buffer.from(`${signed}${section}startxref\n${signed.length}\n%%EOF\n`, 'latin1')
    expect(kinds(revisionChanges(openPdf(bytes), 0))).toEqual(['hidden-object-revealed', 'page-content'])
  })

  test('an object that nothing uses is added, and used by a later revision', () => {
    const prepared = changesAfter({ 60: LOOK })
    expect(kinds(prepared)).toEqual(['unused-object'])
    expect(verdict(prepared)).toBe('allowed')
    const both = changesAfter({ 60: LOOK }, edit(12, '22 0 R', '60 0 R'))
    expect(kinds(both)).toEqual(['field-look-changed', 'unused-object', 'unused-object-revealed'])
    expect(verdict(both)).toBe('suspicious')
  })

  test('a length that another object holds', () => {
    const objects = {
      ...OBJECTS,
      5: '<< /Length 60 0 R >>\nstream\nBT (a) Tj ET\nendstream\nendstream',
      60: '12',
    }
    const signed = buildPdf(objects)
    const file = appendRevision(signed, { 60: '22' })
    expect(verdict(revisionChanges(openPdf(file), 0))).toBe('refused')
  })

  test('the look of a field, replaced where something else was drawn with it', () => {
    const objects = { ...OBJECTS, 7: OBJECTS[22] ?? '', 12: (OBJECTS[12] ?? '').replace('22 0 R', '7 0 R') }
    const filled = { 12: (OBJECTS[12] ?? '').replace('22 0 R', '60 0 R'), 60: LOOK }
    const changes = revisionChanges(openPdf(appendRevision(buildPdf(objects), filled)), 0)
    expect(kinds(changes)).toEqual(['appearance-shared', 'field-look-changed'])
    expect(verdict(changes)).toBe('suspicious')
  })

  test('the look of a field without another value', () => {
    const look = {
      22: streamOf('BT (Somsri) Tj ET', '/Type /XObject /Subtype /Form /BBox [0 0 9 9]'),
    }
    const changes = changesAfter(look)
    expect(kinds(changes)).toEqual(['field-look-changed'])
    expect(verdict(changes)).toBe('suspicious')
    expect(verdict(changes, { certification: 2 })).toBe('suspicious')
    expect(verdict(changes, { certification: 1 })).toBe('refused')
    const lock = { action: 'All', fields: [], permissions: null } as const
    expect(verdict(changes, { certification: null, fieldLock: lock })).toBe('refused')
  })

  test.each(['/Test', '[]', '[null]', '7'])('kids of a field that had none: %s', (kids) => {
    const changes = changesAfter(edit(12, '/T (name)', `/T (name) /Kids ${kids}`))
    expect(kinds(changes)).toEqual(['field-changed'])
    expect(verdict(changes, { certification: 3 })).toBe('refused')
  })

  test('a signature field below a field that was there', () => {
    const parent = { 80: '<< /T (seals) /Kids [81 0 R] >>', 81: '<< /T (one) /FT /Sig /Parent 80 0 R >>' }
    const signed = buildPdf({ ...OBJECTS, ...parent, ...edit(10, '13 0 R]', '13 0 R 80 0 R]') })
    const added = {
      80: '<< /T (seals) /Kids [81 0 R 82 0 R] >>',
      82: '<< /T (two) /FT /Sig /Parent 80 0 R >>',
    }
    const changes = revisionChanges(openPdf(appendRevision(signed, added)), 0)
    expect(changes.map(({ kind, field }) => [kind, field])).toEqual([['signature-field-nested', 'seals.two']])
    expect(verdict(changes)).toBe('suspicious')
    expect(verdict(changes, { certification: 1 })).toBe('refused')
  })

  test('the number of an object that nothing used, given to the validation data', () => {
    const signed = buildPdf({ ...OBJECTS, 90: '(Hi there)' })
    const store = { ...edit(1, '/Metadata', '/DSS 90 0 R /Metadata'), 90: '<< /Type /DSS >>' }
    const changes = revisionChanges(openPdf(appendRevision(signed, store)), 0)
    expect(kinds(changes)).toEqual(['unused-object-replaced', 'validation-data-added'])
    expect(verdict(changes)).toBe('suspicious')
  })

  test('data behind the end', () => {
    const bytes = Buffer.concat([SIGNED, Buffer.from('99 0 obj (x) endobj')])
    expect(kinds(revisionChanges(openPdf(bytes), 0))).toEqual(['trailing-data'])
  })

  test('data behind the end that ends like a file again', () => {
    const startxref = /startxref\n\d+\n%%EOF\n$/.exec(Buffer.from(SIGNED).toString('latin1'))?.[0] ?? ''
    for (const more of [`5 0 obj (x) endobj\n${startxref}`, startxref]) {
      const bytes = Buffer.concat([SIGNED, Buffer.from(more)])
      expect(kinds(revisionChanges(openPdf(bytes), 0))).toEqual(['trailing-data'])
    }
    expect(kinds(revisionChanges(openPdf(Buffer.concat([SIGNED, SIGNED])), 0))).toEqual(['trailing-data'])
  })

  test('a signature that covers the page', () => {
    const covering = { ...addedSignature(SIGNATURE, '/Rect [0 0 595 842] /AP << /N 62 0 R >>'), 62: LOOK }
    expect(verdict(changesAfter(covering))).toBe('suspicious')
  })

  test('a revision that cannot be read', () => {
    expect(kinds(changesAfter({ 2: '<< /Type /Pages /Kids [2 0 R] >>' }))).toContain('unreadable')
  })
})

test('each change has words in both languages', () => {
  expect(describeChange({ kind: 'page-content', page: 0 })).toEqual({
    th: 'แก้เนื้อหาของหน้า (หน้า 1)',
    en: 'The content of a page was changed (page 1)',
  })
})

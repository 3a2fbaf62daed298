import { describe, expect, test } from 'vitest'
import { describeChange, preparedContent, preparedShadows, revisionChanges } from '../../src/changes/index.ts'
import { openPdf } from '../../src/pdf/index.ts'
import { appendRevision, buildPdf, streamOf } from '../pdf/build.ts'
import {
  addedSignature,
  changesAfter,
  edit,
  kinds,
  LOOK,
  OBJECTS,
  SIGNATURE,
  SIGNED,
  verdict,
} from './signed.ts'

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

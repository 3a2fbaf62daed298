import { describe, expect, test } from 'vitest'
import { streamOf } from '../pdf/build.ts'
import { changesAfter, edit, fields, kinds, OBJECTS, type Objects, page3, verdict, widget } from './signed.ts'

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

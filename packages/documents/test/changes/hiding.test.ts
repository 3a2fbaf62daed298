import { describe, expect, test } from 'vitest'
import { streamOf } from '../pdf/build.ts'
import { changesAfter, edit, kinds, type Objects, verdict } from './signed.ts'

const cover = streamOf('1 g 0 0 400 150 re f', '/Type /XObject /Subtype /Form /BBox [0 0 400 150]')
const nothing = streamOf(' \n', '/Type /XObject /Subtype /Form /BBox [0 0 400 150]')
const certified = { certification: 3 } as const

describe('a reference with another generation leads to nothing', () => {
  test('so a page that shares its font with another loses it', () => {
    expect(verdict(changesAfter(edit(4, '/F1 6 0 R', '/F1 6 1 R')))).toBe('refused')
  })

  test('so an annotation is gone', () => {
    const changes = changesAfter(edit(3, '13 0 R 16 0 R]', '13 0 R 16 7 R]'))
    expect(kinds(changes)).toContain('annotation-removed')
    expect(verdict(changes, certified)).not.toBe('allowed')
  })

  test('so what a list of evidence holds is gone', () => {
    const store = (list: string): Objects => ({
      ...edit(1, '/Metadata', '/DSS 70 0 R /Metadata'),
      70: `<< /Certs [${list}] >>`,
      71: streamOf('x'),
    })
    const changes = changesAfter(store('71 0 R'), store('71 3 R'))
    expect(kinds(changes)).toContain('validation-data-changed')
  })
})

describe('a look that is laid over the page', () => {
  const field = (more: string): Objects => ({
    ...edit(3, '16 0 R]', '16 0 R 60 0 R]'),
    ...edit(10, '13 0 R]', '13 0 R 60 0 R]'),
    60: `<< /Type /Annot /Subtype /Widget /FT /Sig /T (new) /P 3 0 R /Rect [60 690 460 840] /AP << /N 62 0 R >> ${more} >>`,
    61: '<< /Type /DocTimeStamp /Filter /Adobe.PPKLite /SubFilter /ETSI.RFC3161 /Contents <3000> >>',
  })

  test('by a signature field that nobody signed is suspicious, however small', () => {
    expect(verdict(changesAfter({ ...field(''), 62: cover }))).toBe('suspicious')
    expect(verdict(changesAfter({ ...field(''), 62: nothing }))).toBe('allowed')
  })

  test('by the field of a time-stamp, which anyone can have made, is suspicious', () => {
    const changes = changesAfter({ ...field('/V 61 0 R'), 62: cover })
    expect(verdict(changes)).toBe('suspicious')
    expect(verdict(changes, { certification: 1 })).not.toBe('allowed')
    expect(verdict(changesAfter({ ...field('/V 61 0 R'), 62: nothing }))).toBe('allowed')
  })

  test.each(['Text', 'Popup'])('by an annotation that says it is %s is suspicious', (subtype) => {
    const changes = (look: string) =>
      changesAfter({
        ...edit(3, '16 0 R]', '16 0 R 60 0 R]'),
        60: `<< /Type /Annot /Subtype /${subtype} /Rect [0 0 595 842] /Contents (x) ${look} >>`,
        62: cover,
      })
    expect(verdict(changes('/AP << /N 62 0 R >>'), certified)).toBe('suspicious')
    expect(verdict(changes(''), certified)).toBe('allowed')
  })
})

test('a tree of very many parts is compared without running out of stack', () => {
  const kids = '0 '.repeat(300_000)
  const tree = (more: string) =>
    edit(40, '/ParentTree << /Nums [0 [41 0 R]] >>', `/ParentTree << /Kids [${kids}] ${more} >>`)
  expect(verdict(changesAfter(tree(''), tree('/X 1')))).toBe('refused')
})

test('appearances that lead to themselves in a thousand ways are looked at once', () => {
  const states = Array.from({ length: 1500 }, (_, i) => `/a${i} 23 0 R`).join(' ')
  const own = (more: string): Objects => ({
    12: `<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /P 3 0 R /Rect [0 0 9 9] /AP 23 0 R ${more} >>`,
    23: `<< ${states} >>`,
  })
  expect(kinds(changesAfter(own('/V (Somchai)'), own('/V (Somsak)')))).toContain('field-filled')
})

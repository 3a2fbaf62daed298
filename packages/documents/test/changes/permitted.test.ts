import { describe, expect, test } from 'vitest'
import { revisionChanges } from '../../src/changes/index.ts'
import { openPdf } from '../../src/pdf/index.ts'
import { streamOf } from '../pdf/build.ts'
import {
  addedSignature,
  changesAfter,
  edit,
  kinds,
  LOOK,
  OBJECTS,
  SIGNATURE,
  SIGNED,
  TIMESTAMP,
  verdict,
} from './signed.ts'

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

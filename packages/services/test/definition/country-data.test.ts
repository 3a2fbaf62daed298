import { describe, expect, it } from 'vitest'
import { checkDefinition } from '../../src/definition/check.ts'
import type { References } from '../../src/definition/references.ts'
import { sampleFiles } from '../sample/definition.ts'
import { sampleReferences } from '../sample/references.ts'

const files = sampleFiles()

const told = (references: References, id = files.id): readonly string[] =>
  checkDefinition({ ...files, id }, references).findings.map(
    ({ file, line, code }) => `${file}:${line} ${code}`,
  )

const lineWith = (file: 'service' | 'workflow', text: string): number =>
  (files[file] ?? '').split(text)[0]?.split('\n').length ?? 0

describe('a service that is also listed as given elsewhere', () => {
  it('is refused at its name, and told to come out of the list', () => {
    const { findings } = checkDefinition({ ...files, id: 'given-elsewhere' }, sampleReferences)
    expect(findings).toEqual([
      expect.objectContaining({
        file: 'service.yaml',
        line: lineWith('service', 'name:'),
        code: 'taken-id',
        reason: {
          th: expect.stringContaining('listed.yaml'),
          en: expect.stringContaining('take it out there'),
        },
      }),
    ])
  })

  it('is taken where the country has no such list', () => {
    const { listed: _, ...none } = sampleReferences
    expect(told(none, 'given-elsewhere')).toEqual([])
  })
})

describe('a decision that gives money back', () => {
  const refunds = ['max(0, paid - ', '    refund: calc.fee\n'].map(
    (text) => `workflow.yaml:${lineWith('workflow', text)} no-grant`,
  )
  const among = (grants: References['grants']) => told({ ...sampleReferences, grants })
  const [register, transfers] = sampleReferences.grants as [
    References['grants'][number],
    References['grants'][number],
  ]

  it('is refused, wherever it says so, while the owner has no grant for transfers', () => {
    expect(among([register])).toEqual(refunds)
    expect(among([register, { ...transfers, consumer: 'TH/GOV/DOPA/population' }])).toEqual(refunds)
    expect(among([register, { ...transfers, operations: {} }])).toEqual(refunds)
  })

  it('is taken where any subsystem of the owner has one', () => {
    expect(among([register, { ...transfers, consumer: 'TH/GOV/DGA/money' }])).toEqual([])
  })

  it('is taken where no bank is known', () => {
    const { transfers: _, ...bankless } = sampleReferences
    expect(told({ ...bankless, grants: [register] })).toEqual([])
  })
})

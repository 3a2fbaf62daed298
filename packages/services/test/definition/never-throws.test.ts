import fc from 'fast-check'
import { expect, it } from 'vitest'
import { checkDefinition } from '../../src/definition/check.ts'
import { sampleFiles } from '../sample/definition.ts'
import { sampleReferences } from '../sample/references.ts'

const files = sampleFiles()
const names = ['service', 'form', 'workflow'] as const

it('whatever stands in the files, they are checked without failing', () => {
  const piece = fc.oneof(
    fc.string(),
    fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ':',
      '- ',
      '\n',
      '  ',
      '&a',
      '*a',
      '!!set',
      '---',
      '"',
      "'",
      '|',
      '>',
      '<<: *a',
      '? ',
      '__proto__: 1',
      '\t',
      '%YAML 1.1',
    ),
  )
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.array(piece, { maxLength: 30 }), (name, parts) => {
      const { findings } = checkDefinition({ ...files, [name]: parts.join('') }, sampleReferences)
      expect(findings.length).toBeGreaterThan(0)
    }),
    { numRuns: 80 },
  )
})

it('lines of the sample that are lost, doubled or cut never make the check fail', () => {
  const change = fc.record({
    name: fc.constantFrom(...names),
    at: fc.nat(400),
    how: fc.constantFrom('lose', 'double', 'cut', 'indent'),
  })
  fc.assert(
    fc.property(change, ({ name, at, how }) => {
      const lines = (files[name] ?? '').split('\n')
      const line = lines[at % lines.length] ?? ''
      const changed = {
        lose: [],
        double: [line, line],
        cut: [line.slice(0, line.length / 2)],
        indent: [`  ${line}`],
      }[how]
      const text = lines.toSpliced(at % lines.length, 1, ...changed).join('\n')
      for (const { line: place, reason } of checkDefinition({ ...files, [name]: text }, sampleReferences)
        .findings) {
        expect(place).toBeGreaterThan(0)
        expect(reason.th).not.toBe('')
      }
    }),
    { numRuns: 60 },
  )
})

import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parse, stringify } from 'yaml'
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

/** What stands in a file where something else should. */
const odd = fc.constantFrom<unknown>(
  ...[
    null,
    true,
    0,
    -1,
    '',
    ' ',
    '%',
    '/',
    'a/b~c',
    '__proto__',
    'toString',
    'constructor',
    'x'.repeat(5000),
  ],
  ...[{}, [], [[]], [{}], [null], { th: 'ก', en: 'a' }, { cel: 5 }, { cel: 'answers.x[' }, { toString: 1 }],
  ...['item.x', 'answers', 'answers.toString', 'facts.constructor.x', 'tables.fares.toString', 'calc.isFree'],
  ...[{ id: 'toString' }, 'DGA/', 'DOPA/population/sample-v1', 'answers.children.map(c, c.hasOwnProperty)'],
)

/** One of the places of a value, found by going down at random. */
function replaced(value: unknown, turns: readonly number[], by: unknown): unknown {
  const [turn = 0, ...rest] = turns
  if (rest.length === 0 || typeof value !== 'object' || value === null) return by
  if (Array.isArray(value)) {
    const at = turn % Math.max(1, value.length)
    return value.length === 0 ? by : value.with(at, replaced(value[at], rest, by))
  }
  const entries = Object.entries(value)
  const at = turn % Math.max(1, entries.length)
  return Object.fromEntries(
    entries.map(([name, one], index) => [name, index === at ? replaced(one, rest, by) : one]),
  )
}

it('whatever stands in any place of the sample, there is a definition or a finding at a line', () => {
  const change = fc.record({
    name: fc.constantFrom(...names),
    turns: fc.array(fc.nat(40), { minLength: 2, maxLength: 8 }),
    by: odd,
  })
  fc.assert(
    fc.property(change, ({ name, turns, by }) => {
      const text = stringify(replaced(parse(files[name] ?? ''), turns, by), { aliasDuplicateObjects: false })
      const { definition, findings } = checkDefinition({ ...files, [name]: text }, sampleReferences)
      if (definition === undefined) expect(findings.length).toBeGreaterThan(0)
      for (const { line, reason } of findings) {
        expect(line).toBeGreaterThan(0)
        expect(reason.th).not.toBe('')
        expect(reason.en).not.toMatch(/undefined|\[object/)
      }
    }),
    { numRuns: 120 },
  )
})

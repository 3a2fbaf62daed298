import { describe, expect, it } from 'vitest'
import { compiler } from '../src/compile.ts'
import { ExpressionFault } from '../src/fault.ts'

const compile = compiler({ neverWhole: new Set(['answers', 'facts']) })

const roots = ['answers', 'facts', 'today']

function faultOf(source: string): ExpressionFault {
  try {
    compile(source, { roots })
  } catch (error) {
    if (error instanceof ExpressionFault) return error
    throw error
  }
  throw new Error(`${source} was taken`)
}

describe('an expression is refused, with its place, for', () => {
  it.each([
    ['nothing', ' ', 0],
    ['what is no CEL', 'answers.a b', 10],
    ['a name that is not there', 'true && session.a', 8],
    ['the whole of what grows', 'size(answers)', 5],
    ['a function that is not there', '1 + now()', 7],
    ['a function without what it takes', 'age(today)', 3],
    ['a fraction', 'answers.a * 1.07', 12],
    ['a time of CEL', 'timestamp(today)', 0],
    ['a double by another way', 'double(answers.a)', 0],
    ['a loop in a loop in a loop', 'answers.a.all(x, x.b.all(y, y.c.all(z, z.d)))', 28],
    ['a loop’s name that is taken', 'answers.a.all(today, today.b)', 9],
    ['a default of what is not read', 'orElse(1 + 1, 0)', 0],
  ])('%s', (_, source, offset) => {
    const fault = faultOf(source)
    expect(Math.abs(fault.offset - offset)).toBeLessThanOrEqual(4)
    expect(fault.reason.th).toMatch(/[\u0E00-\u0E7F]/)
  })

  it('its length, its depth, and how much it does', () => {
    expect(faultOf(`${'answers.a + '.repeat(400)}1`).reason.en).toContain('4,000')
    expect(faultOf(`${'('.repeat(40)}1${')'.repeat(40)}`).reason.en).toContain('32')
    expect(faultOf(`${'1+'.repeat(1990)}1`).reason.en).toContain('too many')
  })
})

describe('what an expression reads is known before it runs', () => {
  it.each([
    [
      'answers.children.filter(c, c.age > 3).map(d, d.name.givenName)',
      ['answers.children', 'answers.children.age', 'answers.children.name.givenName'],
    ],
    [
      '(has(facts.a.b) ? facts.a : answers.c).d[0].e',
      ['answers.c', 'answers.c.d.e', 'facts.a', 'facts.a.b', 'facts.a.d.e'],
    ],
    ['answers["a"].b + answers.list[answers.at].c', ['answers.a.b', 'answers.at', 'answers.list.c']],
    [
      '[answers.a, answers.b].exists(x, x.c == today)',
      ['answers.a', 'answers.a.c', 'answers.b', 'answers.b.c', 'today'],
    ],
    ['orElse(answers.a, 0) + 1', ['answers.a']],
  ])('%s', (source, reads) => {
    expect(compile(source, { roots }).reads).toEqual(reads)
  })

  it('lists beyond 500 entries are not gone through', () => {
    const { evaluate } = compile('answers.a.all(x, x > 0)', { roots })
    expect(evaluate({ answers: { a: new Array(500).fill(1) } })).toEqual({ known: true, value: true })
    expect(evaluate({ answers: { a: new Array(501).fill(1) } }).known).toBe(false)
  })
})

import { Problem } from '@sapan/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compileFields } from '../src/fields/field-set.ts'
import { filterAnswer, filterErrorJson, filterJson } from '../src/fields/filter.ts'
import { checkJson, pointerValues } from '../src/fields/pointer.ts'

type Json = null | boolean | number | string | Json[] | { [name: string]: Json }

/** What the filter must give, said in the simplest way over parsed values. Undefined: nothing. */
function model(value: Json, paths: readonly string[][]): Json | undefined {
  if (paths.some((path) => path.length === 0)) return value
  if (Array.isArray(value)) {
    if (paths.length === 0) return undefined
    return value.flatMap((item) => {
      const kept = typeof item === 'object' && item !== null ? model(item, paths) : undefined
      return kept === undefined ? [] : [kept]
    })
  }
  if (typeof value !== 'object' || value === null || paths.length === 0) return undefined
  const kept: [string, Json][] = []
  for (const [name, inner] of Object.entries(value)) {
    const below = paths.filter((path) => path[0] === name).map((path) => path.slice(1))
    const result = below.length === 0 ? undefined : model(inner, below)
    if (result !== undefined) kept.push([name, result])
  }
  return Object.fromEntries(kept)
}

function modelRoot(value: Json, paths: readonly string[]): Json {
  const kept = model(
    value,
    paths.map((path) => (path === '*' ? [] : path.split('.'))),
  )
  if (kept !== undefined) return kept
  if (Array.isArray(value)) return []
  return typeof value === 'object' && value !== null ? {} : null
}

const name = fc.constantFrom('a', 'b', 'c', 'name', '__proto__', 'constructor', 'ชื่อ', 'a"b', 'toString')
const { value: json } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<Json>(null, true, false, 0, -1.5, 1e300),
    fc.string({ unit: 'grapheme' }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc
      .uniqueArray(fc.tuple(name, tie('value')), { selector: ([key]) => key, maxLength: 5 })
      .map((entries) => Object.fromEntries(entries)),
  ),
}))
const path = fc.oneof(
  { weight: 10, arbitrary: fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join('.')) },
  { weight: 1, arbitrary: fc.constant('*') },
)

describe('filterJson', () => {
  it('gives what a plain model gives, for any JSON and any grant', () => {
    fc.assert(
      fc.property(
        json,
        fc.array(path, { maxLength: 5 }),
        fc.constantFrom(undefined, 1, '\t'),
        (value, paths, space) => {
          const text = JSON.stringify(value, null, space)
          const filtered = filterJson(text, compileFields(paths))
          expect(JSON.stringify(JSON.parse(filtered))).toBe(JSON.stringify(modelRoot(value, paths)))
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('gives the same from bytes as from text', () => {
    fc.assert(
      fc.property(json, fc.array(path, { maxLength: 5 }), (value, paths) => {
        const text = JSON.stringify(value)
        const allowed = compileFields(paths)
        expect(filterJson(Buffer.from(text), allowed)).toBe(filterJson(text, allowed))
      }),
    )
  })

  it('copies numbers and strings byte for byte', () => {
    const number = fc.stringMatching(/^-?(?:0|[1-9][0-9]{0,40})(?:\.[0-9]{1,40})?(?:[eE][+-]?[0-9]{1,5})?$/)
    const string = fc
      .array(fc.constantFrom('a', 'ก', '😀', '\\u0e01', '\\ud83d\\ude00', '\\n', '\\/', '\\"', '\\\\', ' '))
      .map((parts) => `"${parts.join('')}"`)
    fc.assert(
      fc.property(fc.oneof(number, string), (raw) => {
        const text = `{"drop":${raw}, "keep" : ${raw},"list":[{"keep":${raw}}]}`
        expect(filterJson(text, compileFields(['keep', 'list.keep']))).toBe(
          `{"keep":${raw},"list":[{"keep":${raw}}]}`,
        )
      }),
      { numRuns: 500 },
    )
  })

  it('leaves out what is not granted, nested and in arrays', () => {
    const answer = {
      persons: [
        { nationalId: '1', name: { given: 'สมชาย', family: 'ใจดี' }, births: [{ place: 'x', date: 'y' }] },
        { name: 'a plain value where an object was granted' },
        'stray',
      ],
      total: 2,
    }
    const allowed = compileFields(['persons.name.given', 'persons.births.date'])
    expect(JSON.parse(filterJson(JSON.stringify(answer), allowed))).toStrictEqual({
      persons: [{ name: { given: 'สมชาย' }, births: [{ date: 'y' }] }, {}],
    })
  })

  it('says which granted paths were there', () => {
    const allowed = compileFields(['name.given', 'name.middle', 'births', 'total'])
    expect(filterAnswer('{"name":{"given":"a"},"total":null}', allowed)).toStrictEqual({
      text: '{"name":{"given":"a"},"total":null}',
      present: ['name.given', 'total'],
    })
  })

  it('does not take a key with a dot for a path', () => {
    expect(filterJson('{"a.b":1,"a":{"b":2}}', compileFields(['a.b']))).toBe('{"a":{"b":2}}')
  })

  it('never mistakes __proto__ for anything but a key', () => {
    const text = '{"__proto__":{"name":1,"x":2},"name":3}'
    expect(filterJson(text, compileFields(['name']))).toBe('{"name":3}')
    expect(filterJson(text, compileFields(['__proto__.name']))).toBe('{"__proto__":{"name":1}}')
  })

  it('reads a granted name also where it is written with escapes', () => {
    expect(filterJson('{"\\u006eame":1}', compileFields(['name']))).toBe('{"\\u006eame":1}')
  })

  it('lets of an error only type, title and status pass, and what is granted', () => {
    const error =
      '{"type":"about:blank","title":"Not found","status":404,"detail":"1-2345","person":{"id":"1","x":2}}'
    expect(filterErrorJson(error, compileFields([]))).toBe(
      '{"type":"about:blank","title":"Not found","status":404}',
    )
    expect(filterErrorJson('{"title":{"hidden":1},"type":["x"],"status":404}', compileFields([]))).toBe(
      '{"status":404}',
    )
    expect(filterErrorJson(error, compileFields(['person.x']))).toContain('"person":{"x":2}')
    expect(filterErrorJson('{"title":{"a":1,"b":2}}', compileFields(['title.a']))).toBe('{"title":{"a":1}}')
  })

  it('refuses a key twice in one object, at any depth, granted or not, also when escaped', () => {
    for (const pair of ['"a":1,"a":2', '"a":1,"\\u0061":1', '"\\u0061":1,"b":2,"\\u0061":1', '"":1,"":2']) {
      for (const around of ['{X}', '{"z":{X}}', '[{"z":[{X}]}]', '{"granted":{X}}']) {
        expect(refusal(around.replace('X', pair), ['granted'])).toBe('answer-duplicate-keys')
      }
    }
    const many = Array.from({ length: 40 }, (_, n) => `"k${n}":${n}`)
    expect(refusal(`{${many.join()},"k3":0}`, ['k1'])).toBe('answer-duplicate-keys')
    expect(refusal(`{${many.join()},"k39":0}`, ['k1'])).toBe('answer-duplicate-keys')
    expect(refusal(`{"k0":{${many.join()}},${many.slice(1).join()}}`, ['k1'])).toBe('')
  })

  it('refuses any key that is repeated', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(name, { minLength: 1, maxLength: 9 }),
        fc.nat(),
        fc.nat(),
        (names, which, where) => {
          const repeated: string[] = [...names]
          repeated.splice(where % (names.length + 1), 0, names[which % names.length] ?? '')
          const text = `{${repeated.map((key) => `${JSON.stringify(key)}:1`).join()}}`
          expect(refusal(text, names)).toBe('answer-duplicate-keys')
        },
      ),
    )
  })

  it('refuses what is not JSON', () => {
    const bad = [
      '',
      ' ',
      '{',
      '}',
      '[',
      '{"a"}',
      '{"a":}',
      '{"a":1,}',
      '[1,]',
      '[,1]',
      '{,}',
      "{'a':1}",
      '{a:1}',
      '01',
      '+1',
      '1.',
      '.5',
      '1e',
      '1e+',
      '-',
      '--1',
      '0x1',
      'NaN',
      'Infinity',
      'tru',
      'truex',
      'nul',
      'undefined',
      '"',
      '"a',
      '"\\x"',
      '"\\u12"',
      '"\\u12g4"',
      '"\t"',
      '"\n"',
      '{"a":1}x',
      '{"a":1}{"a":1}',
      '1 2',
      '[1 2]',
      '{"a" 1}',
      '\ufeff{"a":1}',
      '\u00a0{}',
      '"\\ud800"',
      '"\\udc00"',
      '"\\ud800\\u0041"',
      '"\\ud800x"',
      '"\ud800"',
      '/**/1',
      '{"a":"\u0000"}',
      '["\\',
    ]
    for (const text of bad) expect([text, refusal(text, ['a'])]).toStrictEqual([text, 'answer-not-json'])
    for (const text of bad) expect([text, refusal(text, ['*'])]).toStrictEqual([text, 'answer-not-json'])
    for (const bytes of [
      [0x22, 0xff, 0x22],
      [0x22, 0xed, 0xa0, 0x80, 0x22],
      [0xef, 0xbb, 0xbf, 0x31],
      [0xff, 0xfe],
    ]) {
      expect(refusal(Buffer.from(bytes), ['*'])).toBe('answer-not-json')
    }
  })

  it('reads exactly the texts that JSON.parse reads, where no key is repeated', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"b"',
      '1',
      '-',
      '0',
      '.',
      'e',
      'null',
      'true',
      ' ',
      '\\',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('')
        const code = refusal(text, ['*'])
        if (code !== 'answer-duplicate-keys') expect(code).toBe(parses(text) ? '' : 'answer-not-json')
      }),
      { numRuns: 5000 },
    )
  })

  it('refuses nesting beyond 64 and does not fall over a million brackets', () => {
    expect(refusal(`${'['.repeat(64)}${']'.repeat(64)}`, ['*'])).toBe('')
    expect(refusal(`${'['.repeat(65)}${']'.repeat(65)}`, ['*'])).toBe('answer-too-deep')
    expect(refusal('['.repeat(1_000_000), ['a'])).toBe('answer-too-deep')
    expect(refusal('{"a":'.repeat(1_000_000), ['a'])).toBe('answer-too-deep')
  })
})

describe('pointerValues', () => {
  it('finds values in arrays and objects, each once', () => {
    const answer = '{"persons":[{"nationalId":"1"},{"nationalId":2},{"nationalId":"1"},{"x":1}],"id":"3"}'
    expect(pointerValues(answer, ['/persons/*/nationalId', '/id', '/missing'], 'answer')).toStrictEqual([
      '1',
      '2',
      '3',
    ])
    expect(pointerValues('[{"a/b":"1","m~n":"2"}]', ['/*/a~1b', '/0/m~0n'], 'answer')).toStrictEqual([
      '1',
      '2',
    ])
  })

  it('does not find what an object inherits', () => {
    expect(pointerValues('{}', ['/constructor/name', '/__proto__'], 'answer')).toStrictEqual([])
  })

  it('refuses a request that says a key twice, so that it cannot hide its subject', () => {
    expect(() => pointerValues('{"id":"1","id":"2"}', ['/id'], 'request')).toThrow('request-not-json')
    expect(() => checkJson('{"id":', 'request')).toThrow('request-not-json')
  })
})

function refusal(text: string | Uint8Array, paths: readonly string[]): string {
  try {
    filterJson(text, compileFields(paths))
    return ''
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
}

function parses(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

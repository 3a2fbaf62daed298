import { Problem } from '@sapan/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  formatExchangeTarget,
  memberOf,
  parseExchangeTarget,
  parseGateway,
  parseMember,
  parseService,
  parseSubsystem,
  queryParameterNames,
  queryParameterValues,
  subsystemOf,
} from '../src/address.ts'

const person = 'TH/GOV/DOPA/population/person-v1'

describe('identifiers', () => {
  it('come apart into what officers call them', () => {
    expect(parseService(person)).toStrictEqual({
      id: person,
      instance: 'TH',
      class: 'GOV',
      code: 'DOPA',
      member: 'TH/GOV/DOPA',
      subsystemCode: 'population',
      subsystem: 'TH/GOV/DOPA/population',
      serviceCode: 'person-v1',
      name: 'person',
      version: 'v1',
      service: person,
    })
    expect(parseService('TH/GOV/DOPA/population/listMethods').version).toBeNull()
    expect(parseGateway('TH/GOV/DOPA/gateway-1')).toMatchObject({
      member: 'TH/GOV/DOPA',
      gatewayCode: 'gateway-1',
    })
    expect(memberOf(person)).toBe('TH/GOV/DOPA')
    expect(subsystemOf(person)).toBe('TH/GOV/DOPA/population')
    expect(memberOf('TH/GOV/DOPA')).toBe('TH/GOV/DOPA')
  })

  it('are refused with too few, too many, empty or strange parts', () => {
    const bad = [
      '',
      'TH',
      'TH/GOV',
      'TH/GOV/DOPA/',
      '/TH/GOV/DOPA',
      'TH//DOPA',
      'TH/GOV/..',
      'TH/GOV/D PA',
      'TH/GOV/กรม',
    ]
    bad.push(
      'TH/GOV/D%41',
      'TH/GOV/a\n',
      `TH/GOV/${'a'.repeat(65)}`,
      'TH/GOV/-x',
      'TH/GOV/a\\b',
      'x'.repeat(100_000),
    )
    for (const id of bad)
      expect([id, refusal(() => parseMember(id))]).toStrictEqual([id, 'address-malformed'])
    expect(refusal(() => parseSubsystem('TH/GOV/DOPA'))).toBe('address-malformed')
    expect(refusal(() => parseService(`${person}/more`))).toBe('address-malformed')
  })
})

describe('parseExchangeTarget', () => {
  it('takes a target apart without changing it', () => {
    expect(
      parseExchangeTarget(`/r1/${person}/persons/1%202?a=%2F&b=ก`.replace('ก', '%E0%B8%81')),
    ).toStrictEqual({
      service: person,
      subsystem: 'TH/GOV/DOPA/population',
      member: 'TH/GOV/DOPA',
      servicePath: '/persons/1%202',
      path: `/r1/${person}/persons/1%202`,
      query: 'a=%2F&b=%E0%B8%81',
      raw: `/r1/${person}/persons/1%202?a=%2F&b=%E0%B8%81`,
    })
    expect(parseExchangeTarget(`/r1/${person}`).servicePath).toBe('')
    expect(parseExchangeTarget(`/r1/${person}/`).servicePath).toBe('/')
    expect(parseExchangeTarget(`/r1/${person}/x?`).query).toBe('')
    expect(parseExchangeTarget(`/r1/${person}/x?a?b`).query).toBe('a?b')
  })

  it('refuses bad percent-encoding, dot segments and whatever else two readers could read in two ways', () => {
    const bad = [
      '/%',
      '/%4',
      '/%zz',
      '/a%2fb',
      '/a%2Fb',
      '/a%5cb',
      '/a%00b',
      '/a%0ab',
      '/a%7f',
      '/%ff',
      '/%c0%ae',
      '/%ed%a0%80',
    ]
    bad.push(
      '/.',
      '/..',
      '/./a',
      '/../a',
      '/a/..',
      '/a/../b',
      '/%2e',
      '/%2E%2e/a',
      '/.%2e',
      '/a/%2e/',
      '//',
      '/a//b',
      '/a;x=1',
    )
    bad.push(
      '/a\\b',
      '/a b',
      '/a\tb',
      '/a\0',
      '/a#b',
      '/a?b#c',
      '/a"b',
      '/a<b',
      '/a|b',
      '/กก',
      '/a?b=ก',
      '/a?%',
      '/a?%0',
      '/a?%00',
    )
    bad.push('/a?%ff', '/a?a b', '/a?"', '/a?<', '/a?\\', '/a?b\r\nX: 1', `/${'a'.repeat(8000)}`)
    for (const rest of bad) {
      expect([rest, refusal(() => parseExchangeTarget(`/r1/${person}${rest}`))]).toStrictEqual([
        rest,
        'path-malformed',
      ])
    }
    for (const target of [
      '',
      '*',
      '/',
      'r1/',
      `http://x/r1/${person}`,
      `//x/r1/${person}`,
      `/r2/${person}`,
      `/R1/${person}`,
    ]) {
      expect(refusal(() => parseExchangeTarget(target))).toBe('path-malformed')
    }
    expect(refusal(() => parseExchangeTarget('/r1/TH/GOV'))).toBe('address-malformed')
    expect(refusal(() => parseExchangeTarget('/r1/TH/GOV/D%41PA/a/b/c'))).toBe('address-malformed')
    expect(refusal(() => parseExchangeTarget('/r1/TH/GOV/DOPA/population/'))).toBe('address-malformed')
    expect(refusal(() => parseExchangeTarget('/r1/TH/GOV/DOPA//person-v1'))).toBe('path-malformed')
  })

  it('is the inverse of formatting', () => {
    const code = fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,20}$/)
    const id = fc.tuple(code, code, code, code, code).map((parts) => parts.join('/'))
    const segment = fc.string({ minLength: 1, unit: 'grapheme' }).map(encodeURIComponent)
    const path = fc.array(segment).map((segments) => segments.map((one) => `/${one}`).join(''))
    const query = fc
      .array(fc.tuple(segment, segment))
      .map((pairs) => pairs.map(([a, b]) => `${a}=${b}`).join('&'))
    fc.assert(
      fc.property(id, path, query, (service, servicePath, search) => {
        fc.pre(!/%(?:2F|5C|[01].|7F)|\/\.\.?(?:\/|$)/i.test(servicePath) && !search.includes('%00'))
        const raw = formatExchangeTarget(service, servicePath, search)
        const { service: s, servicePath: p, query: q } = parseExchangeTarget(raw)
        expect([s, p, q]).toStrictEqual([service, servicePath, search])
      }),
    )
  })

  it('never throws anything but a problem, and never lets a dot segment or control through', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom('/', '..', '.', '%2e', '%2f', '%', '%00', '?', '#', ';', '\\', 'a', person),
    )
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const raw = `/r1/${pieces.join('')}`
        const code = refusal(() => {
          const { path, servicePath } = parseExchangeTarget(raw)
          expect(new URL(`http://x${path}`).pathname).toBe(path)
          // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
          expect(decodeURIComponent(servicePath)).not.toMatch(/[\0-\x1f\x7f\\]|\/\//)
        })
        expect(['', 'path-malformed', 'address-malformed']).toContain(code)
      }),
      { numRuns: 3000 },
    )
  })
})

describe('query parameters', () => {
  it('are named decoded, each once, divided by & and ;', () => {
    expect(queryParameterNames('a=1&b=2&a=3&c&=4&%E0%B8%81=5&d+e=6&f=1;g=2')).toStrictEqual([
      'a',
      'b',
      'c',
      '',
      'ก',
      'd e',
      'f',
      'g',
    ])
    expect(queryParameterNames('')).toStrictEqual([])
  })

  it('have their values decoded, in order', () => {
    expect(queryParameterValues('id=1%202&x=3&id=a+b&%69d=4', 'id')).toStrictEqual(['1 2', 'a b', '4'])
  })

  it('have the value that either kind of server reads, where a semicolon may divide', () => {
    expect(queryParameterValues('x=1;id=2', 'id')).toStrictEqual(['2'])
    expect(queryParameterValues('id=1;x=2&id=3', 'id')).toStrictEqual(['1;x=2', '1', '3'])
  })
})

function refusal(act: () => unknown): string {
  try {
    act()
    return ''
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
}

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkDefinition } from '../../src/definition/check.ts'
import { checkFolder } from '../../src/definition/folder.ts'
import { readSource } from '../../src/definition/read/source.ts'
import { sampleFiles } from '../sample/definition.ts'
import { sampleReferences } from '../sample/references.ts'

const files = sampleFiles()
const { service = '', form = '' } = files

const lineOf = (text: string, part: string): number => text.slice(0, text.indexOf(part)).split('\n').length

/** What is found when a file of the sample is another: `form.yaml:12 not-yaml`, the first of them with its reason. */
function found(over: Partial<typeof files>) {
  const { findings } = checkDefinition({ ...files, ...over }, sampleReferences)
  const [first] = findings
  for (const { reason } of findings) {
    expect(reason.th).toMatch(/[\u0E00-\u0E7F]/)
    expect(reason.en).toMatch(/[a-z]/)
  }
  return { all: findings.map(({ file, line, code }) => `${file}:${line} ${code}`), why: first?.reason.en }
}

const named = (line: number, code: string) => expect.arrayContaining([`service.yaml:${line} ${code}`])

describe('a file that is no plain text in UTF-8 is refused at its line', () => {
  const school = lineOf(service, 'School bus card')

  it.each([
    ['letters of another encoding', service.replace('School bus', 'Sch\uFFFDol bus'), 'not UTF-8'],
    ['a NUL', service.replace('School bus', 'Sch\0ol bus'), 'U+0000'],
    ['an escape sequence of a terminal', service.replace('School bus', '\u001B[2JSchool bus'), 'U+001B'],
  ])('for %s', (_, text, why) => {
    const { all, why: told } = found({ service: text })
    expect(all).toEqual([`service.yaml:${school} not-yaml`])
    expect(told).toContain(why)
  })

  it('for one that is written as an escape, too', () => {
    for (const written of ['"Bus\\u0000card"', '"Bus\\uD800card"', '"Bus\\u009Bcard"'])
      expect(found({ service: service.replace('en: School bus card', `en: ${written}`) }).all).toEqual(
        named(school, 'wrong-value'),
      )
  })

  it('and taken with a mark of its byte order, Windows’ ends of lines, and letters of any script', () => {
    const text = `\uFEFF${service.replace('School bus card', 'School bus card ภาษาไทย 𠮷 👩‍👧').replaceAll('\n', '\r\n')}`
    expect(found({ service: text }).all).toEqual([])
  })
})

describe('a file that holds nothing, or no names', () => {
  it.each([
    ['', 'Nothing stands in this file.'],
    ['# later\n', 'Nothing stands in this file.'],
    ['- a\n- b\n', 'names with values'],
    ['hello', 'names with values'],
  ])('%j is refused at its beginning', (text, why) => {
    const { all, why: told } = found({ service: text })
    expect(all).toEqual(['service.yaml:1 wrong-value'])
    expect(told).toContain(why)
  })

  it('is named where it is not there at all', () => {
    const none = { id: files.id, version: 1, tables: {} }
    const { findings } = checkDefinition(none, sampleReferences)
    expect(findings.map(({ file, line, code }) => `${file}:${line} ${code}`)).toEqual(
      ['service', 'form', 'workflow'].map((name) => `${name}.yaml:1 missing-file`),
    )
  })
})

describe('what a file may hide is refused at its line', () => {
  it('tabs as indents', () => {
    const text = service.replace('level: {', 'level:\n\tial: {')
    expect(found({ service: text }).all).toEqual(named(lineOf(text, '\tial'), 'not-yaml'))
  })

  it('aliases that grow into thousands of millions', () => {
    const lists = [...'bcdefghi'].map((name, index) => {
      const before = '*'.concat('abcdefgh'[index] ?? '')
      return `${name}: &${name} [${Array.from({ length: 9 }, () => before).join(', ')}]`
    })
    const { all } = found({ service: ['a: &a [x]', ...lists].join('\n') })
    expect(all).toEqual(named(2, 'alias'))
    expect(all).toEqual(named(9, 'alias'))
  })

  it('names that are lists, numbers or nothing', () => {
    const lines = service.split('\n').length
    for (const name of ['? [a, b]\n: 1', '? {a: b}\n: 1', '7: 1', '? \n: 1'])
      expect(found({ service: `${service}${name}\n` }).all).toEqual(named(lines, 'forbidden-key'))
  })

  it('blocks below blocks, as many as the file holds', () => {
    for (const text of ['- '.repeat(250_000), '? '.repeat(250_000), ' '.repeat(700).replace(/ /g, '- ')])
      expect(found({ service: `a:\n  ${text}1` }).all).toEqual(named(2, 'too-deep'))
  })

  it('any number of names that are not known', () => {
    for (const count of [1, 7, 8, 9, 40]) {
      const names = Array.from({ length: count }, (_, index) => `k${index}: 1\n`)
      expect(found({ service: service + names.join('') }).all).toEqual(
        named(service.split('\n').length, 'unknown-key'),
      )
    }
  })

  it('tens of thousands of names, which are told a few at a time', () => {
    const names = Array.from({ length: 30_000 }, (_, index) => `k${index}: 1`)
    const { all } = found({ service: `${service}${names.join('\n')}\n` })
    expect(all.length).toBeLessThan(50)
    expect(all).toEqual(named(service.split('\n').length, 'unknown-key'))
  })

  it('a name twice among tens of thousands', () => {
    const names = Array.from({ length: 30_000 }, (_, index) => `  k${index}: 1`)
    const text = ['fares:', ...names, '  k7: 2'].join('\n')
    expect(found({ tables: { fares: text } }).all).toEqual(['tables/fares.yaml:30002 duplicate-key'])
  })
})

describe('a table that is not as it must be', () => {
  it.each([
    ['a name twice', 'a: 1\na: 2\n', '2 duplicate-key'],
    ['an alias', 'a: &a 1\nb: *a\n', '2 alias'],
    ['a fraction', 'a: 1\nb: 0.5\n', '2 number'],
    ['a size beyond what is read', `# ${'x'.repeat(600_000)}\na: 1\n`, '1 too-large'],
    ['nothing in it', '', '1 wrong-value'],
  ])('with %s is named itself, and not each expression that reads it', (_, text, at) => {
    expect(found({ tables: { fares: text } }).all).toEqual([`tables/fares.yaml:${at}`])
  })
})

describe('files as they lie on the disk', () => {
  it('are read as bytes: another encoding and any size are found, not thrown', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sapan-files-'))
    try {
      await writeFile(join(folder, 'service.yaml'), Buffer.from(service, 'utf16le'))
      await writeFile(
        join(folder, 'form.yaml'),
        Buffer.concat([Buffer.from(`${form}# `), Buffer.from([0xca, 0xc7])]),
      )
      await writeFile(join(folder, 'workflow.yaml'), Buffer.alloc(20_000_000, '- '))
      const [entry] = await checkFolder(folder, sampleReferences)
      const told = entry?.findings.map(({ file, line, code }) => `${file.split('/').at(-1)}:${line} ${code}`)
      expect(told).toEqual([
        'service.yaml:1 not-yaml',
        `form.yaml:${form.split('\n').length} not-yaml`,
        'workflow.yaml:1 too-large',
      ])
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})

describe('a text that is no YAML', () => {
  it.each([
    ['a:\n\tb: 1\n', 'tab'],
    ['a:\n  b: 1\n c: 2\n', 'indent'],
    ['a:\n  - b: 1\n   c: 2\n', 'indent'],
    ['a: { th: x, en: Sorry: let }\n', 'Inside { }'],
    ['a: { th: x en: y, z: 1 }\n', 'comma'],
    ['when: !answers.x\n', 'in quotes'],
    ['days: 5: 6\n', 'colon'],
    ['a: "x\nb: 1\n', 'quotation mark'],
    ['a: @x\n', 'in quotes'],
    ['a: 1\n---\nb: 2\n', '---'],
  ])('%j is refused by one fault, which says what to do', (text, says) => {
    const { findings } = readSource('form.yaml', text)
    expect(findings.map(({ code }) => code)).toEqual(['not-yaml'])
    expect(findings[0]?.reason.en).toContain(says)
    expect(findings[0]?.reason.th).not.toMatch(/[a-z]{4}/)
  })
})

import { answerUnusable } from '../problems.ts'
import { inPath } from '../remote/answer-path.ts'
import { type Answer, JsonNumber, type RemoteValue } from '../remote/remote-service.ts'
import type { XmlElement } from '../xml/xml-tree.ts'
import type { Content, ElementShape } from './element-shape.ts'
import type { SimpleType } from './simple-type.ts'

const XSI = 'http://www.w3.org/2001/XMLSchema-instance'
const DEEPEST = 12
const MOST = 20_000

/** The text of an element that has attributes too, beside which `@name` are those. */
export const OWN_TEXT = '#text'

interface Place {
  readonly path: string
  readonly list?: string
  /** The contents around this one: one that holds itself is gone into once. */
  readonly around: readonly Content[]
}

/** The single values that may stand in elements of these shapes, as paths. */
export function describedValues(shapes: readonly ElementShape[]): readonly RemoteValue[] {
  const values = new Map<string, RemoteValue>()
  let left = MOST
  const note = (path: string, { list }: Place, { type }: SimpleType) => {
    values.set(path, { path, type, ...(list === undefined ? {} : { list }) })
  }
  const walk = (children: readonly ElementShape[], place: Place): void => {
    for (const shape of children) {
      const content = shape.content()
      left -= 1
      if (left < 0 || place.around.includes(content) || place.around.length > DEEPEST) continue
      const path = joined(place.path, shape.name)
      const { list } = shape.list ? { list: path } : place
      const at = { path, around: [...place.around, content], ...(list === undefined ? {} : { list }) }
      for (const [name, type] of content.attributes) note(joined(path, `@${name}`), at, type)
      if (content.simple !== undefined)
        note(content.attributes.size === 0 ? path : joined(path, OWN_TEXT), at, content.simple)
      walk(content.children, at)
    }
  }
  walk(shapes, { path: '', around: [] })
  return [...values.values()]
}

function joined(path: string, name: string): string {
  return path === '' ? inPath(name) : `${path}/${inPath(name)}`
}

/**
 * What an element holds, as its shape says: members by name, lists where more may stand, null where an optional one is not there.
 * What the shape does not name is left out. Throws `connector-answer-unusable` where what it demands is missing.
 */
export function readContent(element: XmlElement, content: Content): Answer {
  if (element.attributes.get(`{${XSI}}nil`) === 'true') return null
  const { simple, attributes, children } = content
  if (simple !== undefined && attributes.size === 0) return readValue(element.text, simple)
  const found: Record<string, Answer> = Object.create(null)
  for (const [name, type] of attributes) {
    const value = element.attributes.get(name)
    if (value !== undefined) found[`@${name}`] = readValue(value, type)
  }
  if (simple !== undefined) found[OWN_TEXT] = readValue(element.text, simple)
  return { ...found, ...readMembers(element, children) }
}

/** The members that elements of these shapes make. */
export function readMembers(
  element: XmlElement,
  shapes: readonly ElementShape[],
): { [name: string]: Answer } {
  const found: Record<string, Answer> = Object.create(null)
  const byName = Map.groupBy(element.children, ({ name }) => name)
  for (const shape of shapes) {
    const { name, list, required } = shape
    const here = byName.get(name) ?? []
    if (required && here.length === 0) throw answerUnusable(lacks(name))
    if (!list && here.length > 1) throw answerUnusable(tooMany(name))
    const values = here.map((one) => readContent(one, shape.content()))
    found[name] = list ? values : (values[0] ?? null)
  }
  return found
}

/** Letters of a number; more would take the longer to read, by their square. */
const LONGEST_NUMBER = 1000

function readValue(written: string, { type }: SimpleType): Answer {
  if (type === 'string') return written
  const text = written.trim()
  if (text === '') return null
  if (type === 'boolean') return /^(true|1)$/.test(text) ? true : /^(false|0)$/.test(text) ? false : text
  if (text.length > LONGEST_NUMBER) return text
  const [, sign = '', digits] = /^([+-]?)0*([0-9][0-9]*(?:\.[0-9]+)?)$/.exec(text) ?? []
  return digits === undefined ? text : new JsonNumber(`${sign === '-' ? '-' : ''}${digits}`)
}

function lacks(name: string) {
  return {
    th: `ไม่มี “${name}” ในคำตอบ ซึ่งคำอธิบายของบริการบอกว่าต้องมี`,
    en: `“${name}” is not in the answer, where the service's description demands it`,
  }
}

function tooMany(name: string) {
  return {
    th: `“${name}” มีมากกว่าหนึ่งในคำตอบ ซึ่งคำอธิบายของบริการบอกว่ามีได้หนึ่ง`,
    en: `there is more than one “${name}” in the answer, where the service's description has one`,
  }
}

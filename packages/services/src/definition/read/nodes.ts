import { type Document, isCollection, isMap, isNode, isScalar, visit, type YAMLMap } from 'yaml'
import type { Finding } from '../finding.ts'
import { strangeLetter } from './letters.ts'
import type { At } from './source.ts'

const DEEPEST = 24
const FORBIDDEN = new Set(['__proto__', 'prototype', 'constructor'])

/** What YAML can say and no definition may: aliases, names twice or that JavaScript keeps for itself, fractions, depths. */
export function faultsOfNodes(document: Document.Parsed, at: At): readonly Finding[] {
  const findings: Finding[] = []
  visit(document, {
    Alias: (_, node) => {
      findings.push(at(node, 'alias', { th: 'ใช้ alias (*) ไม่ได้', en: 'Aliases (*) are not taken.' }))
    },
    Pair: (_, { key }) => {
      if (isScalar(key) && typeof key.value === 'string' && !FORBIDDEN.has(key.value)) return
      findings.push(
        at(isNode(key) ? key : undefined, 'forbidden-key', {
          th: 'ใช้ชื่อนี้ไม่ได้',
          en: 'This cannot be a name here.',
        }),
      )
    },
    Scalar: (key, node) => {
      const strange = typeof node.value === 'string' ? strangeLetter(node.value) : undefined
      if (strange !== undefined) findings.push(at(node, 'wrong-value', strange.reason))
      if (key === 'key' || typeof node.value !== 'number' || Number.isSafeInteger(node.value)) return
      findings.push(
        at(node, 'number', {
          th: 'จำนวนต้องเป็นจำนวนเต็ม เงินเป็นสตางค์ หรือใส่เครื่องหมายคำพูดให้เป็นข้อความ',
          en: 'Numbers are whole, money in satang. Put it in quotes where it is a text.',
        }),
      )
    },
    Collection: (_, node, path) => {
      if (isMap(node)) findings.push(...namesTwice(node, at))
      if (path.filter(isCollection).length < DEEPEST) return undefined
      findings.push(at(node, 'too-deep', { th: 'ข้อมูลซ้อนกันลึกเกินไป', en: 'The data lies too deep.' }))
      return visit.SKIP
    },
  })
  return findings
}

function namesTwice({ items }: YAMLMap, at: At): readonly Finding[] {
  const seen = new Set<unknown>()
  return items.flatMap(({ key }) => {
    if (!isScalar(key)) return []
    if (seen.has(key.value))
      return [at(key, 'duplicate-key', { th: 'มีชื่อนี้แล้วในกลุ่มเดียวกัน', en: 'This name stands here twice.' })]
    seen.add(key.value)
    return []
  })
}

import { type Document, isCollection, isScalar, type Node, visit } from 'yaml'
import type { Finding } from '../finding.ts'
import type { At } from './source.ts'

const DEEPEST = 24
const FORBIDDEN = new Set(['__proto__', 'prototype', 'constructor'])

/** What YAML can say and no definition may: aliases, names that JavaScript keeps for itself, fractions, depths. */
export function faultsOfNodes(document: Document.Parsed, at: At): readonly Finding[] {
  const findings: Finding[] = []
  visit(document, {
    Alias: (_, node) => {
      findings.push(at(node, 'alias', { th: 'ใช้ alias (*) ไม่ได้', en: 'Aliases (*) are not taken.' }))
    },
    Pair: (_, { key }) => {
      if (isScalar(key) && typeof key.value === 'string' && !FORBIDDEN.has(key.value)) return
      findings.push(at(nodeOf(key), 'forbidden-key', { th: 'ใช้ชื่อนี้ไม่ได้', en: 'This cannot be a name here.' }))
    },
    Scalar: (key, node) => {
      if (key === 'key' || typeof node.value !== 'number' || Number.isSafeInteger(node.value)) return
      findings.push(
        at(node, 'number', {
          th: 'จำนวนต้องเป็นจำนวนเต็ม เงินเป็นสตางค์ หรือใส่เครื่องหมายคำพูดให้เป็นข้อความ',
          en: 'Numbers are whole, money in satang. Put it in quotes where it is a text.',
        }),
      )
    },
    Collection: (_, node, path) => {
      if (path.filter(isCollection).length < DEEPEST) return undefined
      findings.push(at(node, 'too-deep', { th: 'ข้อมูลซ้อนกันลึกเกินไป', en: 'The data lies too deep.' }))
      return visit.SKIP
    },
  })
  return findings
}

function nodeOf(key: unknown): Node | undefined {
  return isScalar(key) ? key : undefined
}

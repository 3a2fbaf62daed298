import type { Node, Syntax } from '@sapan/cel'
import type { Text } from '@sapan/kernel'
import { signatures } from './signatures.ts'
import {
  any,
  either,
  isNumber,
  isText,
  isYesNo,
  listOf,
  mayBeSame,
  money,
  nameOf,
  objectOfTypes,
  type ValueType,
  whole,
  yesNo,
} from './type.ts'

/** What does not fit, where it stands in the expression. */
export interface Misfit {
  readonly offset: number
  readonly reason: Text
}

export interface Inferred {
  readonly type: ValueType
  readonly misfits: readonly Misfit[]
}

type Names = Readonly<Record<string, ValueType>>

/** What an expression comes to, and what in it does not fit together. Pure. */
export function inferType(syntax: Syntax, names: Names): Inferred {
  const inference = new Inference(syntax)
  const type = inference.of(syntax.root, names)
  if (type.kind !== 'product') return { type, misfits: inference.misfits }
  const offset = syntax.at(syntax.root)
  return { type, misfits: [...inference.misfits, { offset, reason: together('*', money, money) }] }
}

class Inference {
  readonly misfits: Misfit[] = []
  readonly #syntax: Syntax

  constructor(syntax: Syntax) {
    this.#syntax = syntax
  }

  of(node: Node | undefined, names: Names): ValueType {
    const kind = node?.exprKind
    switch (kind?.case) {
      case 'constExpr':
        return constant(kind.value.constantKind)
      case 'identExpr':
        return names[kind.value.name] ?? any
      case 'selectExpr': {
        const from = this.of(kind.value.operand, names)
        if (kind.value.testOnly) return yesNo
        return from.kind === 'object' ? from.below(kind.value.field) : any
      }
      case 'listExpr': {
        const types = kind.value.elements.map((one) => this.of(one, names))
        return listOf(types.length === 0 ? any : types.reduce(either))
      }
      case 'structExpr':
        return this.#object(kind.value.entries, names)
      case 'callExpr':
        return this.#call(node as Node, kind.value, names)
      case 'comprehensionExpr':
        return this.#loop(node as Node, kind.value, names)
      default:
        return any
    }
  }

  #object(entries: Struct['entries'], names: Names): ValueType {
    const types = entries.map(({ keyKind, value }): [string, ValueType] => {
      const key = keyKind.case === 'mapKey' ? keyKind.value.exprKind : undefined
      const name = key?.case === 'constExpr' ? key.value.constantKind.value : ''
      return [String(name), this.of(value, names)]
    })
    return objectOfTypes(Object.fromEntries(types))
  }

  #call(node: Node, { function: name, target, args }: Call, names: Names): ValueType {
    if (name === '_?_:_') return this.#choice(args, names)
    if (name === '_[_]') return this.#indexed(args, names)
    const nodes = target === undefined ? args : [target, ...args]
    const given = nodes.map((one) => this.of(one, names))
    const operator = operators[name]
    if (operator !== undefined) return this.#operator(node, operator, given)
    const signature = signatures[`${name}/${given.length}`]
    if (signature === undefined) return any
    given.forEach((one, at) => {
      const taking = signature.takes[at]
      if (taking !== undefined && !taking.accepts(one))
        this.#refuse(nodes[at] ?? node, takes(name, taking.is, one))
    })
    return signature.gives(given)
  }

  #operator(node: Node, { fits, gives, sign }: Operator, given: readonly ValueType[]): ValueType {
    const [one = any, other = any] = given
    if (!fits(one, other)) this.#refuse(node, together(sign, one, given.length > 1 ? other : undefined))
    return gives(one, other)
  }

  #choice([condition, one, other]: readonly Node[], names: Names): ValueType {
    this.expect(condition, names, isYesNo, yesNo)
    const [first, second] = [this.of(one, names), this.of(other, names)]
    if (other !== undefined && !isAlike(first, second)) this.#refuse(other, wants(first, second))
    return either(first, second)
  }

  /** A condition within an expression. */
  expect(node: Node | undefined, names: Names, fits: (type: ValueType) => boolean, is: ValueType): void {
    const type = this.of(node, names)
    if (node !== undefined && !fits(type)) this.#refuse(node, wants(is, type))
  }

  #indexed([list, index]: readonly Node[], names: Names): ValueType {
    const from = this.of(list, names)
    const at = index?.exprKind.case === 'constExpr' ? index.exprKind.value.constantKind : undefined
    if (from.kind === 'object') return at?.case === 'stringValue' ? from.below(at.value) : any
    if (from.kind !== 'list') return any
    this.expect(index, names, isNumber, whole)
    return from.of
  }

  /** `all`, `exists`, `map`, `filter`: a variable goes through a list, and something is gathered. */
  #loop(
    node: Node,
    { iterRange, iterVar, accuVar, accuInit, loopStep, result }: Loop,
    names: Names,
  ): ValueType {
    const range = this.of(iterRange, names)
    if (range.kind !== 'any' && range.kind !== 'list' && range.kind !== 'object')
      this.#refuse(iterRange ?? node, wants(listOf(any), range))
    const inside = {
      ...names,
      [iterVar]: range.kind === 'list' ? range.of : any,
      [accuVar]: this.of(accuInit, names),
    }
    const gathered = this.of(loopStep, inside)
    return this.of(result, { ...inside, [accuVar]: gathered })
  }

  #refuse(node: Node, reason: Text): void {
    this.misfits.push({ offset: this.#syntax.at(node), reason })
  }
}

type Of<K extends Node['exprKind']['case']> = Extract<Node['exprKind'], { case: K }>['value']
type Call = Of<'callExpr'>
type Loop = Of<'comprehensionExpr'>
type Struct = Of<'structExpr'>
type Constant = Of<'constExpr'>['constantKind']

function constant({ case: kind, value }: Constant): ValueType {
  if (kind === 'stringValue') return { kind: 'choice', values: [value] }
  if (kind === 'int64Value') return whole
  if (kind === 'boolValue') return yesNo
  return kind === 'nullValue' ? { kind: 'null' } : any
}

interface Operator {
  readonly sign: string
  fits(one: ValueType, other: ValueType): boolean
  gives(one: ValueType, other: ValueType): ValueType
}

const bothNumbers = (one: ValueType, other: ValueType) => isNumber(one) && isNumber(other)
/** Products go with products: two shares are held against each other, or added, before they are divided. */
const likeNumbers = (one: ValueType, other: ValueType) =>
  bothNumbers(one, other) || (one.kind === 'product' && other.kind === 'product')
const condition = (sign: string): Operator => ({
  sign,
  fits: (one, other) => isYesNo(one) && isYesNo(other),
  gives: () => yesNo,
})
const sameness = (sign: string): Operator => ({ sign, fits: mayBeSame, gives: () => yesNo })
const order = (sign: string): Operator => ({
  sign,
  fits: (one, other) => likeNumbers(one, other) || (isText(one) && isText(other) && isOrdered(one, other)),
  gives: () => yesNo,
})
const arithmetic = (sign: string): Operator => ({ sign, fits: bothNumbers, gives: either })
/** A bound of a choice need be no choice itself; what a day is held against is one. */
const isOrdered = (one: ValueType, other: ValueType) =>
  [one, other].some(({ kind }) => kind === 'date' || kind === 'month') ? mayBeSame(one, other) : true

const operators: Readonly<Record<string, Operator>> = {
  '_&&_': condition('&&'),
  '_||_': condition('||'),
  '!_': { sign: '!', fits: isYesNo, gives: () => yesNo },
  '_==_': sameness('=='),
  '_!=_': sameness('!='),
  '_<_': order('<'),
  '_<=_': order('<='),
  '_>_': order('>'),
  '_>=_': order('>='),
  '_+_': {
    sign: '+',
    fits: (one, other) => likeNumbers(one, other) || (isText(one) && isText(other)) || isListLike(one, other),
    gives: (one, other) =>
      isText(one) && isText(other) && one.kind !== 'any' ? { kind: 'text' } : either(one, other),
  },
  '_-_': { ...arithmetic('-'), fits: likeNumbers },
  '-_': { sign: '-', fits: isNumber, gives: (one) => one },
  // Satang times satang is no amount before it is divided by one.
  '_*_': {
    sign: '*',
    fits: bothNumbers,
    gives: (one, other) =>
      one.kind === 'money' && other.kind === 'money' ? { kind: 'product' } : either(one, other),
  },
  '_/_': {
    sign: '/',
    fits: (one, other) => likeNumbers(one, other) || (one.kind === 'product' && isNumber(other)),
    gives: (one, other) => {
      if (one.kind === other.kind && (one.kind === 'money' || one.kind === 'product')) return whole
      if (one.kind !== 'product') return either(one, other)
      return other.kind === 'whole' ? one : money
    },
  },
  '_%_': arithmetic('%'),
  '@in': {
    sign: 'in',
    fits: (one, { kind, ...list }) =>
      kind === 'any' || kind === 'object' || (kind === 'list' && 'of' in list && mayBeSame(one, list.of)),
    gives: () => yesNo,
  },
  // What a loop goes on with is no condition of whoever wrote it.
  '@not_strictly_false': { sign: '', fits: () => true, gives: () => yesNo },
}

/** Whether what comes of one can stand where the other does; two texts always can. */
function isAlike(one: ValueType, other: ValueType): boolean {
  return (isText(one) && isText(other)) || mayBeSame(one, other)
}

function isListLike(one: ValueType, other: ValueType): boolean {
  const isList = ({ kind }: ValueType) => kind === 'list' || kind === 'any'
  return isList(one) && isList(other)
}

/** Money and fractions have a reason of their own: amounts are whole satang. */
function together(sign: string, one: ValueType, other: ValueType | undefined): Text {
  const [a, b] = [nameOf(one), other && nameOf(other)]
  const values = literals(one, other)
  if (values !== undefined) return values
  const more = [one, other].some((type) => type?.kind === 'decimal')
    ? { th: ' จำนวนเงินเป็นสตางค์เต็ม ไม่มีทศนิยม', en: ' Amounts are whole satang, without fractions.' }
    : { th: '', en: '' }
  if (b === undefined)
    return { th: `ใช้ ${sign} กับ${a.th}ไม่ได้${more.th}`, en: `${sign} does not go with ${a.en}.${more.en}` }
  return {
    th: `ใช้ ${sign} ระหว่าง${a.th}กับ${b.th}ไม่ได้${more.th}`,
    en: `${sign} does not go between ${a.en} and ${b.en}.${more.en}`,
  }
}

/** A text that is written there, and can never be what stands on the other side. */
function literals(one: ValueType, other: ValueType | undefined): Text | undefined {
  const [written, rest] = one.kind === 'choice' && one.values.length === 1 ? [one, other] : [other, one]
  if (written?.kind !== 'choice' || written.values.length !== 1) return undefined
  const [value = ''] = written.values
  if (rest?.kind === 'choice')
    return {
      th: `ไม่มีตัวเลือก “${value}” มี: ${rest.values.join(', ')}`,
      en: `There is no choice “${value}”. There are: ${rest.values.join(', ')}.`,
    }
  if (rest?.kind !== 'date' && rest?.kind !== 'month') return undefined
  const form = rest.kind === 'date' ? '2026-02-28' : '2026-02'
  return {
    th: `“${value}” ไม่ใช่${nameOf(rest).th} เขียนอย่าง “${form}”`,
    en: `“${value}” is not ${nameOf(rest).en}: write it like “${form}”.`,
  }
}

function takes(name: string, is: ValueType, given: ValueType): Text {
  return {
    th: `${name}() รับ${nameOf(is).th} ไม่ใช่${nameOf(given).th}`,
    en: `${name}() takes ${nameOf(is).en}, not ${nameOf(given).en}.`,
  }
}

/** What a place wants, and what came. */
export function wants(is: ValueType, given: ValueType): Text {
  return {
    th: `ตรงนี้ต้องเป็น${nameOf(is).th} แต่เป็น${nameOf(given).th}`,
    en: `This must be ${nameOf(is).en}, and it is ${nameOf(given).en}.`,
  }
}

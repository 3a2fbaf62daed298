import { ExpressionFault } from './fault.ts'
import type { Node, Syntax } from './syntax.ts'
import { type Callable, macros } from './vocabulary.ts'

/** What an expression may read, found without running it. */
export interface Reads {
  /**
   * `answers.salary`, `answers.children.birthDate`: lists' numbers left out. What of a table depends on a value is `*`:
   * `tables.fees.*.amount`.
   */
  readonly paths: readonly string[]
  /** Those of which it asks whether they are there (`has`, `orElse`), and so can do without. */
  readonly optional: readonly string[]
}

const MOST_NODES = 1200
const MOST_LOOPS = 2

/** What there is to read and to call. */
export interface Known {
  readonly roots: readonly string[]
  readonly callables: Readonly<Record<string, Callable>>
  readonly neverWhole: ReadonlySet<string>
}

/** Throws `ExpressionFault` for names and functions that expressions don't have, and for fractions. */
export function readsOf(syntax: Syntax, known: Known): Reads {
  const walk = new Walk(syntax, known)
  walk.visit(syntax.root, new Map(), 0)
  return { paths: [...walk.paths].sort(), optional: [...walk.optional].sort() }
}

type Entry = Extract<Node['exprKind'], { case: 'structExpr' }>['value']['entries'][number]

/** What an iteration's variable stands for: paths. */
type Scope = ReadonlyMap<string, readonly string[]>

class Walk {
  readonly paths = new Set<string>()
  readonly optional = new Set<string>()
  readonly #syntax: Syntax
  readonly #roots: readonly string[]
  readonly #callables: Readonly<Record<string, Callable>>
  readonly #neverWhole: ReadonlySet<string>
  #nodes = 0

  constructor(syntax: Syntax, { roots, callables, neverWhole }: Known) {
    this.#syntax = syntax
    this.#roots = roots
    this.#callables = callables
    this.#neverWhole = neverWhole
  }

  #fault(node: Node, th: string, en: string): ExpressionFault {
    return new ExpressionFault({ th, en }, this.#syntax.at(node))
  }

  visit(node: Node, scope: Scope, loops: number): void {
    this.#nodes += 1
    if (this.#nodes > MOST_NODES)
      throw this.#fault(node, 'นิพจน์ซับซ้อนเกินไป', 'The expression has too many parts.')
    const kind = node.exprKind
    switch (kind.case) {
      case 'constExpr':
        this.#constant(node)
        break
      case 'identExpr':
      case 'selectExpr':
        this.#path(node, scope, loops)
        break
      case 'callExpr':
        this.#call(node, scope, loops)
        break
      case 'comprehensionExpr':
        this.#loop(node, scope, loops)
        break
      case 'listExpr':
        for (const one of kind.value.elements) this.visit(one, scope, loops)
        break
      case 'structExpr':
        if (kind.value.messageName !== '')
          throw this.#fault(node, 'ไม่รองรับรูปแบบนี้', 'Expressions have no such thing.')
        for (const entry of kind.value.entries) this.#entry(entry, scope, loops)
        break
      default:
        throw this.#fault(node, 'ไม่รองรับรูปแบบนี้', 'Expressions have no such thing.')
    }
  }

  #entry({ keyKind, value }: Entry, scope: Scope, loops: number): void {
    if (keyKind.case === 'mapKey') this.visit(keyKind.value, scope, loops)
    if (value !== undefined) this.visit(value, scope, loops)
  }

  #constant(node: Node): void {
    const kind = node.exprKind.case === 'constExpr' ? node.exprKind.value.constantKind.case : undefined
    if (kind === 'doubleValue')
      throw this.#fault(
        node,
        'ใช้เลขทศนิยมไม่ได้: จำนวนเงินเป็นสตางค์เต็ม ใช้ percent() สำหรับร้อยละ',
        'There are no fractions here: amounts are whole satang, and percent() takes a percentage.',
      )
    if (kind === 'uint64Value' || kind === 'bytesValue')
      throw this.#fault(node, 'ใช้ค่าชนิดนี้ไม่ได้', 'Values of this kind have no use here.')
  }

  /** `answers.child.name`, `answers.children[0].name`, `item`. */
  #path(node: Node, scope: Scope, loops: number): void {
    for (const path of this.#pathsOf(node, scope)) this.#read(node, path)
    this.#below(node, scope, loops)
  }

  #read(node: Node, path: string): void {
    if (this.#neverWhole.has(path))
      throw this.#fault(node, `ต้องบอกว่าอ่านอะไรใน ${path}`, `Say what of ${path} is read: ${path}.name.`)
    this.paths.add(path)
    if (node.exprKind.case === 'selectExpr' && node.exprKind.value.testOnly) this.optional.add(path)
  }

  /** What a path stands on where that is no path itself: indexes, and lists that were made. */
  #below(node: Node, scope: Scope, loops: number): void {
    const kind = node.exprKind
    if (kind.case === 'identExpr') return
    if (kind.case === 'selectExpr') {
      if (kind.value.operand !== undefined) this.#below(kind.value.operand, scope, loops)
      return
    }
    if (kind.case === 'callExpr' && kind.value.function === '_[_]') {
      const [list, index] = kind.value.args
      if (list !== undefined) this.#below(list, scope, loops)
      if (index !== undefined) this.visit(index, scope, loops)
      return
    }
    this.visit(node, scope, loops)
  }

  #pathsOf(node: Node, scope: Scope): readonly string[] {
    const kind = node.exprKind
    if (kind.case === 'identExpr') return this.#named(node, kind.value.name, scope)
    if (kind.case === 'selectExpr') {
      const { operand, field } = kind.value
      return operand === undefined ? [] : this.#pathsOf(operand, scope).map((path) => `${path}.${field}`)
    }
    if (kind.case === 'listExpr') return kind.value.elements.flatMap((one) => this.#pathsOf(one, scope))
    if (kind.case === 'comprehensionExpr') return this.#pathsOfLoop(node, scope)
    if (kind.case !== 'callExpr') return []
    const [first, second, third] = kind.value.args
    if (kind.value.function === '_[_]' && first !== undefined && second !== undefined)
      return this.#indexed(first, second, scope)
    const chosen = kind.value.function === '_?_:_' ? [second, third] : []
    const either =
      kind.value.function === 'orElse' || kind.value.function === '_+_' ? [first, second] : chosen
    return either.flatMap((one) => (one === undefined ? [] : this.#pathsOf(one, scope)))
  }

  #named(node: Node, name: string, scope: Scope): readonly string[] {
    const bound = scope.get(name)
    if (bound !== undefined) return bound
    if (this.#roots.includes(name)) return [name]
    throw this.#fault(
      node,
      `ไม่มี “${name}” ให้อ่าน มี: ${this.#roots.join(', ')}`,
      `There is no “${name}” to read. There are: ${this.#roots.join(', ')}.`,
    )
  }

  #indexed(list: Node, index: Node, scope: Scope): readonly string[] {
    const paths = this.#pathsOf(list, scope)
    const constant = index.exprKind.case === 'constExpr' ? index.exprKind.value.constantKind : undefined
    if (constant?.case === 'stringValue' && !constant.value.includes('.'))
      return paths.map((path) => `${path}.${constant.value}`)
    // A list's number is a number; a table may also have names that only an answer says.
    return constant?.case === 'int64Value'
      ? paths
      : paths.map((path) => (path.startsWith('tables.') ? `${path}.*` : path))
  }

  /** What `filter` and `map` put into their lists: `@result + [what]`. */
  #pathsOfLoop(node: Node, scope: Scope): readonly string[] {
    if (node.exprKind.case !== 'comprehensionExpr') return []
    const { iterRange, iterVar, loopStep } = node.exprKind.value
    const put = loopStep === undefined ? undefined : appended(loopStep)
    if (iterRange === undefined || put === undefined) return []
    return this.#pathsOf(put, new Map([...scope, [iterVar, this.#pathsOf(iterRange, scope)]]))
  }

  #call(node: Node, scope: Scope, loops: number): void {
    if (node.exprKind.case !== 'callExpr') return
    const { function: name, target, args } = node.exprKind.value
    if (name === '_[_]') {
      this.#path(node, scope, loops)
      return
    }
    if (/^[A-Za-z]/.test(name)) this.#refuseUnknownCall(node, name, target !== undefined, args.length)
    if (name === 'orElse') this.#orElse(node, args, scope)
    if (target !== undefined) this.visit(target, scope, loops)
    for (const one of args) this.visit(one, scope, loops)
  }

  #orElse(node: Node, args: readonly Node[], scope: Scope): void {
    const [first] = args
    if (first?.exprKind.case !== 'selectExpr' || first.exprKind.value.testOnly)
      throw this.#fault(
        node,
        'orElse ต้องเริ่มด้วยสิ่งที่อ่าน เช่น orElse(answers.amount, 0)',
        'orElse begins with what is read: orElse(answers.amount, 0).',
      )
    for (const path of this.#pathsOf(first, scope)) this.optional.add(path)
  }

  #refuseUnknownCall(node: Node, name: string, isMethod: boolean, count: number): void {
    if (macros.includes(name))
      throw this.#fault(node, `ใช้ ${name} ไม่ถูกรูปแบบ`, `${name} is not used as CEL says.`)
    const callable = Object.hasOwn(this.#callables, name) ? this.#callables[name] : undefined
    if (callable === undefined) throw this.#fault(node, `ไม่มีฟังก์ชัน ${name}`, `There is no function ${name}.`)
    const counts = (isMethod ? callable.asMethod : callable.asFunction) ?? []
    if (counts.includes(count)) return
    const how = isMethod ? '…' : ''
    throw this.#fault(
      node,
      `${how}${name}() ไม่รับอาร์กิวเมนต์ ${count} ตัว`,
      counts.length === 0
        ? `${name} is not used ${isMethod ? 'behind a dot' : 'without something before it'}.`
        : `${name} takes ${counts.join(' or ')} arguments, not ${count}.`,
    )
  }

  #loop(node: Node, scope: Scope, loops: number): void {
    if (node.exprKind.case !== 'comprehensionExpr') return
    const { iterRange, iterVar, loopStep, accuVar, accuInit } = node.exprKind.value
    if (loops === MOST_LOOPS) throw this.#fault(node, 'วนซ้อนกันเกินสองชั้น', 'Loops lie more than two deep.')
    if (this.#roots.includes(iterVar) || scope.has(iterVar))
      throw this.#fault(node, `ชื่อ “${iterVar}” ใช้อยู่แล้ว`, `The name “${iterVar}” is taken.`)
    if (iterRange === undefined || loopStep === undefined || accuInit === undefined) return
    this.visit(iterRange, scope, loops)
    const inside = new Map([...scope, [iterVar, this.#pathsOf(iterRange, scope)], [accuVar, []]])
    this.visit(loopStep, inside, loops + 1)
  }
}

function appended(step: Node): Node | undefined {
  if (step.exprKind.case !== 'callExpr') return undefined
  const { function: name, args } = step.exprKind.value
  if (name === '_?_:_') return args[1] === undefined ? undefined : appended(args[1])
  const list = name === '_+_' ? args[1]?.exprKind : undefined
  return list?.case === 'listExpr' ? list.value.elements[0] : undefined
}

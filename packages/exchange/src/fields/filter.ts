import { errorFields, type FieldNode, type FieldSet } from './field-set.ts'
import { JsonScanner, jsonText, openArray, openObject } from './json-scanner.ts'

/** An answer with what was granted, and which of the granted paths it had. */
export interface FilteredAnswer {
  readonly text: string
  readonly present: readonly string[]
}

/**
 * What of a JSON answer is granted, copied byte for byte: numbers and strings as they were written. Objects and
 * arrays on the way to a granted place stay, also where they end up empty; a plain value that stands where an object
 * was granted is dropped. Throws Problem `answer-not-json`, `answer-duplicate-keys` or `answer-too-deep`.
 */
export function filterJson(body: string | Uint8Array, allowed: FieldSet): string {
  return filterAnswer(body, allowed).text
}

/** As `filterJson`, for an answer with a status from 400 on: its plain `type`, `title` and `status` pass also. */
export function filterErrorJson(body: string | Uint8Array, allowed: FieldSet): string {
  return filterAnswer(body, errorFields(allowed)).text
}

/** As `filterJson`, with the granted paths that were there. */
export function filterAnswer(body: string | Uint8Array, allowed: FieldSet): FilteredAnswer {
  return new Filter(jsonText(body, 'answer'), allowed).run()
}

class Filter {
  readonly #scanner: JsonScanner
  readonly #allowed: FieldSet
  readonly #seen: Uint8Array
  #out = ''

  constructor(text: string, allowed: FieldSet) {
    this.#scanner = new JsonScanner(text, 'answer')
    this.#allowed = allowed
    this.#seen = new Uint8Array(allowed.paths.length)
  }

  run(): FilteredAnswer {
    const { root, paths } = this.#allowed
    const code = this.#scanner.peek()
    if (this.#passes(root)) this.#value(root)
    else {
      this.#scanner.skip()
      this.#out = code === openObject ? '{}' : code === openArray ? '[]' : 'null'
    }
    this.#scanner.end()
    return { text: this.#out, present: paths.filter((_, n) => this.#seen[n] === 1) }
  }

  /** Whether something of the value that comes next is written. */
  #passes(node: FieldNode): boolean {
    if (node.whole) return true
    const code = this.#scanner.text.charCodeAt(this.#scanner.at)
    const contains = code === openObject || code === openArray
    return contains ? node.children.size > 0 : node.plain
  }

  #value(node: FieldNode): void {
    const scanner = this.#scanner
    const code = scanner.text.charCodeAt(scanner.at)
    if (node.whole || (code !== openObject && code !== openArray)) this.#copy(node)
    else if (code === openObject) this.#object(node)
    else this.#array(node)
  }

  #copy(node: FieldNode): void {
    const start = this.#scanner.at
    this.#scanner.skip()
    this.#out += this.#scanner.text.slice(start, this.#scanner.at)
    if (node.path !== -1) this.#seen[node.path] = 1
  }

  #object(node: FieldNode): void {
    let separator = ''
    this.#out += '{'
    this.#scanner.object((name, keyStart, keyEnd) => {
      const child = node.children.get(name)
      if (child === undefined || !this.#passes(child)) return this.#scanner.skip()
      this.#out += `${separator}${this.#scanner.text.slice(keyStart, keyEnd)}:`
      separator = ','
      this.#value(child)
    })
    this.#out += '}'
  }

  #array(node: FieldNode): void {
    let separator = ''
    this.#out += '['
    this.#scanner.array(() => {
      const code = this.#scanner.text.charCodeAt(this.#scanner.at)
      // A plain value in an array is a value at the array's own place, where only what is below is granted.
      if (code !== openObject && code !== openArray) return this.#scanner.skip()
      this.#out += separator
      separator = ','
      this.#value(node)
    })
    this.#out += ']'
  }
}

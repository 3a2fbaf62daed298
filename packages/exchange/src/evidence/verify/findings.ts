import type { Text } from '@sapan/kernel'

/** One check of a file, with its outcome in words. */
export interface Finding {
  /** Kebab-case, for programs: `answer-signature`. */
  readonly check: string
  readonly passed: boolean
  readonly text: Text
  /** The file inside the container that it is about. */
  readonly file?: string
}

/** What the checks found, in their order. */
export class Findings {
  readonly list: Finding[] = []

  get valid(): boolean {
    return this.list.every(({ passed }) => passed)
  }

  /** Notes a check, in the words of its outcome, and gives the outcome back. */
  note(
    check: string,
    passed: boolean,
    words: { readonly yes: Text; readonly no: Text },
    file?: string,
  ): boolean {
    const text = passed ? words.yes : words.no
    this.list.push({ check, passed, text, ...(file === undefined ? {} : { file }) })
    return passed
  }

  fail(check: string, text: Text, file?: string): false {
    this.note(check, false, { yes: text, no: text }, file)
    return false
  }

  pass(check: string, text: Text, file?: string): true {
    this.note(check, true, { yes: text, no: text }, file)
    return true
  }
}

/** What an error says that a reader may see. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

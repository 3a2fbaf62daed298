import { type Operation, operationsOf } from '../openapi/operations.ts'
import type { References } from '../references.ts'

/** Finds what definitions name by short names. */
export class Names {
  readonly #references: References
  readonly #operations = new Map<string, readonly Operation[]>()

  constructor(references: References) {
    this.#references = references
  }

  /** `RD` as `TH/GOV/RD`; what is no member stays as it is. */
  member(short: string): string {
    return this.#references.members.find((one) => one.short === short)?.id ?? short
  }

  /** `RD/efiling` as `TH/GOV/RD/efiling`, with whatever follows. */
  service(address: string): string {
    const [short = '', ...rest] = address.split('/')
    return [this.member(short), ...rest].join('/')
  }

  operation(service: string, id: string): Operation | undefined {
    return this.operations(service).find((one) => one.id === id)
  }

  operations(service: string): readonly Operation[] {
    const known = this.#operations.get(service)
    if (known !== undefined) return known
    const document = this.#references.services.get(service)
    const operations = document === undefined ? [] : operationsOf(document)
    this.#operations.set(service, operations)
    return operations
  }
}

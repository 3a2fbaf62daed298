import type { JsonValue } from '@sapan/casework'
import type { Values } from '@sapan/cel'
import type { Form } from '../definition/form.ts'
import { type CalculatedField, needsOf } from './needs.ts'

export type Calculation = Readonly<Record<string, JsonValue>>

type Calculating = Pick<Form, 'calculated'>

/** What is calculated from values, in the definition's order; what is not known yet is left out. Pure. */
export function calculateFrom({ form }: { readonly form: Calculating }, values: Values): Calculation {
  const calculated = new Calculations(form)
  calculated.settle(form.calculated, values)
  return calculated.all()
}

/**
 * What is calculated while answers come one after another: each is worked out when something first needs it, and again
 * only after an answer that it reads.
 */
export class Calculations {
  readonly #form: Calculating
  readonly #settled = new Set<string>()
  readonly #calc: Record<string, JsonValue> = {}

  constructor(form: Calculating) {
    this.#form = form
  }

  /** Works out what is not yet. `values`: as they are now, without `calc`. Gives what is known so far: to be read at once. */
  settle(fields: readonly CalculatedField[], values: Values): Calculation {
    const seen = { ...values, calc: this.#calc }
    for (const { id, value } of fields) {
      if (this.#settled.has(id)) continue
      this.#settled.add(id)
      const outcome = value.evaluate(seen)
      if (outcome.known) this.#calc[id] = outcome.value
    }
    return this.#calc
  }

  /** An answer came, or is another: whatever read it is not known any more. */
  given(answer: string): void {
    for (const id of readersOf(this.#form).get(answer) ?? []) {
      this.#settled.delete(id)
      delete this.#calc[id]
    }
  }

  /** What is known so far, in the definition's order. */
  all(): Calculation {
    return Object.fromEntries(
      this.#form.calculated.flatMap(({ id }): [string, JsonValue][] => {
        const value = this.#calc[id]
        return value === undefined ? [] : [[id, value]]
      }),
    )
  }
}

const readers = new WeakMap<Calculating, ReadonlyMap<string, readonly string[]>>()

/** What is calculated from each answer, also by way of other calculations. */
function readersOf(form: Calculating): ReadonlyMap<string, readonly string[]> {
  const known = readers.get(form)
  if (known !== undefined) return known
  const found = new Map<string, string[]>()
  for (const { id, value } of form.calculated)
    for (const answer of needsOf(form, value).answers) found.set(answer, [...(found.get(answer) ?? []), id])
  readers.set(form, found)
  return found
}

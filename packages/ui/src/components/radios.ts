import type { ComponentChild } from 'preact'
import { choiceGroup } from './choices.ts'
import type { FieldOptions } from './field-parts.ts'
import type { Choice } from './select.ts'

export interface RadiosOptions extends FieldOptions {
  readonly choices: readonly Choice[]
  readonly value?: string | undefined
}

/** One of a few. */
export function radios({ value, ...options }: RadiosOptions): ComponentChild {
  return choiceGroup('radio', { ...options, values: value === undefined ? [] : [value] })
}

import type { ComponentChild } from 'preact'
import { type ChoicesOptions, choiceGroup } from './choices.ts'

/** Any of a few. */
export function checkboxes(options: ChoicesOptions): ComponentChild {
  return choiceGroup('checkbox', options)
}

import type { Language } from '@sapan/kernel'
import { tag } from '@sapan/ui'
import type { ComponentChild } from 'preact'
import type { Application } from '../../application/application.ts'
import type { Requirement, ServiceDefinition } from '../../definition/definition.ts'
import { valuesOf } from '../../form/values.ts'
import { words } from './words.ts'

/** Each condition of the service with whether what was handed in meets it. */
export function requirementRows(
  definition: ServiceDefinition,
  application: Application,
  day: string,
  language: Language,
): { readonly requirement: Requirement; readonly mark: ComponentChild }[] {
  const values = valuesOf(definition, application, day)
  return definition.requirements.map((requirement) => {
    const outcome = requirement.rule.evaluate(values)
    if (!outcome.known) return { requirement, mark: tag(words.notKnown[language], 'warning') }
    return outcome.value === true
      ? { requirement, mark: tag(words.met[language], 'success') }
      : { requirement, mark: tag(words.notMet[language], 'danger') }
  })
}

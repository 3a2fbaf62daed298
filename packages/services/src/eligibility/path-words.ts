import type { JsonValue } from '@sapan/casework'
import type { Language } from '@sapan/kernel'
import { answerText, calculatedText, noAnswer } from '../application/answer-text.ts'
import type { ServiceDefinition } from '../definition/definition.ts'
import { shownFields } from '../prefill/shown.ts'

type Parts = Pick<ServiceDefinition, 'form' | 'evidence'>

/** What a path that a rule reads is called: a field's label, a register's, that of what is calculated. */
export function pathName(definition: Parts, path: string, language: Language): string {
  const [root = '', name = '', ...rest] = path.split('.')
  if (root === 'answers') {
    // Pages that repeat are answered as a whole, under their own name.
    const page = definition.form.pages.find(({ id, repeat }) => id === name && repeat !== undefined)
    return (fieldNamed(definition, name)?.label ?? page?.title)?.[language] ?? name
  }
  if (root === 'calc') return calculatedNamed(definition, name)?.label[language] ?? name
  const evidence = root === 'facts' ? definition.evidence.find(({ id }) => id === name) : undefined
  if (evidence === undefined) return path
  const shown = shownFields(definition, evidence).find(({ field }) => field === rest.join('.'))
  return shown === undefined
    ? evidence.name[language]
    : `${shown.label[language]} (${evidence.name[language]})`
}

/** A value that a rule reads, as people read it. */
export function pathValue(definition: Parts, path: string, value: JsonValue, language: Language): string {
  const [root = '', name = ''] = path.split('.')
  const field = root === 'answers' ? fieldNamed(definition, name) : undefined
  if (field !== undefined) return answerText(field, value, { language }) ?? noAnswer
  const calculated = root === 'calc' ? calculatedNamed(definition, name) : undefined
  return calculatedText(calculated?.type ?? 'text', value, { language })
}

/**
 * What would have to be known, down to what people are asked: of what is calculated, the answers that it is calculated
 * from. Pure.
 */
export function missingPaths(
  { form }: Pick<ServiceDefinition, 'form'>,
  missing: readonly string[],
): readonly string[] {
  const found = new Set<string>()
  const seen = new Set<string>()
  const waiting = [...missing]
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    if (seen.has(path)) continue
    seen.add(path)
    const [root, name = ''] = path.split('.')
    if (root === 'calc') waiting.push(...(form.calculated.find(({ id }) => id === name)?.value.reads ?? []))
    else if (root === 'answers' || root === 'facts') found.add(path)
  }
  return [...found]
}

function fieldNamed({ form }: Parts, name: string) {
  return form.pages.flatMap(({ fields }) => fields).find(({ id }) => id === name)
}

function calculatedNamed({ form }: Parts, name: string) {
  return form.calculated.find(({ id }) => id === name)
}

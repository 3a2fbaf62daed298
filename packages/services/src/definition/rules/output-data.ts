import type { JsonValue } from '@sapan/casework'
import type { TSchema } from 'typebox'
import { Value } from 'typebox/value'
import type { JsonTemplate } from '../definition.ts'
import type { Finding } from '../finding.ts'
import { isExpression } from '../read/expressions.ts'
import type { Rule } from './rule.ts'

/** The data of each output is what its template takes, as far as it is written down and not worked out. */
export const outputsFit: Rule = ({ definition, service }, { templates }) =>
  definition.outputs.flatMap(({ template, data }, index): readonly Finding[] => {
    const schema = templates.get(template)?.schema
    if (schema === undefined) return []
    const open = new Set<string>()
    const value = written(data, '', open)
    const errors = Value.Errors(schema as TSchema, value).filter(
      ({ instancePath }) => !isOpen(instancePath, open),
    )
    return errors.flatMap((error) => {
      const names = namesIn(error.params)
      if (error.keyword === 'boolean' || error.keyword === 'propertyNames') return []
      const about = names.length > 0 ? `: ${names.join(', ')}` : ''
      return [
        service.source.note(`/outputs/${index}/data${error.instancePath}`, 'output-data', {
          th: `แบบ ${template} ไม่รับข้อมูลนี้ (${error.keyword}${about})`,
          en: `The template ${template} does not take this: ${error.message}${about}.`,
        }),
      ]
    })
  })

function namesIn(params: object): readonly string[] {
  return Object.values(params).flatMap((value) =>
    Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : [],
  )
}

/** What stands there, with `null` for what is worked out, whose places are kept. */
function written(part: JsonTemplate, place: string, open: Set<string>): JsonValue {
  if (isExpression(part)) {
    open.add(place)
    return null
  }
  if (typeof part !== 'object' || part === null) return part
  if (Array.isArray(part))
    return part.map((one: JsonTemplate, index) => written(one, `${place}/${index}`, open))
  return Object.fromEntries(
    Object.entries(part).map(([key, one]) => [key, written(one, `${place}/${key}`, open)]),
  )
}

/** An error at what is worked out says nothing, nor one of a choice of schemas above it. */
function isOpen(place: string, open: ReadonlySet<string>): boolean {
  return [...open].some((one) => place === one || place.startsWith(`${one}/`))
}

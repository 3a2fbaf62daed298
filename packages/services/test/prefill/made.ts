import type { JsonValue } from '@sapan/casework'
import type { DraftContent } from '../../src/application/application.ts'
import type { Fact } from '../../src/application/fact.ts'
import { compile } from '../../src/cel/compile.ts'
import type { Evidence, ServiceDefinition } from '../../src/definition/definition.ts'
import type { Field, FormPage } from '../../src/definition/form.ts'

const roots = ['answers', 'facts', 'calc', 'applicant', 'tables', 'today', 'item']

export const cel = (source: string) => compile(source, { roots })

const both = (text: string) => ({ th: text, en: text })

export function field(id: string, from?: string, more: Partial<Field> = {}): Field {
  return {
    id,
    type: 'text',
    label: both(id),
    required: true,
    changeable: true,
    options: [],
    checks: [],
    limits: {},
    isSensitive: false,
    ...(from === undefined ? {} : { from: cel(from) }),
    ...more,
  }
}

export function page(id: string, fields: readonly Field[], more: Partial<FormPage> = {}): FormPage {
  return { id, section: 'about', title: both(id), fields, ...more }
}

export function evidence(id: string, more: Partial<Evidence> = {}): Evidence {
  return {
    id,
    name: both(id),
    service: `TH/GOV/DOPA/${id}/v1`,
    operation: id,
    method: 'GET',
    path: `/${id}/{id}`,
    parameters: { id: cel('applicant.id') },
    query: {},
    byScheme: {},
    purpose: 'tests',
    fields: ['*'],
    shows: [],
    again: false,
    ...more,
  }
}

type Parts = Pick<ServiceDefinition, 'evidence' | 'tables' | 'form'>

/** A form about a person whom one register knows, with children of another, and a name that two registers have. */
export const family: Parts = {
  tables: {},
  evidence: [evidence('person'), evidence('house'), evidence('work')],
  form: {
    sections: [{ id: 'about', title: both('about') }],
    calculated: [],
    declaration: both('so it is'),
    pages: [
      page('you', [
        field('name', 'has(facts.person.name) ? facts.person.name : facts.work.name'),
        field('birthDate', 'facts.person.birthDate', { type: 'date', changeable: false }),
        field('phone'),
        field('salary', 'facts.work.salary', { type: 'money' }),
      ]),
      page(
        'children',
        [
          field('childName', 'item.name'),
          field('childId', 'item.id', { type: 'national-id' }),
          field('school'),
        ],
        {
          repeat: {
            min: 0,
            max: 5,
            one: both('child'),
            titleField: 'childName',
            from: cel('facts.house.children'),
          },
        },
      ),
    ],
  },
}

export function content(over: Partial<DraftContent> = {}): DraftContent {
  return {
    applicant: {
      account: '0197a000-0000-7000-8000-000000000001',
      kind: 'person',
      id: '1234567890121',
      scheme: 'national-id',
      name: both('Malee'),
    },
    answers: {},
    facts: {},
    marks: {},
    done: [],
    ...over,
  }
}

export function fetched(data: JsonValue, more: Partial<Fact> = {}): Fact {
  return { state: 'fetched', askedAt: 1, exchange: 'x1', data, agreed: true, ...more }
}

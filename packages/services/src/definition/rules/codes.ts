import type { Text } from '@sapan/kernel'
import type { Finding, FindingCode } from '../finding.ts'
import type { ReadDefinition } from '../read/read-definition.ts'
import type { Source } from '../read/source.ts'
import type { References } from '../references.ts'
import type { FieldSource } from '../schema/field.ts'
import { type Rule, thereIsNo } from './rule.ts'

interface Use {
  readonly source: Source
  readonly pointer: string
  readonly code: string | undefined
}

type Kind = readonly [code: FindingCode, what: Text, known: Iterable<string>, uses: readonly Use[]]

/** Members, purposes, laws, duties, scopes, levels, life events, terms and templates are those of the country. */
export const codesAreThere: Rule = (read, references) => [
  ...kinds(read, references).flatMap(([code, what, known, uses]) =>
    missing(code, what, new Set(known), uses),
  ),
  ...membersAreThere(read, references),
]

function missing(
  code: FindingCode,
  what: Text,
  known: ReadonlySet<string>,
  uses: readonly Use[],
): readonly Finding[] {
  return uses.flatMap(({ source, pointer, code: used }) =>
    used === undefined || known.has(used) ? [] : [source.note(pointer, code, thereIsNo(what, used, known))],
  )
}

function kinds(read: ReadDefinition, references: References): readonly Kind[] {
  const { service, workflow } = read
  const of = (source: Source, pointer: string, code: string | undefined): Use => ({ source, pointer, code })
  const { file } = service
  const level = (name: 'ial' | 'aal') => [of(service.source, `/level/${name}`, file.level[name])]
  const duties = [
    ...(workflow.file.steps ?? []).map((step, index) =>
      of(workflow.source, `/steps/${index}/duty`, step.duty),
    ),
    of(workflow.source, '/appeal/duty', workflow.file.appeal?.duty),
  ]
  return [
    ['unknown-purpose', { th: 'วัตถุประสงค์', en: 'purpose' }, references.purposes, purposes(read)],
    ['unknown-law', { th: 'กฎหมาย', en: 'law' }, references.laws, laws(read)],
    ['unknown-duty', { th: 'หน้าที่', en: 'duty' }, references.duties, duties],
    [
      'unknown-scope',
      { th: 'ขอบเขตการมอบอำนาจ', en: 'scope of mandates' },
      references.scopes,
      [of(service.source, '/applicant/scope', file.applicant.scope)],
    ],
    ['unknown-level', { th: 'ระดับ IAL', en: 'level of identity' }, references.ial, level('ial')],
    ['unknown-level', { th: 'ระดับ AAL', en: 'level of authentication' }, references.aal, level('aal')],
    [
      'unknown-life-event',
      { th: 'เหตุการณ์ในชีวิต', en: 'life event' },
      references.lifeEvents ?? file.lifeEvents ?? [],
      (file.lifeEvents ?? []).map((code, index) => of(service.source, `/lifeEvents/${index}`, code)),
    ],
    ['unknown-term', { th: 'คำในคลังคำ', en: 'term' }, ['none', ...references.terms.keys()], terms(read)],
    [
      'unknown-template',
      { th: 'แบบเอกสาร', en: 'template of documents' },
      references.templates.keys(),
      file.outputs.map(({ template }, index) => of(service.source, `/outputs/${index}/template`, template)),
    ],
  ]
}

function purposes({ service, workflow }: ReadDefinition): readonly Use[] {
  const { source } = service
  return [
    { source, pointer: '/purpose', code: service.file.purpose },
    ...(service.file.evidence ?? []).map(({ purpose }, index) => ({
      source,
      pointer: `/evidence/${index}/purpose`,
      code: purpose,
    })),
    ...(workflow.file.effects ?? []).map(({ purpose }, index) => ({
      source: workflow.source,
      pointer: `/effects/${index}/purpose`,
      code: purpose,
    })),
  ]
}

function laws({ service, workflow }: ReadDefinition): readonly Use[] {
  const { source } = service
  const reasons = workflow.file.decisions.flatMap((decision, index) =>
    (decision.reasons ?? []).map(({ law }, at) => ({
      source: workflow.source,
      pointer: `/decisions/${index}/reasons/${at}/law/law`,
      code: law.law,
    })),
  )
  return [
    ...service.file.laws.map(({ law }, index) => ({ source, pointer: `/laws/${index}/law`, code: law })),
    ...(service.file.requirements ?? []).map(({ law }, index) => ({
      source,
      pointer: `/requirements/${index}/law/law`,
      code: law.law,
    })),
    ...reasons,
    { source: workflow.source, pointer: '/unpaid/law', code: workflow.file.unpaid?.law },
    { source: workflow.source, pointer: '/appeal/law/law', code: workflow.file.appeal?.law.law },
    ...(['information', 'payment'] as const).map((wait) => ({
      source: workflow.source,
      pointer: `/waits/${wait}/law/law`,
      code: workflow.file.waits?.[wait]?.law.law,
    })),
  ]
}

function terms({ form, workflow }: ReadDefinition): readonly Use[] {
  const of = (source: Source, pointer: string, fields: readonly FieldSource[]): readonly Use[] =>
    fields.map(({ term }, index) => ({ source, pointer: `${pointer}/${index}/term`, code: term }))
  return [
    ...form.file.pages.flatMap(({ fields }, index) => of(form.source, `/pages/${index}/fields`, fields)),
    ...workflow.file.decisions.flatMap(({ asks }, index) =>
      of(workflow.source, `/decisions/${index}/asks`, asks ?? []),
    ),
  ]
}

/** `owner` is a member, `consumer` one of its subsystems: an agency asks in its own name. */
function membersAreThere({ service }: ReadDefinition, references: References): readonly Finding[] {
  const { owner, consumer } = service.file
  const member = references.members.find(({ short }) => short === owner)
  const what = { th: 'สมาชิก', en: 'member' }
  if (member === undefined)
    return [
      service.source.note(
        '/owner',
        'unknown-member',
        thereIsNo(
          what,
          owner,
          references.members.map(({ short }) => short),
        ),
      ),
    ]
  const own = member.subsystems.map(({ code }) => `${owner}/${code}`)
  if (own.includes(consumer)) return []
  const subsystem = { th: 'ระบบย่อยของเจ้าของบริการ', en: 'subsystem of the owner' }
  return [service.source.note('/consumer', 'unknown-member', thereIsNo(subsystem, consumer, own))]
}

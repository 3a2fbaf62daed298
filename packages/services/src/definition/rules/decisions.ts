import type { Finding } from '../finding.ts'
import type { ReadDefinition } from '../read/read-definition.ts'
import type { Rule } from './rule.ts'

/** Every decision, effect and output can come about; what does not favour the applicant has reasons. */
export const decisionsAreReached: Rule = (read) => [
  ...undecided(read),
  ...uncaused(read),
  ...unreasoned(read),
  ...unappealed(read),
]

/** Without an officer who decides, only the first decision can come, by rule. */
function undecided({ workflow: { source, file } }: ReadDefinition): readonly Finding[] {
  if ((file.steps ?? []).some(({ kind }) => kind === 'decide')) return []
  return file.decisions.flatMap(({ id }, index) => {
    if (index === 0 && file.automatic !== undefined) return []
    const th = `ไม่มีขั้นตอน decide จึงไม่มีใครตัดสินว่า ${id}`
    return [
      source.note(`/decisions/${index}/id`, 'unreachable', {
        th,
        en: `No step decides, so nobody comes to ${id}.`,
      }),
    ]
  })
}

function uncaused({ workflow, service, definition }: ReadDefinition): readonly Finding[] {
  const { decisions } = definition.workflow
  const caused = new Set(decisions.flatMap(({ effects }) => effects))
  const brought = new Set(decisions.flatMap(({ outputs }) => outputs))
  const effects = definition.workflow.effects.flatMap(({ id }, index) =>
    caused.has(id)
      ? []
      : [
          workflow.source.note(`/effects/${index}/id`, 'unreachable', {
            th: 'ไม่มีคำตัดสินใดทำให้เกิดผลนี้',
            en: 'No decision causes this effect.',
          }),
        ],
  )
  const outputs = definition.outputs.flatMap(({ id }, index) =>
    brought.has(id)
      ? []
      : [
          service.source.note(`/outputs/${index}/id`, 'unreachable', {
            th: 'ไม่มีคำตัดสินใดออกเอกสารนี้',
            en: 'No decision brings this output.',
          }),
        ],
  )
  return [...effects, ...outputs]
}

function unreasoned({ workflow: { source, file } }: ReadDefinition): readonly Finding[] {
  return file.decisions.flatMap(({ favours, reasons }, index) =>
    favours || (reasons ?? []).length > 0
      ? []
      : [
          source.note(`/decisions/${index}/id`, 'missing-key', {
            th: 'คำตัดสินที่ไม่เป็นคุณต้องมีเหตุผล (reasons) ให้เลือก',
            en: 'What does not favour the applicant needs reasons to choose from.',
          }),
        ],
  )
}

function unappealed({ workflow: { source, file } }: ReadDefinition): readonly Finding[] {
  if (file.appeal === undefined || file.decisions.some(({ favours }) => !favours)) return []
  return [
    source.note('/appeal', 'unreachable', {
      th: 'ไม่มีคำตัดสินใดให้อุทธรณ์',
      en: 'There is no decision to appeal.',
    }),
  ]
}

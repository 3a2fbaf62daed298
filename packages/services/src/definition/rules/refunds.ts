import type { Finding } from '../finding.ts'
import type { Rule } from './rule.ts'

/**
 * Who gives money back may order transfers of the bank. Whom a `handler` names is known with an application only, so there nobody
 * is asked about.
 */
export const refundsAreGranted: Rule = ({ definition, workflow }, { transfers, grants }) => {
  if (transfers === undefined || definition.workflow.handler !== undefined) return []
  const { owner } = definition
  const mayOrder = grants.some(
    ({ consumer, service, operations }) =>
      consumer.startsWith(`${owner}/`) &&
      service === transfers.service &&
      Object.hasOwn(operations, transfers.operation),
  )
  if (mayOrder) return []
  return definition.workflow.decisions.flatMap(({ refund }, index): Finding[] =>
    refund === undefined
      ? []
      : [
          workflow.source.note(`/decisions/${index}/refund`, 'no-grant', {
            th: `คืนเงินไม่ได้: ${owner} ไม่มีสิทธิเรียก ${transfers.operation} ของ ${transfers.service} ให้เพิ่มใน grants.yaml`,
            en: `No money can be given back: no subsystem of ${owner} has a grant for ${transfers.operation} of ${transfers.service}. Add one to grants.yaml.`,
          }),
        ],
  )
}

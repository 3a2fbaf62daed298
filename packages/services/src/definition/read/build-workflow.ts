import { requiredNulls } from '../openapi/schema-path.ts'
import type { DecisionSource, EffectSource, WorkflowSource } from '../schema/workflow-file.ts'
import type { DecisionRule, Effect, Waits, Workflow } from '../workflow.ts'
import { buildField } from './build-form.ts'
import type { ExpressionReader } from './expressions.ts'
import type { Names } from './names.ts'
import { CASE, DECIDED } from './roots.ts'

/** `workflow.yaml` as the workflow that it says. */
export function buildWorkflow(
  file: WorkflowSource,
  { purpose, waits }: { readonly purpose: string; readonly waits: Waits },
  reader: ExpressionReader,
  names: Names,
): Workflow {
  return {
    ...reader.optional('handler', file.handler, '', CASE),
    ...reader.optional('automatic', file.automatic, '', CASE),
    steps: (file.steps ?? []).map((step) => ({ ...step, count: step.count ?? 1, by: step.by ?? 'officer' })),
    consents: (file.consents ?? []).map(({ of, when, ...same }, index) => ({
      ...same,
      of: reader.read(of, `/consents/${index}/of`, CASE),
      ...reader.optional('when', when, `/consents/${index}`, CASE),
    })),
    decisions: file.decisions.map((one, index) => buildDecision(one, `/decisions/${index}`, reader)),
    effects: (file.effects ?? []).map((one, index) =>
      buildEffect(one, purpose, `/effects/${index}`, reader, names),
    ),
    ...(file.unpaid === undefined ? {} : { unpaid: file.unpaid }),
    ...(file.appeal === undefined ? {} : { appeal: file.appeal }),
    waits: { ...waits, ...file.waits },
  }
}

function buildDecision(one: DecisionSource, at: string, reader: ExpressionReader): DecisionRule {
  const { refund, payment, paymentDue, asks, reasons, effects, outputs, ...same } = one
  return {
    ...same,
    reasons: reasons ?? [],
    asks: (asks ?? []).map((field, index) => buildField(field, `${at}/asks/${index}`, reader, DECIDED)),
    effects: effects ?? [],
    outputs: outputs ?? [],
    ...reader.optional('refund', refund, at, DECIDED),
    ...reader.optional('payment', payment, at, DECIDED),
    ...reader.optional('paymentDue', paymentDue, at, DECIDED),
  }
}

function buildEffect(
  one: EffectSource,
  purpose: string,
  at: string,
  reader: ExpressionReader,
  names: Names,
): Effect {
  const service = names.service(one.service)
  const operation = names.operation(service, one.operation)
  return {
    id: one.id,
    name: one.name,
    service,
    operation: one.operation,
    method: one.method ?? (operation?.method === 'PUT' ? 'PUT' : 'POST'),
    path: one.path ?? operation?.path ?? '',
    parameters: reader.all(one.parameters, `${at}/parameters`, DECIDED),
    purpose: one.purpose ?? purpose,
    ...reader.optional('when', one.when, at, DECIDED),
    body: reader.template(one.body, `${at}/body`, DECIDED),
    nulls: operation === undefined ? [] : requiredNulls(operation.document, operation.body),
  }
}

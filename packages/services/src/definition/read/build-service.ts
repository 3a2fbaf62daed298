import type { JsonValue } from '@sapan/casework'
import type { Evidence, Fee, OnceRule, Output, Requirement, ServiceDefinition } from '../definition.ts'
import type {
  EvidenceSource,
  OutputSource,
  RequirementSource,
  ServiceSource,
} from '../schema/service-file.ts'
import type { ExpressionReader } from './expressions.ts'
import type { Names } from './names.ts'
import { DOCUMENT, FORM } from './roots.ts'

type OnceSource = NonNullable<ServiceSource['once']>
type ServicePart = Omit<ServiceDefinition, 'id' | 'version' | 'digest' | 'form' | 'workflow'>

/** `service.yaml` as what of the definition it says. */
export function buildService(
  file: ServiceSource,
  tables: Readonly<Record<string, JsonValue>>,
  reader: ExpressionReader,
  names: Names,
): ServicePart {
  const { fee, once, evidence, requirements, outputs, documents, lifeEvents, tables: _, ...same } = file
  return {
    ...same,
    owner: names.member(file.owner),
    consumer: names.service(file.consumer),
    lifeEvents: lifeEvents ?? [],
    documents: documents ?? [],
    ...(fee === undefined ? {} : { fee: buildFee(fee, reader) }),
    ...(once === undefined ? {} : { once: buildOnce(once, reader) }),
    evidence: (evidence ?? []).map((one, index) =>
      buildEvidence(one, file.purpose, `/evidence/${index}`, reader, names),
    ),
    requirements: (requirements ?? []).map((one, index) =>
      buildRequirement(one, `/requirements/${index}`, reader),
    ),
    outputs: outputs.map((one, index) => buildOutput(one, `/outputs/${index}`, reader)),
    tables,
  }
}

function buildFee(fee: NonNullable<ServiceSource['fee']>, reader: ExpressionReader): Fee {
  return { ...fee, amount: reader.read(fee.amount, '/fee/amount', FORM) }
}

function buildOnce({ per, freedBy, otherwise }: OnceSource, reader: ExpressionReader): OnceRule {
  return { ...reader.optional('per', per, '/once', FORM), freedBy: freedBy ?? [], otherwise }
}

function buildEvidence(
  one: EvidenceSource,
  purpose: string,
  at: string,
  reader: ExpressionReader,
  names: Names,
): Evidence {
  const service = names.service(one.service)
  const { when, none, shows, byScheme, ...same } = one
  return {
    ...same,
    service,
    method: 'GET',
    path: one.path ?? names.operation(service, one.operation)?.path ?? '',
    parameters: reader.all(one.parameters, `${at}/parameters`, FORM),
    query: reader.all(one.query, `${at}/query`, FORM),
    byScheme: buildByScheme(byScheme, { service, at: `${at}/byScheme` }, reader, names),
    purpose: one.purpose ?? purpose,
    ...reader.optional('when', when, at, FORM),
    shows: shows ?? [],
    ...(none === undefined ? {} : { none }),
    again: one.again ?? false,
  }
}

function buildByScheme(
  calls: EvidenceSource['byScheme'],
  { service, at }: { readonly service: string; readonly at: string },
  reader: ExpressionReader,
  names: Names,
): Evidence['byScheme'] {
  const entries = Object.entries(calls ?? {}).map(([scheme, { operation, parameters, query }]) => [
    scheme,
    {
      operation,
      path: names.operation(service, operation)?.path ?? '',
      parameters: reader.all(parameters, `${at}/${scheme}/parameters`, FORM),
      query: reader.all(query, `${at}/${scheme}/query`, FORM),
    },
  ])
  return Object.fromEntries(entries)
}

function buildRequirement(one: RequirementSource, at: string, reader: ExpressionReader): Requirement {
  return {
    ...one,
    rule: reader.read(one.rule, `${at}/rule`, FORM),
    asks: one.asks ?? [],
    refuses: one.refuses ?? true,
  }
}

function buildOutput(one: OutputSource, at: string, reader: ExpressionReader): Output {
  return {
    ...one,
    data: reader.template(one.data, `${at}/data`, DOCUMENT),
    evidenceFor: (one.evidenceFor ?? []).map((to) => (typeof to === 'string' ? { service: to } : to)),
  }
}

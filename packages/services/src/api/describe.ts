import type { Text } from '@sapan/kernel'
import type { ServiceDefinition } from '../definition/definition.ts'

export interface DescribeOptions {
  /** `https://portal.example.go.th` */
  readonly portal: string
  readonly memberName: (member: string) => Text | undefined
  readonly lawName: (code: string) => Text | undefined
}

/** A service as a program reads it. Pure. */
export function described(definition: ServiceDefinition, { portal, memberName, lawName }: DescribeOptions) {
  const { id, version, name, summary, owner, audience, applicant, lifeEvents, level, workingDays } =
    definition
  return {
    id,
    version,
    name,
    summary,
    owner: { id: owner, name: memberName(owner) ?? { th: owner, en: owner } },
    audience,
    applicant: { as: applicant.as },
    lifeEvents,
    level,
    workingDays,
    fee: definition.fee === undefined ? null : { when: definition.fee.when, about: definition.fee.about },
    laws: definition.laws.map((one) => ({ ...one, name: lawName(one.law) ?? null })),
    channels: definition.channels,
    steps: definition.steps,
    documents: definition.documents,
    evidence: definition.evidence.map((one) => ({
      id: one.id,
      name: one.name,
      service: one.service,
      purpose: one.purpose,
    })),
    requirements: definition.requirements.map(({ id: code, name: words, otherwise, law, asks }) => ({
      ...{ id: code, name: words, otherwise, law, asks },
    })),
    outputs: definition.outputs.map(({ id: code, name: words, evidenceFor }) => ({
      id: code,
      name: words,
      evidenceFor: evidenceFor.map(({ service }) => service),
    })),
    declaration: definition.form.declaration,
    page: `${portal}/services/${id}`,
    openapi: `${portal}/api/services/${id}/openapi.json`,
  }
}

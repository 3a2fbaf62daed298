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
      evidenceFor,
    })),
    declaration: definition.form.declaration,
    page: `${portal}/services/${id}`,
    openapi: `${portal}/api/services/${id}/openapi.json`,
  }
}

const context = {
  cpsv: 'http://purl.org/vocab/cpsv#',
  cv: 'http://data.europa.eu/m8g/',
  dct: 'http://purl.org/dc/terms/',
  adms: 'http://www.w3.org/ns/adms#',
  foaf: 'http://xmlns.com/foaf/0.1/',
  sapan: 'https://sapan.dev/ns#',
} as const

/** Services as linked data in the terms of CPSV-AP 3. Pure. */
export function linkedData(definitions: readonly ServiceDefinition[], options: DescribeOptions) {
  return { '@context': context, '@graph': definitions.map((one) => publicService(one, options)) }
}

function publicService(definition: ServiceDefinition, { portal, memberName, lawName }: DescribeOptions) {
  const { id, name, summary, owner, laws, channels, evidence, outputs, requirements, lifeEvents, fee } =
    definition
  const at = `${portal}/services/${id}`
  return {
    '@id': at,
    '@type': 'cpsv:PublicService',
    'dct:identifier': id,
    'dct:title': spoken(name),
    'dct:description': spoken(summary),
    'foaf:page': { '@id': at },
    'cv:hasCompetentAuthority': {
      '@id': `${portal}/members/${owner}`,
      '@type': 'cv:PublicOrganisation',
      'dct:identifier': owner,
      'dct:title': spoken(memberName(owner) ?? { th: owner, en: owner }),
    },
    'cv:hasLegalResource': laws.map(({ law, section, about }) => ({
      '@type': 'cv:LegalResource',
      'dct:identifier': `${law} ${section}`,
      'dct:title': spoken(lawName(law) ?? { th: law, en: law }),
      'dct:description': spoken(about),
    })),
    'cv:hasChannel': channels.map(({ kind, about }) => ({
      '@type': 'cv:Channel',
      'dct:type': kind,
      'dct:description': spoken(about),
    })),
    'cv:hasCriterion': requirements.map((one) => ({
      '@type': 'cv:CriterionRequirement',
      'dct:identifier': one.id,
      'dct:title': spoken(one.name),
    })),
    'cv:hasInputType': evidence.map((one) => ({
      '@type': 'cv:EvidenceType',
      'dct:identifier': one.id,
      'dct:title': spoken(one.name),
    })),
    'cpsv:produces': outputs.map((one) => ({
      '@type': 'cpsv:Output',
      'dct:identifier': `${id}/${one.id}`,
      'dct:title': spoken(one.name),
    })),
    'cv:isGroupedBy': lifeEvents.map((code) => ({ '@type': 'cv:LifeEvent', 'dct:identifier': code })),
    ...(fee && { 'cv:hasCost': { '@type': 'cv:Cost', 'dct:description': spoken(fee.about) } }),
    // An ISO 8601 duration has no working days.
    'sapan:workingDays': definition.workingDays,
  }
}

function spoken({ th, en }: Text) {
  return [
    { '@value': th, '@language': 'th' },
    { '@value': en, '@language': 'en' },
  ]
}

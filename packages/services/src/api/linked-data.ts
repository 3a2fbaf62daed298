import type { Text } from '@sapan/kernel'
import type { ServiceDefinition } from '../definition/definition.ts'
import type { DescribeOptions } from './describe.ts'

export interface LinkedDataOptions extends DescribeOptions {
  /** Of an event of life, by its code. */
  readonly eventName?: (code: string) => Text | undefined
}

const context = {
  cpsv: 'http://purl.org/vocab/cpsv#',
  cv: 'http://data.europa.eu/m8g/',
  dct: 'http://purl.org/dc/terms/',
  eli: 'http://data.europa.eu/eli/ontology#',
  adms: 'http://www.w3.org/ns/adms#',
  foaf: 'http://xmlns.com/foaf/0.1/',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  sapan: 'https://sapan.dev/ns#',
} as const

/** Of the Publications Office of the European Union, which CPSV-AP asks for. */
const authority = 'http://publications.europa.eu/resource/authority'
const languages = ['THA', 'ENG'].map((code) => ({
  '@id': `${authority}/language/${code}`,
  '@type': 'dct:LinguisticSystem',
}))
const country = { '@id': `${authority}/country/THA`, '@type': 'dct:Location' }
const inForce = concept('http://purl.org/adms/status/Completed')

/** Services as linked data: the Core Public Service Vocabulary Application Profile 3.2, as JSON-LD 1.1. Pure. */
export function linkedData(definitions: readonly ServiceDefinition[], options: LinkedDataOptions) {
  return { '@context': context, '@graph': definitions.map((one) => publicService(one, options)) }
}

function publicService(definition: ServiceDefinition, options: LinkedDataOptions) {
  const { id, name, summary, owner, audience, channels, requirements, fee, lifeEvents } = definition
  const page = `${options.portal}/services/${id}`
  return {
    '@id': `${page}#service`,
    '@type': 'cpsv:PublicService',
    'dct:identifier': id,
    'dct:title': spoken(name),
    'dct:description': spoken(summary),
    'dct:language': languages,
    'dct:spatial': country,
    'dct:audience': audience.map((code) => ({ ...concept(`sapan:audience-${code}`), 'skos:notation': code })),
    'adms:status': inForce,
    'foaf:page': { '@id': page, '@type': 'foaf:Document' },
    'cv:hasCompetentAuthority': organisation(owner, options),
    'cv:hasLegalResource': resources(definition, options),
    'cv:hasChannel': channels.map(({ kind, about }, at) => ({
      '@type': 'cv:Channel',
      'dct:identifier': `${id}/channel-${at + 1}`,
      'dct:type': { ...concept(`sapan:channel-${kind}`), 'skos:notation': kind },
      'dct:description': spoken(about),
    })),
    'cv:holdsRequirement': requirements.map((one) => ({
      '@type': 'cv:Requirement',
      'dct:identifier': `${id}/${one.id}`,
      'dct:title': spoken(one.name),
    })),
    ...evidenceAndOutputs(definition),
    'cv:isGroupedBy': lifeEvents.map((code) => event(code, options)),
    ...(fee && {
      'cv:hasCost': {
        '@type': 'cv:Cost',
        'dct:identifier': `${id}/fee`,
        'dct:description': spoken(fee.about),
        'cv:currency': concept(`${authority}/currency/THB`),
      },
    }),
    // An ISO 8601 duration has no working days.
    'sapan:workingDays': definition.workingDays,
  }
}

function organisation(member: string, { portal, memberName }: LinkedDataOptions) {
  return {
    '@id': `${portal}/members/${member}`,
    '@type': 'cv:PublicOrganisation',
    'dct:identifier': member,
    'skos:prefLabel': spoken(memberName(member) ?? { th: member, en: member }),
    'dct:spatial': country,
  }
}

function resources({ laws }: ServiceDefinition, { lawName }: LinkedDataOptions) {
  return laws.map(({ law, section, about }) => ({
    '@type': 'eli:LegalResource',
    'dct:identifier': `${law} ${section}`,
    'dct:title': spoken(lawName(law) ?? { th: law, en: law }),
    'dct:description': spoken(about),
  }))
}

function evidenceAndOutputs({ id, evidence, outputs }: ServiceDefinition) {
  return {
    'cv:hasInputType': evidence.map((one) => ({
      '@type': 'cv:EvidenceType',
      'dct:identifier': `${id}/${one.id}`,
      'dct:title': spoken(one.name),
    })),
    'cpsv:produces': outputs.map((one) => ({
      '@type': 'cv:Output',
      'dct:identifier': `${id}/output-${one.id}`,
      'dct:title': spoken(one.name),
    })),
  }
}

/** Who reads it infers nothing: that an event of life is an event is said. */
function event(code: string, { eventName }: LinkedDataOptions) {
  return {
    '@id': `sapan:event-${code}`,
    '@type': ['cv:LifeEvent', 'cv:Event'],
    'dct:identifier': code,
    'dct:title': spoken(eventName?.(code) ?? { th: code, en: code }),
  }
}

function concept(id: string) {
  return { '@id': id, '@type': 'skos:Concept' }
}

function spoken({ th, en }: Text) {
  return [
    { '@value': th, '@language': 'th' },
    { '@value': en, '@language': 'en' },
  ]
}

import type { Problem } from '@sapan/kernel'
import { exchangeProblem } from './problems.ts'

/** `TH/GOV/DOPA`: instance, class, code. */
export type MemberId = string
/** `TH/GOV/DOPA/population`: member and subsystem code. */
export type SubsystemId = string
/** `TH/GOV/DOPA/population/person-v1`: subsystem and service code with its version. */
export type ServiceId = string
/** `TH/GOV/DOPA/gateway-1`: owning member and gateway code. */
export type GatewayId = string

export interface MemberParts {
  /** The whole identifier. */
  readonly id: string
  readonly instance: string
  readonly class: string
  readonly code: string
  readonly member: MemberId
}

export interface SubsystemParts extends MemberParts {
  readonly subsystemCode: string
  readonly subsystem: SubsystemId
}

export interface ServiceParts extends SubsystemParts {
  /** `person-v1`, as X-Road's serviceCode. */
  readonly serviceCode: string
  /** `person`. */
  readonly name: string
  /** `v1`; null for a service without versions, as X-Road's metaservices are. */
  readonly version: string | null
  readonly service: ServiceId
}

export interface GatewayParts extends MemberParts {
  readonly gatewayCode: string
}

/** Letters, digits, dot, hyphen and underscore, so that an identifier never needs encoding. */
const identifier = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,63}$/
const versioned = /^([A-Za-z0-9._-]+)-(v[0-9]{1,4})$/
const longestId = 5 * 64 + 4

/** Reads `instance/class/code`. Throws Problem `address-malformed`. */
export function parseMember(id: string): MemberParts {
  return { id, ...memberParts(identifiers(id, 3, 'instance/class/member')) }
}

/** Reads `instance/class/code/subsystem`. Throws Problem `address-malformed`. */
export function parseSubsystem(id: string): SubsystemParts {
  return { id, ...subsystemParts(identifiers(id, 4, 'instance/class/member/subsystem')) }
}

/** Reads `instance/class/code/subsystem/service`. Throws Problem `address-malformed`. */
export function parseService(id: string): ServiceParts {
  return { id, ...serviceParts(identifiers(id, 5, 'instance/class/member/subsystem/service')) }
}

/** Reads `instance/class/code/gateway`. Throws Problem `address-malformed`. */
export function parseGateway(id: string): GatewayParts {
  const parts = identifiers(id, 4, 'instance/class/member/gateway')
  return { id, ...memberParts(parts), gatewayCode: parts[3] ?? '' }
}

/** The member to whom a well-formed subsystem, service or gateway belongs. */
export function memberOf(id: SubsystemId | ServiceId | GatewayId): MemberId {
  return id.slice(0, endOfSegment(id, 3))
}

/** The subsystem to which a well-formed service belongs. */
export function subsystemOf(id: ServiceId): SubsystemId {
  return id.slice(0, endOfSegment(id, 4))
}

function endOfSegment(id: string, segments: number): number {
  let end = -1
  for (let n = 0; n < segments; n++) {
    end = id.indexOf('/', end + 1)
    if (end === -1) return id.length
  }
  return end
}

function identifiers(id: string, count: number, form: string): string[] {
  const parts = id.length <= longestId ? id.split('/') : []
  if (parts.length !== count || !parts.every((part) => identifier.test(part))) throw malformed(form)
  return parts
}

function memberParts([instance = '', memberClass = '', code = '']: readonly string[]) {
  return { instance, class: memberClass, code, member: `${instance}/${memberClass}/${code}` }
}

function subsystemParts(parts: readonly string[]) {
  const member = memberParts(parts)
  const subsystemCode = parts[3] ?? ''
  return { ...member, subsystemCode, subsystem: `${member.member}/${subsystemCode}` }
}

function serviceParts(parts: readonly string[]) {
  const subsystem = subsystemParts(parts)
  const serviceCode = parts[4] ?? ''
  const match = versioned.exec(serviceCode)
  return {
    ...subsystem,
    serviceCode,
    name: match?.[1] ?? serviceCode,
    version: match?.[2] ?? null,
    service: `${subsystem.subsystem}/${serviceCode}`,
  }
}

function malformed(form: string): Problem {
  return exchangeProblem('address-malformed', {
    detail: {
      en: `The address must have the form ${form}, each part of 1–64 letters, digits, “.”, “-” or “_”.`,
      th: `ที่อยู่ต้องมีรูปแบบ ${form} แต่ละส่วนยาว 1–64 ตัว ใช้ตัวอักษรอังกฤษ ตัวเลข “.” “-” หรือ “_”`,
    },
  })
}

import { join } from 'node:path'
import { Problem } from '@sapan/kernel'
import { problems } from '../problems.ts'
import { isRecord } from '../terminal/values.ts'
import { readJson, writeWhole } from './files.ts'
import { layoutOf } from './layout.ts'

/** Where a gateway of this home listens, as origins: `http://127.0.0.1:4101`. */
export interface GatewayEndpoints {
  /** The gateway's id: `TH/GOV/DOPA/gateway-1`. */
  readonly id: string
  /** The members that it hosts. */
  readonly members: readonly string[]
  readonly edge: string
  readonly peer: string
  readonly admin: string
  /** The folder of its keys, in which its administrator's token lies. */
  readonly keys: string
}

export interface Endpoints {
  readonly center: string
  /** Its operator's door and keys; empty where the center is not in this home. */
  readonly centerAdmin: string
  readonly centerKeys: string
  readonly rootFingerprint: string
  /** Where people sign in (the issuer), the public pages and the officers' desk, where this home has them. */
  readonly identity?: string
  readonly portal?: string
  readonly desk?: string
  /** Stand-ins beside them, in a demonstration: another provider, the mail that was sent, a bank. */
  readonly thaid?: string
  readonly mail?: string
  readonly bank?: string
  readonly gateways: Readonly<Record<string, GatewayEndpoints>>
}

export async function writeEndpoints(home: string, endpoints: Endpoints): Promise<void> {
  await writeWhole(layoutOf(home).endpoints, `${JSON.stringify(endpoints, null, 2)}\n`)
}

/** The endpoints of a home. Throws `home-missing` where Sapan never started there, `home-corrupt` when unreadable. */
export async function readEndpoints(home: string): Promise<Endpoints> {
  const file = layoutOf(home).endpoints
  const value = await readJson(file)
  if (value === undefined) {
    throw new Problem(problems['home-missing'], {
      detail: { th: `ไม่มี ${file}`, en: `there is no ${file}` },
    })
  }
  const { center, centerAdmin, centerKeys, rootFingerprint, gateways } = value
  if (isRecord(gateways) && Object.values(gateways).every(isGateway)) {
    return {
      center: String(center ?? ''),
      centerAdmin: String(centerAdmin ?? ''),
      centerKeys: String(centerKeys ?? join(layoutOf(home).center, 'keys')),
      rootFingerprint: String(rootFingerprint ?? ''),
      ...facesIn(value),
      gateways: gateways as Endpoints['gateways'],
    }
  }
  throw new Problem(problems['home-corrupt'], {
    detail: { th: `${file} ไม่มีรายการเกตเวย์`, en: `${file} does not list the gateways` },
  })
}

const faceNames = ['identity', 'portal', 'desk', 'thaid', 'mail', 'bank'] as const
type Face = (typeof faceNames)[number]

function facesIn(value: Readonly<Record<string, unknown>>): Pick<Endpoints, Face> {
  const faces = faceNames.filter((name) => typeof value[name] === 'string')
  return Object.fromEntries(faces.map((name) => [name, value[name]]))
}

function isGateway(value: unknown): value is GatewayEndpoints {
  return (
    isRecord(value) &&
    ['id', 'edge', 'peer', 'admin', 'keys'].every((name) => typeof value[name] === 'string') &&
    Array.isArray(value.members)
  )
}

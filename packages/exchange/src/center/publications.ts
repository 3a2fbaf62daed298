import { parseVkey } from '@sapan/trust'
import { Type } from 'typebox'
import { Compile } from 'typebox/compile'
import { memberOf, parseService, subsystemOf } from '../identifier.ts'
import { exchangeProblem } from '../problems.ts'
import type { Change } from './change.ts'
import type { CenterGround } from './ground.ts'
import { requireRoom } from './limits.ts'
import { checkPeer } from './names.ts'
import { requireHost } from './peer-hosts.ts'
import { changeOnStatement, notAllowed } from './statement.ts'
import { moveGateway, readGateway } from './store/gateways.ts'
import { subsystemExists } from './store/members.ts'
import {
  addGrantHashes,
  countGrantHashes,
  countServices,
  deleteServices,
  insertLogKey,
  readLogKeys,
  removeGrantHashes,
  saveService,
} from './store/publications.ts'

/** The JWS `typ` of each statement that a member publishes something with. */
export const statementTypes = {
  services: 'sapan-services+jws',
  grants: 'sapan-grants+jws',
  logKey: 'sapan-log-key+jws',
  gateway: 'sapan-gateway+jws',
} as const

const strict = { additionalProperties: false } as const
const identifier = Type.String({ minLength: 1, maxLength: 512 })
const line = Type.String({ minLength: 1, maxLength: 500 })
const hash = Type.String({ pattern: '^[0-9a-f]{64}$' })

const servicesShape = Compile(
  Type.Object(
    {
      register: Type.Array(
        Type.Object(
          {
            id: identifier,
            title: Type.Object({ th: line, en: line }, strict),
            personal: Type.Boolean(),
            openapi: hash,
          },
          strict,
        ),
        { maxItems: 1000 },
      ),
      withdraw: Type.Array(identifier, { maxItems: 1000 }),
    },
    strict,
  ),
)

/**
 * Registers and withdraws services of the stating member's own subsystems. Throws Problem `statement-not-allowed`,
 * `address-malformed`, `subsystem-unknown`, `directory-limit-reached`, and as `changeOnStatement`.
 */
export function publishServices(ground: CenterGround, jws: string): Promise<void> {
  const kind = { type: statementTypes.services, shape: servicesShape }
  return changeOnStatement(ground, jws, kind, async (current, { member, payload }) => {
    const ids = [...payload.register.map((service) => service.id), ...payload.withdraw]
    for (const id of ids) await checkOwnService(current, member, id)
    for (const service of payload.register) {
      const subsystem = parseService(service.id).subsystemCode
      await saveService(current.client, { ...service, member, subsystem }, current.now)
    }
    await deleteServices(current.client, payload.withdraw)
    requireRoom('services', await countServices(current.client, member))
    const details = { register: payload.register.map((service) => service.id), withdraw: payload.withdraw }
    await current.audit({ actor: member, action: 'service.publish', subject: member, details })
  })
}

async function checkOwnService({ client }: Change, member: string, id: string): Promise<void> {
  const { subsystemCode } = parseService(id)
  if (memberOf(id) !== member) throw notAllowed(id)
  if (await subsystemExists(client, member, subsystemCode)) return
  const subsystem = subsystemOf(id)
  throw exchangeProblem('subsystem-unknown', { detail: { th: subsystem, en: subsystem } })
}

const grantsShape = Compile(
  Type.Object(
    { publish: Type.Array(hash, { maxItems: 10_000 }), withdraw: Type.Array(hash, { maxItems: 10_000 }) },
    strict,
  ),
)

/**
 * Publishes and withdraws hashes of grants that the stating member gave. Throws Problem `directory-limit-reached`, and
 * as `changeOnStatement`.
 */
export function publishGrants(ground: CenterGround, jws: string): Promise<void> {
  const kind = { type: statementTypes.grants, shape: grantsShape }
  return changeOnStatement(ground, jws, kind, async (current, { member, payload }) => {
    await addGrantHashes(current.client, member, payload.publish, current.now)
    await removeGrantHashes(current.client, member, payload.withdraw)
    requireRoom('grants', await countGrantHashes(current.client, member))
    await current.audit({ actor: member, action: 'grant.publish', subject: member, details: payload })
  })
}

const logKeyShape = Compile(
  Type.Object(
    {
      epoch: Type.Integer({ minimum: 1, maximum: 2_147_483_647 }),
      origin: Type.String({ minLength: 1, maxLength: 300 }),
      vkey: Type.String({ minLength: 1, maxLength: 500 }),
    },
    strict,
  ),
)

/**
 * Publishes the key of the next epoch of the stating member's log. The same key again changes nothing; another key
 * for an epoch that has one is refused for good. Throws Problem `log-key-conflict`, `statement-not-allowed`,
 * `note-malformed`, `directory-limit-reached`, and as `changeOnStatement`.
 */
export function publishLogKey(ground: CenterGround, jws: string): Promise<void> {
  const kind = { type: statementTypes.logKey, shape: logKeyShape }
  return changeOnStatement(ground, jws, kind, async (current, { member, payload }) => {
    checkOrigin(member, payload.origin)
    if (parseVkey(payload.vkey).name !== payload.origin) throw exchangeProblem('request-invalid')
    const held = await readLogKeys(current.client, member)
    const same = held.find((key) => key.epoch === payload.epoch)
    if (same && same.origin === payload.origin && same.vkey === payload.vkey) return
    requireRoom('epochs', held.length + 1)
    const next = (held.at(-1)?.epoch ?? 0) + 1
    const added =
      payload.epoch === next && (await insertLogKey(current.client, { ...payload, member }, current.now))
    if (!added) throw exchangeProblem('log-key-conflict')
    await current.audit({ actor: member, action: 'log.key', subject: member, details: payload })
  })
}

/** A log's name holds its member's, whole and between slashes: nobody takes another's. */
function checkOrigin(member: string, origin: string): void {
  if (!`/${origin}/`.includes(`/${member}/`)) throw notAllowed('origin')
}

const gatewayShape = Compile(
  Type.Object(
    {
      gateway: identifier,
      peer: Type.String({ minLength: 1, maxLength: 512 }),
      algorithms: Type.Array(Type.Union([Type.Literal('ecdsa-p256-sha256'), Type.Literal('ed25519')]), {
        minItems: 1,
        maxItems: 2,
      }),
    },
    strict,
  ),
)

/**
 * Publishes a gateway's new address or algorithms, on its owner's statement. Throws Problem `gateway-unknown`,
 * `statement-not-allowed`, `request-invalid`, `peer-host-not-allowed`, and as `changeOnStatement`.
 */
export function publishGateway(ground: CenterGround, jws: string): Promise<void> {
  const kind = { type: statementTypes.gateway, shape: gatewayShape }
  return changeOnStatement(ground, jws, kind, async (current, { member, payload }) => {
    const held = await readGateway(current.client, payload.gateway)
    if (!held) throw exchangeProblem('gateway-unknown')
    if (held.owner !== member) throw notAllowed(payload.gateway)
    const peer = checkPeer(payload.peer)
    requireHost(held.hosts, peer)
    const { algorithms } = payload
    if (held.peer === peer && held.algorithms.join() === algorithms.join()) return
    await moveGateway(current.client, held.id, { peer, algorithms })
    await current.audit({
      actor: member,
      action: 'gateway.move',
      subject: held.id,
      details: { peer, algorithms },
    })
  })
}

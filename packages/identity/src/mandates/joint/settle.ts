import type { PoolClient } from '@sapan/kernel'
import { inTransaction } from '@sapan/kernel'
import { type Doer, type MandateRoom, nationalNumber, notify } from '../room.ts'
import type { JointAct } from './joint-act.ts'
import { type JudgedConfirmation, judge } from './judge.ts'
import { heldAct, inOffice, type JointRoom, tell } from './room.ts'

/**
 * Looks whether a joint act is complete or void: the register is asked now, and whoever has confirmed is looked up. Where
 * somebody confirmed or took it back meanwhile, it looks again: of two who confirm at once, one completes it, once.
 * `doer` took part or is in office. Throws `mandate-register-silent`.
 */
export async function settle(room: JointRoom, doer: Doer, id: string): Promise<JointAct> {
  for (;;) {
    const act = await room.joint.byId(room.pool, id, room.clock())
    if (act?.state !== 'open') return await inTransaction(room.pool, (client) => heldAct(room, client, id))
    const outcome = await outcomeOf(room, doer, act)
    const settled = await inTransaction(room.pool, (client) =>
      settleHeld(room, client, { doer, act, outcome }),
    )
    if (settled) return settled
  }
}

/** What the register and those who confirmed make of it. One who is not in office can only find it void. */
async function outcomeOf(
  room: MandateRoom,
  doer: Doer,
  act: JointAct,
): Promise<'void' | 'complete' | 'open'> {
  const confirmed = await Promise.all(
    act.confirmations.map(async ({ account, seal }) => ({
      account,
      ...(await standing(room, account)),
      seal,
    })),
  )
  const authority = await inOffice(room, doer, act, true)
  if (authority) {
    const members = authority.members.map(({ number }) => number)
    return judge({ condition: authority.condition, members }, confirmed)
  }
  return confirmed.some(({ account }) => account === doer.account) ? 'void' : 'open'
}

async function standing(room: MandateRoom, account: string): Promise<Omit<JudgedConfirmation, 'seal'>> {
  const [found, number] = await Promise.all([room.accounts.find(account), nationalNumber(room, account)])
  return { number, isOpen: found?.state === 'open' }
}

interface Settling {
  readonly doer: Doer
  /** As it was when its outcome was found. */
  readonly act: JointAct
  readonly outcome: 'void' | 'complete' | 'open'
}

/** Undefined where the act is not any more what was judged. */
async function settleHeld(
  room: JointRoom,
  client: PoolClient,
  { doer, act, outcome }: Settling,
): Promise<JointAct | undefined> {
  const held = await heldAct(room, client, act.id)
  if (held.state !== 'open') return held
  if (confirmersOf(held) !== confirmersOf(act)) return undefined
  if (outcome === 'open') return held
  await room.joint.settle(client, act.id, { from: 'open', to: outcome, at: room.clock() })
  const accounts = [...new Set([act.preparedBy, ...act.confirmations.map(({ account }) => account)])]
  await tell(room, client, { kind: `joint-act-${outcome}`, act, accounts, doer })
  for (const account of accounts) await notify(room, client, { account, ...outcomeWords(act, outcome) })
  return await heldAct(room, client, act.id)
}

function confirmersOf({ confirmations }: JointAct): string {
  return JSON.stringify(confirmations.map(({ account, seal }) => [account, seal]))
}

function outcomeWords({ id, name }: JointAct, outcome: 'complete' | 'void') {
  const link = `/me/mandates/joint/${id}`
  if (outcome === 'complete')
    return {
      link,
      title: { th: 'เรื่องที่ทำร่วมกันครบแล้ว', en: 'A joint act is complete' },
      body: {
        th: `เรื่องที่ทำร่วมกันแทน ${name.th} ครบตามเงื่อนไขแล้ว`,
        en: `What was done jointly for ${name.en} meets its condition.`,
      },
    }
  return {
    link,
    title: { th: 'เรื่องที่ทำร่วมกันใช้ไม่ได้แล้ว', en: 'A joint act is void' },
    body: {
      th: `ผู้ยืนยันคนหนึ่งไม่มีอำนาจแทน ${name.th} แล้ว ให้เตรียมเรื่องใหม่`,
      en: `One of those who confirmed no longer acts for ${name.en}. Prepare it anew.`,
    },
  }
}

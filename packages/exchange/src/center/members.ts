import type { Text } from '@sapan/kernel'
import { memberOf, parseSubsystem } from '../identifier.ts'
import { exchangeProblem } from '../problems.ts'
import { change } from './change.ts'
import type { CenterGround } from './ground.ts'
import { checkCode, checkMemberClass, memberId } from './names.ts'
import { insertMember, insertSubsystem, unknownMembers } from './store/members.ts'

/**
 * Registers a member and returns its identifier. Throws Problem `member-class-unknown`, `code-malformed` or
 * `already-registered`.
 */
export function addMember(
  ground: CenterGround,
  actor: string,
  member: { readonly class: string; readonly code: string; readonly name: Text },
): Promise<string> {
  const id = memberId(ground.config.instance, member.class, member.code)
  return change(ground, async ({ client, now, audit }) => {
    const row = { id, class: checkMemberClass(member.class), name: member.name }
    if (!(await insertMember(client, row, now))) throw exchangeProblem('already-registered')
    await audit({ actor, action: 'member.add', subject: id, details: { name: member.name } })
    return id
  })
}

/**
 * Registers a subsystem (`TH/GOV/DOPA/population`). Throws Problem `address-malformed`, `code-malformed`,
 * `member-unknown` or `already-registered`.
 */
export function addSubsystem(
  ground: CenterGround,
  actor: string,
  subsystem: { readonly id: string; readonly name: Text },
): Promise<void> {
  const code = checkCode(parseSubsystem(subsystem.id).subsystemCode)
  const member = memberOf(subsystem.id)
  return change(ground, async ({ client, now, audit }) => {
    if ((await unknownMembers(client, [member])).length > 0) throw exchangeProblem('member-unknown')
    const inserted = await insertSubsystem(client, { member, code, name: subsystem.name }, now)
    if (!inserted) throw exchangeProblem('already-registered')
    await audit({ actor, action: 'subsystem.add', subject: subsystem.id, details: { name: subsystem.name } })
  })
}

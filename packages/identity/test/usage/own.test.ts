import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { roleOf } from '../../src/pages/usage/access-words.ts'
import { pairwiseSubjects } from '../../src/provider/subjects.ts'
import { markOwn } from '../../src/usage/own.ts'
import type { MergedAccess } from '../../src/usage/source.ts'

const subjects = pairwiseSubjects(Buffer.alloc(32, 7))
const [me, other] = [randomUUID(), randomUUID()]

/** An access through a system of RD, in which this person had signed in for themselves. */
const accessBy = (account: string, proven = true, member = 'TH/GOV/RD'): MergedAccess => ({
  withheld: false,
  exchange: randomUUID(),
  at: '2026-11-22T13:05:10.000Z',
  member: 'TH/GOV/DOPA',
  side: 'provider',
  client: 'TH/GOV/RD/efiling',
  service: 'TH/GOV/DOPA/population/person-v1',
  operation: 'getPerson',
  purpose: 'tax-assessment',
  law: 'Revenue Code, 19',
  fields: ['name'],
  status: 200,
  actor: { kind: 'person', proven, subject: subjects.subjectOf(member, account) },
  toldBy: [],
})

const shown = (access: MergedAccess) => roleOf(markOwn(subjects, me)(access), 'en')

describe('who acted, on the page of the person whose data it was', () => {
  it('is they themselves only where the agency knows the actor as them', () => {
    expect(shown(accessBy(me))).toBe('You yourself')
    expect(shown(accessBy(other))).toBe('Another person, signed in for themselves; no officer')
    expect(shown(accessBy(me, true, 'TH/GOV/DBD'))).not.toBe('You yourself')
  })

  it('is nobody where it was not proven', () => {
    expect(shown(accessBy(me, false))).toBe('No officer is proven: a system asked')
  })
})

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

  const mine = subjects.subjectOf('TH/GOV/RD', me)
  const theirs = subjects.subjectOf('TH/GOV/RD', other)
  const company = subjects.partyOf('TH/GOV/RD', { kind: 'company', id: '0105558900015' })
  const acting: [
    who: string,
    kind: string,
    subject: string,
    by: string,
    represents: string,
    words: string,
  ][] = [
    ['whoever acts for them', 'mandate', mine, theirs, 'person', 'Somebody who acts for you'],
    ['a helper', 'helper', mine, theirs, 'person', 'A helper at a counter, for you'],
    ['they, for another', 'mandate', theirs, mine, 'person', 'You, acting for another person'],
    ['they, for a company', 'mandate', company, mine, 'company', 'You, acting for a company'],
    ['another for a company', 'mandate', company, theirs, 'company', 'Somebody who acts for a company'],
    ['another for another', 'mandate', theirs, company, 'person', 'Somebody who acts for another person'],
  ]
  it.each(acting)('says of a mandate for whom it was: %s', (_, kind, subject, by, represents, words) => {
    const actor = { kind, proven: true, subject, act: { sub: by }, represents: { kind: represents, id: '1' } }
    expect(shown({ ...accessBy(other), actor })).toBe(words)
    expect(shown({ ...accessBy(other), actor: { ...actor, proven: false } })).toContain(
      'No officer is proven',
    )
  })
})

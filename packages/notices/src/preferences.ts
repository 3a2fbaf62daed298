import { type Clock, type Pool, Problem } from '@sapan/kernel'
import { type Channel, channels, isNoticeKind, kindTerm, type NoticeKind, noticeKinds } from './kinds.ts'
import { noticesProblems } from './problems.ts'

/** Whether a kind of notice comes by a channel, and whether the person may change that. */
export interface Preference {
  readonly kind: NoticeKind
  readonly channel: Channel
  readonly wanted: boolean
  readonly fixed: boolean
}

export interface Preferences {
  /** Every kind on every channel. */
  preferences(account: string): Promise<readonly Preference[]>
  /**
   * Changes one. Throws `notice-setting-fixed` for one that protects the person, `notice-setting-unknown` for words that
   * are none of ours.
   */
  prefer(account: string, kind: string, channel: string, wanted: boolean): Promise<void>
}

export function preferencesOf({ pool, clock }: { readonly pool: Pool; readonly clock: Clock }): Preferences {
  return {
    async preferences(account) {
      const { rows } = await pool.query<{ kind: string; channel: string; wanted: boolean }>(
        'select kind, channel, wanted from notices.preference where account = $1',
        [account],
      )
      const said = new Map(rows.map(({ kind, channel, wanted }) => [`${kind} ${channel}`, wanted]))
      return Object.keys(noticeKinds)
        .filter(isNoticeKind)
        .flatMap((kind) =>
          channels.map((channel) => preferenceOf(kind, channel, said.get(`${kind} ${channel}`))),
        )
    },
    async prefer(account, kind, channel, wanted) {
      const known = channels.find((one) => one === channel)
      if (!isNoticeKind(kind) || known === undefined) {
        throw new Problem(noticesProblems['notice-setting-unknown'])
      }
      if (!wanted && kindTerm(kind).always.includes(known)) {
        throw new Problem(noticesProblems['notice-setting-fixed'])
      }
      await pool.query(
        `insert into notices.preference (account, kind, channel, wanted, changed_at) values ($1, $2, $3, $4, $5)
         on conflict (account, kind, channel) do update set wanted = excluded.wanted,
           changed_at = excluded.changed_at`,
        [account, kind, known, wanted, new Date(clock())],
      )
    },
  }
}

function preferenceOf(kind: NoticeKind, channel: Channel, said: boolean | undefined): Preference {
  const { always, usually } = kindTerm(kind)
  const fixed = always.includes(channel)
  return { kind, channel, fixed, wanted: fixed || (said ?? usually.includes(channel)) }
}

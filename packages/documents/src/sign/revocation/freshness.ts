import { signProblem } from '../../problems/sign.ts'

/** How far a responder's clock may be ahead of ours. */
const clockDifference = 5 * 60_000

/** Without a nextUpdate there is newer information at any time (RFC 6960 §4.2.2.1): it is used this long. */
const withoutNext = 60 * 60_000

/** Until when what was said may be used. Throws `revocation-stale` when that is over at `at`, or not begun. */
export function checkFreshness(thisUpdate: number, nextUpdate: number | undefined, at: number): number {
  const until = nextUpdate ?? thisUpdate + withoutNext
  if (at > until) throw stale(until)
  if (thisUpdate > at + clockDifference) throw stale(thisUpdate)
  return until
}

function stale(moment: number) {
  const text = new Date(moment).toISOString()
  return signProblem('revocation-stale', text, text)
}

/** After so many attempts, spread over about two days, a delivery is given up. */
export const mostAttempts = 15

const minute = 60_000
const longest = 6 * 60 * minute

/** Milliseconds until the next attempt after `attempts` of them: a minute, two, four, … up to six hours. */
export function backoff(attempts: number): number {
  return Math.min(longest, minute * 2 ** (attempts - 1))
}

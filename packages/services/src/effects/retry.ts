const minute = 60_000
const longest = 6 * 60 * minute

/** The pause after so many attempts (1 and more) that came to nothing: a minute, two, four … six hours; milliseconds. */
export function pauseAfter(attempts: number): number {
  return Math.min(minute * 2 ** Math.min(Math.max(attempts, 1) - 1, 20), longest)
}

/** How long nobody hears of a gateway that lets us in no more: its operators mend that, as soon as they know. */
export const doorPatience = 24 * 60 * minute

/** How long a silent register is waited for before an officer hears of it, in milliseconds. */
export const patience = 14 * 24 * 60 * minute

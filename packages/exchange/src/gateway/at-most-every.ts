/** Does something when it is asked to, but not again within `ms` milliseconds of the last time. */
export function atMostEvery(
  ms: number,
  act: () => void,
  now: () => number = () => performance.now(),
): () => void {
  let last = Number.NEGATIVE_INFINITY
  return () => {
    const at = now()
    if (at - last < ms) return
    last = at
    act()
  }
}

/** The shape of a registered problem, written on five lines instead of nine. */
export function problem(status: number, en: string, th: string, nextEn: string, nextTh: string) {
  return { status, title: { th, en }, next: { th: nextTh, en: nextEn } }
}

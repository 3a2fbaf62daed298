/** Layout counts in points from the upper left corner; descriptions give millimetres. */
export const points = (millimetres: number): number => (millimetres * 72) / 25.4

/** ISO 216. */
export const A4 = { width: 595.28, height: 841.89 } as const

export const levels = ['B-B', 'B-T', 'B-LT', 'B-LTA'] as const

export type Level = (typeof levels)[number]

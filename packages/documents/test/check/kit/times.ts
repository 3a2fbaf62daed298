export const now = Date.UTC(2026, 5, 1, 12)
export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour
export const year = 365 * day

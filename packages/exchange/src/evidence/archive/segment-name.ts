/** The name of a segment in its archive, by its identifier (UUID version 7): `2026-11/019ab…`, the month in UTC. */
export function segmentName(id: string): string {
  const made = Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)
  return `${new Date(made).toISOString().slice(0, 7)}/${id}`
}

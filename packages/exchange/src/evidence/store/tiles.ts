import type { Database } from '@sapan/kernel'
import type { Tile, TileContent, TileReader } from '@sapan/trust'

/** Reads the tiles of one epoch of a log; what is missing comes back empty. */
export function tileReader(database: Database, member: string, epoch: number): TileReader {
  return async (tiles) => {
    if (tiles.length === 0) return []
    const { rows } = await database.query<{ level: number; index: string; hashes: Buffer }>(
      `select t.level, t.index, t.hashes
       from unnest($3::int[], $4::bigint[]) as asked (level, index)
       join evidence.tile t on t.member = $1 and t.epoch = $2 and t.level = asked.level and t.index = asked.index`,
      [member, epoch, tiles.map(({ level }) => level), tiles.map(({ index }) => index)],
    )
    const found = new Map(rows.map((row) => [`${row.level}/${row.index}`, row.hashes]))
    return tiles.map(({ level, index }: Tile) => found.get(`${level}/${index}`) ?? Buffer.alloc(0))
  }
}

export async function saveTiles(
  database: Database,
  member: string,
  epoch: number,
  tiles: readonly TileContent[],
): Promise<void> {
  await database.query(
    `insert into evidence.tile (member, epoch, level, index, hashes)
     select $1, $2, level, index, hashes from unnest($3::int[], $4::bigint[], $5::bytea[]) as t (level, index, hashes)
     on conflict (member, epoch, level, index) do update set hashes = excluded.hashes`,
    [
      member,
      epoch,
      tiles.map(({ level }) => level),
      tiles.map(({ index }) => index),
      tiles.map(({ data }) => data),
    ],
  )
}

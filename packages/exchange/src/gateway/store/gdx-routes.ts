import type { Pool } from 'pg'
import type { GdxRoute } from '../gdx/route.ts'

export async function listGdxRoutes(pool: Pool, path?: string): Promise<GdxRoute[]> {
  const { rows } = await pool.query<GdxRoute>({
    name: 'gdx-routes',
    text: `select id, path, conditions, ignored, target, purpose from gateway.gdx_route
           where $1::text is null or path = $1 order by path, created_at, id`,
    values: [path ?? null],
  })
  return rows
}

export async function saveGdxRoute(pool: Pool, route: GdxRoute): Promise<void> {
  await pool.query(
    `insert into gateway.gdx_route (id, path, conditions, ignored, target, purpose)
     values ($1, $2, $3, $4, $5, $6)`,
    [route.id, route.path, route.conditions, route.ignored, route.target, route.purpose],
  )
}

export async function deleteGdxRoute(pool: Pool, id: string): Promise<boolean> {
  const { rowCount } = await pool.query('delete from gateway.gdx_route where id = $1', [id])
  return rowCount === 1
}

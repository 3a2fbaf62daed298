import type { Pool, PoolClient } from '@sapan/kernel'

export interface GatewayRow {
  readonly id: string
  readonly owner: string
  readonly peer: string
  /** Hosts that the address may have, without brackets. */
  readonly hosts: readonly string[]
  readonly algorithms: readonly string[]
  readonly members: readonly string[]
  /** Those of the members that have not moved here yet. */
  readonly waiting: readonly string[]
}

/** Adds the gateway, or gives it a new address and further members when it joins again. */
export async function saveGateway(
  client: PoolClient,
  gateway: Omit<GatewayRow, 'waiting'>,
  now: number,
  waiting = false,
): Promise<void> {
  await client.query(
    `insert into center.gateway (id, owner, peer, hosts, algorithms, joined_at)
     values ($1, $2, $3, $4, $5, to_timestamp($6 / 1000.0))
     on conflict (id) do update
       set peer = excluded.peer, hosts = excluded.hosts, algorithms = excluded.algorithms`,
    [gateway.id, gateway.owner, gateway.peer, gateway.hosts, gateway.algorithms, now],
  )
  await addMembers(client, gateway.id, gateway.members, waiting)
}

/** Lets a gateway speak for these members too, at once or when they have moved. */
export async function addMembers(
  client: PoolClient,
  gateway: string,
  members: readonly string[],
  waiting = false,
): Promise<void> {
  await client.query(
    `insert into center.gateway_member (gateway, member, waiting) select $1, unnest($2::text[]), $3
     on conflict do nothing`,
    [gateway, members, waiting],
  )
}

/** From now on the gateway speaks for the member that waited. */
export async function endWaiting(client: PoolClient, gateway: string, member: string): Promise<void> {
  await client.query('update center.gateway_member set waiting = false where gateway = $1 and member = $2', [
    gateway,
    member,
  ])
}

/** Pairs of gateway and member that wait, each as `gateway member`. */
export async function readWaiting(client: PoolClient): Promise<Set<string>> {
  const { rows } = await client.query<{ pair: string }>(
    `select gateway || ' ' || member as pair from center.gateway_member where waiting`,
  )
  return new Set(rows.map(({ pair }) => pair))
}

export async function removeMember(client: PoolClient, gateway: string, member: string): Promise<void> {
  await client.query('delete from center.gateway_member where gateway = $1 and member = $2', [
    gateway,
    member,
  ])
}

export async function moveGateway(
  client: PoolClient,
  id: string,
  { peer, algorithms }: { readonly peer: string; readonly algorithms: readonly string[] },
): Promise<void> {
  await client.query('update center.gateway set peer = $2, algorithms = $3 where id = $1', [
    id,
    peer,
    algorithms,
  ])
}

export async function saveHosts(client: PoolClient, id: string, hosts: readonly string[]): Promise<void> {
  await client.query('update center.gateway set hosts = $2 where id = $1', [id, hosts])
}

export async function readGateway(client: PoolClient, id: string): Promise<GatewayRow | undefined> {
  return (await readGateways(client, id))[0]
}

/** Every gateway, or the one of that identifier. */
export async function readGateways(client: Pool | PoolClient, id?: string): Promise<GatewayRow[]> {
  const { rows } = await client.query<GatewayRow>(
    `select g.id, g.owner, g.peer, g.hosts, g.algorithms,
            array(select m.member from center.gateway_member m where m.gateway = g.id order by 1) members,
            array(select m.member from center.gateway_member m where m.gateway = g.id and m.waiting order by 1) waiting
       from center.gateway g where $1::text is null or g.id = $1 order by g.id`,
    [id ?? null],
  )
  return rows
}

/** The nodes of a given server that is a cluster of Citus: each holds a database of the same name, and they know one another. */
import { Client, type ClientBase } from 'pg'
import { definerRoles, ownerRole, restrictDatabase } from '../database-roles.ts'
import { superuser } from '../embedded-postgres/settings.ts'

/**
 * An address that signs in as the given superuser and takes on `role` with its first packet, so that no password is set and
 * none is asked for: roles that serve somebody else stay as they are.
 */
export function addressFor(given: string, role: string, database: string): string {
  const url = new URL(given.replace(/^postgres:/, 'postgresql:'))
  url.pathname = `/${database}`
  const options = url.searchParams.get('options')
  if (role !== superuser) url.searchParams.set('options', `${options ? `${options} ` : ''}-c role=${role}`)
  return url.href
}

/** Runs as superuser in the maintenance database of a node, or in `database` of it. */
export async function onNode<T>(
  node: string,
  use: (client: Client) => Promise<T>,
  database?: string,
): Promise<T> {
  const client = new Client({ connectionString: database ? addressFor(node, superuser, database) : node })
  await client.connect()
  try {
    return await use(client)
  } finally {
    await client.end()
  }
}

/** The given server first, then its workers, as its own maintenance database knows them. They take the same user and password. */
export async function nodesOf(coordinator: ClientBase, given: string): Promise<string[]> {
  const { rows } = await coordinator.query<{ host: string; port: number }>(
    `select nodename as host, nodeport as port from pg_dist_node
     where groupid <> 0 and isactive and noderole = 'primary' order by nodeid`,
  )
  const workers = rows.map(({ host, port }) =>
    Object.assign(new URL(given), { hostname: host, port: String(port) }),
  )
  return [given, ...workers.map(({ href }) => href)]
}

/** Makes one cluster of the databases of this name, whose definer roles may ask between the nodes. */
export async function join(nodes: readonly string[], database: string): Promise<void> {
  for (const node of nodes)
    await onNode(
      node,
      async (client) => {
        await client.query('create extension if not exists citus')
        await letDefinersConnect(client, database)
      },
      database,
    )
  const [coordinator = '', ...workers] = nodes
  await onNode(
    String(coordinator),
    async (client) => {
      const at = (node: string) => [new URL(node).hostname, Number(new URL(node).port || 5432)]
      await client.query('select citus_set_coordinator_host($1, $2)', at(coordinator))
      for (const worker of workers) await client.query('select citus_add_node($1, $2)', at(worker))
    },
    database,
  )
}

/** A copy of a database on every node; whoever is connected to the template, Citus itself too, is sent away. */
export async function cloneDatabase(nodes: readonly string[], template: string, name: string): Promise<void> {
  await Promise.all(
    nodes.map((node) =>
      onNode(node, async (client) => {
        if (nodes.length > 1)
          await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
            template,
          ])
        // Without fsync a file copy is the quicker way: 20 ms against 80 once warm.
        await client.query(
          `create database ${name} owner ${ownerRole} template ${template} strategy file_copy`,
        )
        await restrictDatabase(client, name)
        if (nodes.length > 1) await letDefinersConnect(client, name)
      }),
    ),
  )
}

async function letDefinersConnect(client: ClientBase, database: string): Promise<void> {
  await client.query("set citus.enable_alter_role_propagation = 'off'")
  for (const role of definerRoles) await client.query(`alter role ${role} login`)
  await client.query(`grant connect on database ${database} to ${definerRoles.join(', ')}`)
}

/** The coordinator's first, whose connections hold others on the workers. Citus' own daemon is sent away, with or without its leave. */
export async function dropDatabase(nodes: readonly string[], name: string): Promise<void> {
  for (const node of nodes)
    await onNode(node, async (client) => {
      await client.query(`alter database ${name} allow_connections false`)
      await client.query('select pg_terminate_backend(pid, 2000) from pg_stat_activity where datname = $1', [
        name,
      ])
      await client.query(`drop database if exists ${name} with (force)`)
    })
}

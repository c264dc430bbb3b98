import { Client } from 'pg'

/**
 * A connection of its own for one errand. If it breaks, the errand's query fails and says so; the driver tells it once more as
 * an event, which would end a serving process in which nobody listens.
 */
export async function onErrand<T>(
  url: string,
  name: string,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new Client({
    connectionString: url,
    application_name: name,
    connectionTimeoutMillis: 10_000,
  })
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

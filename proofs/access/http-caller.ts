/** Calls over HTTP that keep everything that came back: status, refusal code, and all of it as text to look through. */
import { randomUUID } from 'node:crypto'
import exceljs from 'exceljs'

export interface Answer {
  readonly status: number
  /** The refusal's code, or empty. */
  readonly code: string
  /** Headers and body; a spreadsheet as the words of its cells. */
  readonly text: string
  readonly body: unknown
}

export interface Ask {
  /** Empty: nobody is signed in. */
  readonly token: string
  readonly method: string
  readonly path: string
  readonly body?: unknown
  /** Sent as a form's part `file`. */
  readonly file?: Uint8Array<ArrayBuffer> | undefined
  /** What the file calls itself. */
  readonly fileName?: string
  /** The Idempotency-Key; a new one unless given, and none for null. */
  readonly key?: string | null
}

export async function callHttp(baseUrl: string, ask: Ask): Promise<Answer> {
  const changes = ask.method !== 'GET'
  const response = await fetch(`${baseUrl}${ask.path}`, {
    method: ask.method,
    headers: {
      ...(ask.token === '' ? {} : { cookie: `linli=${ask.token}` }),
      ...(changes && ask.key !== null ? { 'idempotency-key': ask.key ?? randomUUID() } : {}),
      ...(ask.body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(ask.body === undefined ? {} : { body: JSON.stringify(ask.body) }),
    ...(ask.file === undefined ? {} : { body: formOf(ask.file, ask.fileName) }),
  })
  const headers = JSON.stringify([...response.headers])
  if (response.headers.get('content-type')?.includes('spreadsheet')) {
    const text = await wordsOf(await response.arrayBuffer())
    return { status: response.status, code: '', text: `${headers}\n${text}`, body: undefined }
  }
  if (response.headers.get('content-type')?.startsWith('text/event-stream')) {
    await response.body?.cancel()
    return { status: response.status, code: '', text: headers, body: undefined }
  }
  const text = await response.text()
  const isJson = /^\s*[[{]/.test(text)
  const body: unknown = isJson ? JSON.parse(text) : undefined
  const code = response.ok ? '' : ((body as { code?: string } | undefined)?.code ?? 'none')
  return { status: response.status, code, text: `${headers}\n${text}`, body }
}

function formOf(file: Uint8Array<ArrayBuffer>, name = 'a.png'): FormData {
  const form = new FormData()
  form.append('file', new Blob([file]), name)
  return form
}

async function wordsOf(bytes: ArrayBuffer): Promise<string> {
  const book = new exceljs.Workbook()
  await book.xlsx.load(bytes)
  const words: string[] = []
  book.eachSheet((sheet) => {
    sheet.eachRow((row) => {
      words.push(JSON.stringify(row.values))
    })
  })
  return words.join('\n')
}

/** Runs the work for each item, some at a time, in order of the list. */
export async function inParallel<T>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  let next = 0
  const worker = async () => {
    for (let item = items[next++]; item !== undefined; item = items[next++]) await work(item)
  }
  await Promise.all(Array.from({ length: width }, worker))
}

import type { Keys } from './keys.ts'

/** Sends one text to one phone. Ports: `demo` and `log` keep it on this machine, `http` calls a gateway. */
export interface SmsPort {
  readonly name: 'log' | 'demo' | 'http'
  send(phone: string, text: string): Promise<void>
}

/** What operations need of the machine room besides the database; the same object for all calls. */
export interface Services {
  keys: Keys
  sms: SmsPort
  /** Content-addressed files: the folder under the data folder. */
  filesFolder: string
  /** A demo says so on every page; its residents' code is 000000 and the second factor is off. */
  demo: boolean
}

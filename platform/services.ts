import type { InstallationWatch } from './installation.ts'
import type { Keys } from './keys.ts'

/** Sends one text to one phone. Ports: `demo` and `log` keep it on this machine, `http` calls a gateway. */
export interface SmsPort {
  readonly name: 'log' | 'demo' | 'http'
  /** Signs what a gateway reports back about a text; without one no report is taken. */
  readonly receiptSecret?: string
  /** `id` stays the same when one text is sent again, so that a gateway can drop the repetition. */
  send(phone: string, text: string, id?: string): Promise<void>
}

/** Posts to the group of a street in a work chat. The text holds no personal data. */
export interface ChatPort {
  /** Whether a group robot listens for this street, by its code. */
  serves(streetCode: string): boolean
  /** Throws when it was not taken. `id` as for a text. */
  send(streetCode: string, text: string, id: string): Promise<void>
}

/** Asks a model outside for words. What it is given holds no personal data. */
export interface DraftPort {
  /** Throws when there is no usable answer in time. */
  draft(task: string, text: string): Promise<string>
}

/** Takes signed checkpoints away from this machine; see seal-ports.ts. */
export interface SealPort {
  readonly name: 'folder' | 'address'
  /** Throws when it was not taken. The same one twice is no fault. */
  send(streetCode: string, size: number, text: string): Promise<void>
}

/** What operations need of the machine room besides the database; the same object for all calls. */
export interface Services {
  keys: Keys
  sms: SmsPort
  /** Left out where no group robot is connected. */
  chat?: ChatPort
  /** Left out where no model outside is set up. */
  drafts?: DraftPort
  /** Left out where checkpoints stay on this machine. */
  seals?: SealPort
  /** Left out where a process does not watch itself. */
  installation?: InstallationWatch
  /** Content-addressed files: the folder under the data folder. */
  filesFolder: string
  /** Where people open this system, for codes on paper; left out: paths alone. */
  publicUrl?: string
  /** A demo says so on every page; its residents' code is 000000 and the second factor is off. */
  demo: boolean
}

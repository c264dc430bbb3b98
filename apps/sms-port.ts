/** Which way texts leave this machine: none in a demo, a log line without phone or text, or a gateway over HTTP. */
import type { SmsPort } from '../platform/services.ts'

export function smsPort(demo: boolean): SmsPort {
  if (demo) return { name: 'demo', send: async () => {} }
  return {
    name: 'log',
    send: async (phone, text) => {
      console.log(`sms to ****${phone.slice(-2)}, ${text.length} characters, not sent: no gateway is set`)
    },
  }
}

/** The browser's side of the server: what screens import. */
export { type CallInput, type CallOptions, call, callUrl } from './call.ts'
export { type ClientFieldError, ClientOffline, ClientRefusal, wordsOf } from './client-error.ts'
export { savedName } from './saved-name.ts'
export { clientLanguage, onRefused, setClientLanguage } from './send-request.ts'
export { type LiveEvent, subscribe } from './subscribe.ts'
export { uploadFile } from './upload-file.ts'

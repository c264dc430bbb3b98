/** True while the server could not even say who is signed in; the shell then says so instead of a page. */
import { ref } from 'vue'

export const serverDown = ref(false)

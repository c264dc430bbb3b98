import { environmentThemes } from './environment.ts'
import { neighbourThemes } from './neighbours.ts'
import { propertyThemes } from './property.ts'
import { safetyThemes } from './safety.ts'
import { serviceThemes } from './services.ts'
import type { TextTheme } from './theme.ts'
import { trafficThemes } from './traffic.ts'
import { utilityThemes } from './utilities.ts'

/** Every theme of the demo, one per matter. */
export const allThemes: readonly TextTheme[] = [
  ...propertyThemes,
  ...environmentThemes,
  ...safetyThemes,
  ...trafficThemes,
  ...neighbourThemes,
  ...utilityThemes,
  ...serviceThemes,
]

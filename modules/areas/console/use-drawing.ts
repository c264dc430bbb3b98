/** A draft on the screen: read once, drawn on in memory, sent a moment after each act. */
import { useQueryClient } from '@tanstack/vue-query'
import { computed, onBeforeUnmount, ref, shallowRef, triggerRef } from 'vue'
import type { OutputOf } from '../../../lib/contract.ts'
import type { AreaGeometry } from '../../../lib/geometry.ts'
import { newId } from '../../../lib/ids.ts'
import { ClientRefusal, call, wordsOf } from '../../../platform/client/index.ts'
import { language, say } from '../../../ui/language.ts'
import { notify } from '../../../ui/notices.ts'
import {
  type DraftSummary,
  getBoundaries,
  getDraft,
  listAreaLevels,
  listAreas,
  listBuildingPins,
  listDivisions,
  saveDraft,
} from '../contract.ts'
import type { Act } from '../rules/draft-acts.ts'
import { Drawing } from '../rules/draft-drawing.ts'
import { refusedWords, words } from './draft-words.ts'

const saveAfterMs = 1_200
type Levels = OutputOf<typeof listAreaLevels>['items']
type Divisions = OutputOf<typeof listDivisions>['items']
type Pins = OutputOf<typeof listBuildingPins>['items']

export function useDrawing(draftId: string) {
  const queries = useQueryClient()
  const drawing = shallowRef<Drawing>()
  const draft = shallowRef<DraftSummary>()
  const levels = shallowRef<Levels>([])
  const pins = shallowRef<Pins>([])
  /** Official codes of what lies right below the street. */
  const divisions = shallowRef<Divisions>([])
  const tiles = shallowRef<OutputOf<typeof getDraft>['tiles']>(null)
  const failed = ref('')
  const saving = ref<'saved' | 'waiting' | 'sending' | 'failed'>('saved')
  let timer: ReturnType<typeof setTimeout> | undefined
  let sending: Promise<void> = Promise.resolve()

  async function open() {
    failed.value = ''
    try {
      const [found, tree, shapes, levelRows, buildings, official] = await Promise.all([
        call(getDraft, { params: { id: draftId } }),
        call(listAreas),
        call(getBoundaries),
        call(listAreaLevels),
        call(listBuildingPins),
        call(listDivisions),
      ])
      const geometries = new Map(shapes.features.map((one) => [one.id, one.geometry as AreaGeometry]))
      levels.value = levelRows.items
      pins.value = buildings.items
      divisions.value = official.items
      tiles.value = found.tiles
      draft.value = found.draft
      drawing.value = new Drawing({
        areas: tree.items.map((area, position) => ({
          id: area.id,
          code: area.code,
          level: area.level,
          name: area.name,
          kind: area.kind,
          parentId: area.parentId,
          position,
          boundsText: area.boundsText,
          geometry: geometries.get(area.id) ?? null,
        })),
        levels: levelRows.items.map(({ level }) => level),
        saved: found.areas,
        takenCodes: found.takenCodes,
        newId: () => newId(Date.now()),
      })
    } catch (error) {
      failed.value = wordsOf(error, language.value)
    }
  }

  const canDraw = computed(() => draft.value?.state === 'draft')

  /** Does it, or says why not. Answers the areas that it made. */
  function perform(act: Act): readonly string[] | undefined {
    if (!act.ok) {
      notify(say(refusedWords[act.why]), { danger: true })
      return undefined
    }
    drawing.value?.act(act.step)
    changed()
    return act.made
  }
  function step(which: 'undo' | 'redo') {
    drawing.value?.[which]()
    changed()
  }
  function changed() {
    triggerRef(drawing)
    saving.value = 'waiting'
    clearTimeout(timer)
    timer = setTimeout(save, saveAfterMs)
  }

  /** Sends what is not there yet; one at a time, so that versions follow each other. */
  function save(): Promise<void> {
    clearTimeout(timer)
    sending = sending.then(send)
    return sending
  }
  async function send() {
    const { value: table } = drawing
    if (!table || !draft.value || !canDraw.value) return
    const sent = table.unsaved()
    if (sent.put.length + sent.drop.length === 0) {
      saving.value = 'saved'
      return
    }
    saving.value = 'sending'
    try {
      draft.value = await call(saveDraft, {
        params: { id: draftId },
        body: { version: draft.value.version, ...sent },
      })
      table.markSaved(sent)
      const left = table.unsaved()
      saving.value = left.put.length + left.drop.length > 0 ? 'waiting' : 'saved'
      queries.invalidateQueries({ queryKey: ['area-drafts'] })
    } catch (error) {
      saving.value = 'failed'
      const stale = error instanceof ClientRefusal && error.code === 'areas/draft-changed'
      notify(
        stale ? wordsOf(error, language.value) : say(words.notSaved, { why: wordsOf(error, language.value) }),
        {
          danger: true,
        },
      )
    }
  }

  const guard = (event: BeforeUnloadEvent) => {
    if (saving.value !== 'saved') event.preventDefault()
  }
  window.addEventListener('beforeunload', guard)
  onBeforeUnmount(() => {
    window.removeEventListener('beforeunload', guard)
    if (saving.value === 'waiting') void save()
  })
  void open()
  return {
    drawing,
    draft,
    levels,
    pins,
    divisions,
    tiles,
    failed,
    saving,
    canDraw,
    open,
    perform,
    step,
    save,
  }
}

export type DrawingTable = ReturnType<typeof useDrawing>

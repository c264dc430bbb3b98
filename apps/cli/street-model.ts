/** `models`: which text model a street uses; training one on its closed cases, and going back to an earlier one. */
import { fewestCases, modelUses, switchModel, trainForStreet } from '../../modules/cases/server/index.ts'
import { type Command, streetActor, withApp, wrongInput } from './command.ts'

const percent = (share: number | null) => (share === null ? '—' : `${(share * 100).toFixed(1)}%`)
const named = (version: number | null) => (version === null ? '随程序提供 shipped' : String(version))

export const modelsCommand: Command = {
  name: 'models',
  usage: '--street CODE [--train [--even-if-worse]] [--use N|shipped]',
  zh: '街道的文本模型：列出、用已办结的诉求训练、换回以前的',
  en: 'A street’s text models: list them, train on its closed cases, go back to an earlier one',
  options: { street: 'string', train: 'boolean', 'even-if-worse': 'boolean', use: 'string' },
  async run(call) {
    const use = call.option('use')
    if (use !== undefined && use !== 'shipped' && !/^[1-9]\d{0,4}$/.test(use))
      throw wrongInput('--use 后面写版本号或 shipped。', '--use takes the number of a model or shipped.')
    return withApp(call, async ({ pool, database }) => {
      const actor = await streetActor(pool, call)
      const lines: string[] = []
      let failed = false
      if (call.flag('train')) {
        const trained = await trainForStreet({
          pool,
          actor,
          filesFolder: database.folder.files,
          at: new Date(),
          evenIfWorse: call.flag('even-if-worse'),
          onProgress: (done, total) => done % 20 === 0 && call.say(`  ${done} / ${total}`),
        })
        failed = !trained.used
        const { cases, matters, version, accuracy, accuracyBefore } = trained
        if (accuracy === null)
          lines.push(
            `已办结且归类的诉求只有 ${cases} 条、${matters} 个事项，至少要 ${fewestCases} 条，没有训练。`,
            `Only ${cases} closed cases of ${matters} matters; at least ${fewestCases} are needed. Nothing was trained.`,
          )
        else
          lines.push(
            `用 ${cases} 条训练；留出的诉求上准确率 ${percent(accuracy)}，原来的模型 ${percent(accuracyBefore)}。${trained.used ? `已启用，版本 ${version}。` : '没有更好，没有启用。'}`,
            `Trained on ${cases}; right on cases kept back: ${percent(accuracy)}, the one in use ${percent(accuracyBefore)}. ${trained.used ? `In use as ${version}.` : 'No better, not used.'}`,
          )
      }
      if (
        use !== undefined &&
        !(await switchModel(pool, actor, use === 'shipped' ? null : Number(use), new Date()))
      )
        throw wrongInput(`没有版本 ${use}。`, `There is no model ${use}.`)
      const uses = await modelUses(pool, actor)
      lines.push(
        '起用时间 used from\t版本 model\t诉求 cases\t准确率 accuracy\t之前 before',
        ...uses.map((one) =>
          [
            one.usedFrom.toISOString(),
            named(one.version),
            one.samples,
            percent(one.accuracy),
            percent(one.accuracyBefore),
          ].join('\t'),
        ),
        ...(uses.length === 0 ? ['随程序提供的模型 the shipped model'] : []),
      )
      return { lines, result: { ok: !failed, uses }, failed }
    })
  },
}

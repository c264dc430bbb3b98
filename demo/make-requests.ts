/** Made-up requests whose matter is known: what the shipped text model learns from. No real message is among them. */
import { createSeededRandom, type SeededRandom } from '../lib/seeded-random.ts'
import type { Sample } from '../lib/text-model/train-text-model.ts'
import { loadCatalogue } from '../modules/cases/seeds/load-catalogue.ts'
import type { Matter } from '../modules/cases/seeds/read-catalogue.ts'
import { gridRoads, lanes, shops } from './street-names.ts'
import { allThemes } from './texts/all-themes.ts'
import { endings, greetings } from './texts/clerk-words.ts'

const perMatter = 24

/** How people put a thing into a sentence when they say no more than that it is so. */
const frames = [
  '{事}，请来看看。',
  '{楼}{事}，已经{天}天了。',
  '反映一下，{小区}{事}，大家意见很大。',
  '请问{事}找谁？',
  '{楼}这边{事}，麻烦处理。',
  '{路}附近{事}，来来往往的人都看到了。',
  '我想说个事，{事}，希望管一管。',
  '{事}，打过电话没有下文。',
  '{词}的问题什么时候能解决？',
  '{小区}的{词}，{词二}，请核实。',
  '关于{词}、{词二}，想问问怎么办。',
  '{词}，{事}。',
  '{楼}{事}{天}天了，老人孩子出入都不方便。',
  '{楼}的{词}{天}天了，晚上一个人害怕，请来人。',
  '老人反映，{楼}{事}。',
]

/** What people say of anything: it must speak for no matter. */
const asides = [
  '家里有老人和孩子，',
  '老人上下楼不方便，',
  '晚上看不见，',
  '天天这样，',
  '邻居们都在说，',
  '孩子放学要经过，',
  '跟物业说过几次，',
  '不知道归谁管，',
]

function fillOf(random: SeededRandom): (text: string) => string {
  const compound = `${random.pick(['梧桐', '听雨', '望溪', '桂花', '石榴', '松影', '向阳', '和平', '金秋', '新华'])}${random.pick(['苑', '里', '花园', '小区', '新村', '家园'])}`
  const slots: Readonly<Record<string, string>> = {
    小区: compound,
    楼: `${compound}${1 + random.int(30)}栋`,
    单元: `${1 + random.int(4)}单元`,
    层: String(2 + random.int(28)),
    路: random.pick([...gridRoads, ...lanes]),
    店: random.pick(shops),
    天: String(2 + random.int(9)),
    几: String(2 + random.int(5)),
    时: random.pick(['早上六点', '中午十二点', '下午五点', '晚上八点', '夜里十一点']),
    物业: '物业公司',
  }
  return (text) => text.replace(/\{(.+?)\}/g, (whole, name: string) => slots[name] ?? whole)
}

/** The same seed gives the same requests. Every matter that residents name has as many as every other. */
export function makeRequests(seed: number, each = perMatter): Sample[] {
  const random = createSeededRandom(seed)
  return loadCatalogue()
    .matters.filter((matter) => matter.extension || allThemes.some((theme) => theme.matter === matter.key))
    .flatMap((matter) => {
      const own = random.fork(matter.key)
      return Array.from({ length: each }, () => requestOf(matter, own))
    })
}

function requestOf(matter: Matter, random: SeededRandom): Sample {
  const fill = fillOf(random)
  const theme = allThemes.find((one) => one.matter === matter.key)
  const said =
    theme && random.chance(0.6)
      ? random.pick([...theme.words, ...(theme.found ? [theme.found] : [])])
      : framed(matter, random)
  const tone = matter.kind === 'inquiry' || matter.kind === 'suggestion' ? endings.asking : endings.pressing
  const aside = random.chance(0.4) ? random.pick(asides) : ''
  const text = `${random.pick(greetings)}${aside}${fill(said)}${random.chance(0.3) ? random.pick(tone) : ''}`
  const title = random.chance(0.5) ? fill(theme?.issue ?? random.pick(plainNames(matter))) : ''
  return { label: matter.key, title, text }
}

const plainNames = ({ nameZh, residentWords }: Matter): string[] => [
  nameZh,
  ...residentWords.split(/[、，]/).filter((part) => part !== ''),
]

function framed(matter: Matter, random: SeededRandom): string {
  const words = random.shuffle(matter.keywords)
  const [first = matter.nameZh, second = matter.nameZh] = words
  return random
    .pick(frames)
    .replaceAll('{事}', random.pick(plainNames(matter)))
    .replaceAll('{词}', first)
    .replaceAll('{词二}', second)
}

/** Made-up names of the demo street. None of them is meant to be a real place. */
export const streetName = '梧桐街道'
export const streetNameEn = 'Parasol Tree Street'
/** 990101 is no division of any country; codes below it are fictitious. */
export const streetCode = '990101001'

export const communityNames = [
  { zh: '桐荫社区', en: 'Tongyin Community' },
  { zh: '听雨社区', en: 'Tingyu Community' },
  { zh: '望溪社区', en: 'Wangxi Community' },
] as const

/** What the street borders on: east, north, west, south. */
export const outerBounds = ['东篱大道', '云岫山步道', '西窗路', '青萝河'] as const
export const mainRoads = ['梧桐大道', '听雨大道'] as const
export const gridRoads = [
  '桐荫路',
  '枕溪路',
  '半亩路',
  '拾光路',
  '流萤路',
  '松影路',
  '杏雨路',
  '栖禾路',
  '晴耕路',
] as const
export const lanes = [
  '石榴巷',
  '豆花巷',
  '棋子巷',
  '油灯巷',
  '篾匠巷',
  '茶壶巷',
  '竹椅巷',
  '桂子巷',
  '书箱巷',
  '响水巷',
  '磨坊巷',
  '灯芯巷',
] as const
export const compoundNames = [
  '梧桐苑',
  '桐荫里',
  '半亩园',
  '拾光小区',
  '枕溪花园',
  '流萤小区',
  '纺织厂家属院',
  '松影苑',
  '听雨轩小区',
  '杏雨园',
  '油灯巷小区',
  '机床厂宿舍',
  '栖禾里',
  '书香小区',
  '晴耕园',
  '邮电宿舍',
  '望溪花园',
  '竹椅里',
  '桂子园',
  '响水小区',
  '磨坊里',
  '灯芯苑',
  '粮站宿舍',
  '青萝湾小区',
] as const
/** What parts micro-grids inside a compound. */
export const innerBounds = ['中庭步道', '内环道', '围墙', '绿篱', '排水渠', '车棚一线'] as const
export const shops = [
  '老灶火锅店',
  '阿婆面馆',
  '好邻居超市',
  '蓝房子理发店',
  '山里人烧烤',
  '明亮眼镜店',
  '二姐卤菜',
  '小满烘焙',
  '大力健身房',
  '星星琴行',
  '老周五金店',
  '半勺糖奶茶店',
  '惠民菜店',
  '百草药房',
] as const

/**
 * Words that sound like a quarrel between people. They bring up an offer to mediate and nothing else: whoever does not
 * want it goes on as before, so a wrong guess costs a glance.
 */
const quarrel =
  /纠纷|吵架|争吵|吵闹|闹矛盾|有矛盾|邻里|邻居|楼上|楼下|隔壁|赔偿|赔钱|扯皮|谈不拢|协商不成|欠钱|不还钱|彩礼|抚养|赡养|遗产|\bquarrel|\bdispute|\bneighbou?r|\bupstairs\b|\bdownstairs\b|\bcompensat/i

export const soundsLikeQuarrel = (text: string): boolean => quarrel.test(text)

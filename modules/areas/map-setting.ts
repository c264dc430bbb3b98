/** The street's own map tiles under its boundaries; the maps do without. */
import { Type } from 'typebox'
import { defineSetting } from '../../lib/setting.ts'

export const mapTiles = defineSetting({
  key: 'areas.mapTiles',
  group: 'areas',
  words: { zh: '网格编辑的底图', en: 'Tiles under the area editor' },
  help: {
    zh: '不填也能用：地图画的是本街道自己的边界。如有政务底图，请由运维转发到本站地址下，填写以 / 开头的瓦片地址，并选对它的坐标系；选错会偏出约 500 米。',
    en: 'Nothing is needed: maps draw the street’s own boundaries. Where there is a tile service, let it be forwarded under this site’s own address and give the path beginning with /, with the datum it is drawn in: a wrong one is some 500 m off.',
  },
  schema: Type.Object(
    {
      // Two strokes at the beginning, either way round, would name another site.
      path: Type.String({ pattern: '^(/(?![/\\\\])[^{}\\s]*\\{z\\}[^\\s]*)?$', maxLength: 200 }),
      datum: Type.Union([Type.Literal('wgs84'), Type.Literal('cgcs2000'), Type.Literal('gcj02')]),
      maxZoom: Type.Integer({ minimum: 10, maximum: 20 }),
    },
    { additionalProperties: false },
  ),
  fallback: { path: '', datum: 'cgcs2000', maxZoom: 18 },
  labels: {
    path: { zh: '瓦片地址，如 /tiles/{z}/{x}/{y}.png', en: 'Path, such as /tiles/{z}/{x}/{y}.png' },
    datum: { zh: '坐标系', en: 'Datum' },
    maxZoom: { zh: '最大级别', en: 'Deepest zoom' },
    wgs84: { zh: 'WGS-84', en: 'WGS-84' },
    cgcs2000: { zh: '国家2000（天地图、政务图）', en: 'CGCS2000 (official maps)' },
    gcj02: { zh: 'GCJ-02（高德、腾讯）', en: 'GCJ-02 (Amap, Tencent)' },
  },
})

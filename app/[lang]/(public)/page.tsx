import { langParam } from '../../_ui/site/page-lang';
import { Panorama } from '../../_ui/illustration/panorama';
import { RoadScene } from '../../_ui/illustration/road-scene';
import { BeforeAfter, Thumbs } from '../../_ui/compare/component';
import { Wrap } from '../../_ui/page/component';
export default async function Page({params}: {params: Promise<{lang:string}>}) { const lang = await langParam(params);
return <><Panorama/><Wrap><div className="grid grid-cols-2 gap-5 mt-5"><BeforeAfter lang={lang} before={<RoadScene time="before"/>} after={<RoadScene time="after"/>} describes="x"/><RoadScene time="during"/><RoadScene time="before"/><RoadScene time="after"/></div></Wrap></>; }

import { Amt } from '../../_ui/amt/component';
import { Wrap } from '../../_ui/page/component';
import { langParam } from '../../_ui/site/page-lang';
export default async function Page({ params }: { params: Promise<{ lang: string }> }) {
  const lang = await langParam(params);
  return (
    <Wrap>
      <h1>{lang}</h1>
      <Amt value={{ currency: 'CNY', minor: -123456n }} />
    </Wrap>
  );
}

import { createHash } from 'node:crypto';
import { fileDocument, filePhotograph, publishPhotograph } from '@/lib/evidence/evidence.commands';
import type { Cast } from '@/lib/run/story/cast';
import type { StoryFiles } from '@/lib/run/story/files';
import type { Maling } from '@/lib/run/story/maling';
import type { Player } from '@/lib/run/story/player';

const sha = (text: string): string => createHash('sha256').update(text).digest('hex');
const words = (text: string) => ({ 'zh-Hans': text, 'zh-Hant': text, en: text });

/** Files records without bytes: for stories about money. The bytes have their own tests. */
export const recordsOnly =
  (cast: Cast) =>
  (player: Player, maling: Maling): StoryFiles => ({
    paper: async (kind, facts) => {
      const name = `${kind}-${facts.segment}-${facts.on}-${facts.contractor ?? ''}-${facts.amountMinor ?? ''}`;
      const { code } = await player.act(
        name,
        fileDocument,
        {
          campaign: maling.campaign.slug,
          segment: facts.segment,
          kind,
          title: words(name),
          dated: facts.on,
          pages: 1,
          mediaType: 'application/pdf',
          sizeBytes: 1000n,
          sha256: sha(name),
          publicSha256: null,
          visibility: facts.namesPeople === true ? 'redacted' : 'public',
          withheldReason: null,
          opensOn: null,
        },
        cast.lin,
      );
      return code;
    },
    statement: () => Promise.resolve(),
    picture: (road, stage, on) => async () => {
      const name = `${road.code}-${stage}`;
      const { id } = await player.act(
        `picture-${name}`,
        filePhotograph,
        {
          segment: road.code,
          stage,
          station: 'A',
          takenOn: on,
          originalSha256: sha(name),
          publicSha256: sha(`${name}-public`),
          thumbSha256: sha(`${name}-thumb`),
          widthPx: 1600,
          heightPx: 1200,
          caption: words(name),
          illustrative: true,
          capturedAt: null,
          latitudeE7: null,
          longitudeE7: null,
        },
        cast.he,
      );
      await player.act(`picture-${name}-publish`, publishPhotograph, { photograph: id, on }, cast.lin);
    },
  });

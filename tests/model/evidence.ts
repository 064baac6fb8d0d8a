import type { Actor } from '@/lib/auth/roles.rules';
import { idOf } from './people';
import { contractsOf, stepFrom } from './roads';
import { dated, isClosed, on, text, Verdict, type State } from './state';

export const fileDocument = (
  state: State,
  input: { campaign: string; segment: string; kind: string; sha256: string },
  who: Actor,
): Verdict => {
  const verdict = new Verdict();
  const road = state.road(input.segment);
  if (!road || !state.campaign(input.campaign)) return verdict.refused('not_found');
  return verdict.otherwise((answer) =>
    state.papers.push({
      code: text(answer, 'code'),
      kind: input.kind,
      road,
      sha: input.sha256,
      by: idOf(who),
    }),
  );
};

export const paper = (state: State, code: string) => state.papers.find((one) => one.code === code);

export const filePhotograph = (
  state: State,
  input: { segment: string; stage: string; originalSha256: string },
  who: Actor,
): Verdict => {
  const verdict = new Verdict();
  const road = state.road(input.segment);
  if (!road) return verdict.refused('not_found');
  const sha = input.originalSha256;
  verdict.when(
    state.photos.some((one) => one.road === road && one.sha === sha),
    'duplicate_submission',
  );
  return verdict.otherwise((answer) =>
    state.photos.push({
      id: text(answer, 'id'),
      road,
      stage: input.stage,
      sha,
      by: idOf(who),
      published: false,
    }),
  );
};

export const publishPhotograph = (state: State, input: { photograph: string }, who: Actor): Verdict => {
  const verdict = new Verdict();
  const photo = state.photos.find((one) => one.id === input.photograph);
  if (!photo) return verdict.refused('not_found');
  verdict.when(photo.published, 'illegal_state_change');
  verdict.when(photo.by === idOf(who), 'maker_is_checker');
  return verdict.otherwise(() => {
    photo.published = true;
  });
};

export const signAcceptance = (
  state: State,
  input: { segment: string; sheet: string; result: 'accepted' | 'rework'; on: string },
  who: Actor,
): Verdict => {
  const verdict = new Verdict();
  const road = state.road(input.segment);
  if (!road) return verdict.refused('not_found');
  const sheet = paper(state, input.sheet);
  verdict.when(sheet?.kind !== 'acceptance_sheet' || sheet.road !== road, 'acceptance_sheet_missing');
  verdict.when(sheet?.by === idOf(who), 'uploader_is_signer');
  const accepted = input.result === 'accepted';
  const to = stepFrom(road.status, accepted ? 'accept' : 'ask_rework');
  if (verdict.when(to === null, 'illegal_state_change') || to === null) return verdict;
  verdict.when(
    accepted && !state.photos.some((one) => one.road === road && one.stage === 'after' && one.published),
    'after_photographs_missing',
  );
  const contract = contractsOf(state, road).find((one) => one.status === 'signed');
  const retained = accepted ? (contract?.retentionMinor ?? 0n) : 0n;
  verdict.when(retained > 0n && isClosed(road.campaign, input.on), 'period_closed');
  return verdict.otherwise(
    () => {
      road.status = to;
      if (retained === 0n) return;
      state.books.write([{ from: on.retention(road.campaign), to: on.works(road), amountMinor: retained }]);
      dated(road.campaign, input.on);
    },
    { status: to },
  );
};

import { z } from 'zod';
import { mayDo } from '@/lib/auth/roles.rules';
import { currentActor, refuseForeignRequest, type StaffActor } from '@/lib/auth/session';
import { isWorkStage } from '@/lib/evidence/photograph.flow';
import { finishUpload, receivePiece, resumeUpload } from '@/lib/evidence/upload.flow';
import { readUpload } from '@/lib/files/upload';
import { readSmallJson } from '@/lib/server/small-form';
import { segmentCode, day, sha256 } from '@/lib/shared/form-parts';
import type { RefusalName } from '@/lib/shared/refusal';
import type { Result } from '@/lib/shared/result';

type Context = { params: Promise<{ id: string }> };

const PIECE_MAX = 1_048_576;
const beginBody = z.object({
  sha256,
  sizeBytes: z.number().int().min(1).max(10_485_760),
  pieceBytes: z.number().int().min(4096).max(PIECE_MAX),
});
const finishBody = z.object({
  segment: segmentCode,
  stage: z.string().refine(isWorkStage),
  station: z.string().trim().min(1).max(40),
  on: day,
  capturedAt: z.iso.datetime().nullable(),
  place: z
    .object({
      latitudeE7: z.number().int().min(-900_000_000).max(900_000_000),
      longitudeE7: z.number().int().min(-1_800_000_000).max(1_800_000_000),
    })
    .nullable(),
});

/** The inspector who is signed in, and the upload's id; or the answer to give instead. */
const whoAndWhat = async (
  request: Request,
  context: Context,
): Promise<{ actor: StaffActor; id: string } | Response> => {
  const foreign = refuseForeignRequest(request);
  if (foreign) return foreign;
  const actor = await currentActor();
  const answer = mayDo(actor, 'photograph:file');
  if (actor.kind !== 'person' || answer !== 'allowed')
    return Response.json({ refused: answer }, { status: answer === 'not_permitted' ? 403 : 401 });
  const id = z.uuid().safeParse((await context.params).id);
  return id.success ? { actor, id: id.data } : Response.json({ refused: 'not_found' }, { status: 404 });
};

/** Refused for now: the phone keeps the photograph and sends it again by itself. */
const LATER = new Set<RefusalName>(['busy_try_again', 'file_not_checked']);

const answerOf = (result: Result<unknown>): Response =>
  result.ok
    ? Response.json(result.value)
    : Response.json({ refused: result.refusal.name }, { status: LATER.has(result.refusal.name) ? 503 : 422 });

/** Begins or resumes an upload: which pieces are there. */
export async function POST(request: Request, context: Context): Promise<Response> {
  const asked = await whoAndWhat(request, context);
  if (asked instanceof Response) return asked;
  const body = beginBody.safeParse(await readSmallJson(request));
  if (!body.success) return Response.json({ refused: 'invalid_input' }, { status: 422 });
  return answerOf(await resumeUpload(asked.actor, { id: asked.id, ...body.data }));
}

/** One piece, its number in the query. */
export async function PUT(request: Request, context: Context): Promise<Response> {
  const asked = await whoAndWhat(request, context);
  if (asked instanceof Response) return asked;
  const no = new URL(request.url).searchParams.get('piece') ?? '';
  const bytes = await readUpload(request.body, PIECE_MAX);
  if (!/^\d{1,4}$/.test(no) || !bytes.ok) return Response.json({ refused: 'invalid_input' }, { status: 422 });
  return answerOf(await receivePiece(asked.actor, asked.id, Number.parseInt(no, 10), bytes.value));
}

/** All pieces are there: the photograph is filed. */
export async function PATCH(request: Request, context: Context): Promise<Response> {
  const asked = await whoAndWhat(request, context);
  if (asked instanceof Response) return asked;
  const body = finishBody.safeParse(await readSmallJson(request));
  if (!body.success || !isWorkStage(body.data.stage))
    return Response.json({ refused: 'invalid_input' }, { status: 422 });
  return answerOf(await finishUpload(asked.actor, asked.id, { ...body.data, stage: body.data.stage }));
}

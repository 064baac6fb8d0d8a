import { z } from 'zod';
import { noteRefusedRight } from '@/lib/auth/refused-rights';
import { mayDo } from '@/lib/auth/roles.rules';
import { currentActor, refuseForeignRequest, type StaffActor } from '@/lib/auth/session';
import { isWorkStage } from '@/lib/evidence/photograph.flow';
import { finishUpload, receivePiece, resumeUpload } from '@/lib/evidence/upload.flow';
import { readUpload } from '@/lib/files/upload';
import { noteRefusal, noteRefused, noteRefusedInput } from '@/lib/server/refusal-log';
import { readSmallJson } from '@/lib/server/small-form';
import { segmentCode, day, sha256 } from '@/lib/shared/form-parts';
import type { RefusalName } from '@/lib/shared/refusal';
import type { Result } from '@/lib/shared/result';

type Context = { params: Promise<{ id: string }> };

const ROUTE = '/api/site/uploads/[id]';
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
  if (answer !== 'allowed') noteRefusedRight(actor, 'photograph:file', ROUTE, answer);
  if (actor.kind !== 'person' || answer !== 'allowed')
    return Response.json({ refused: answer }, { status: answer === 'not_permitted' ? 403 : 401 });
  const id = z.uuid().safeParse((await context.params).id);
  return id.success ? { actor, id: id.data } : Response.json({ refused: 'not_found' }, { status: 404 });
};

/** Refused for now: the phone keeps the photograph and sends it again by itself. */
const LATER = new Set<RefusalName>(['busy_try_again', 'file_not_checked']);

const answerOf = (result: Result<unknown>, actor: StaffActor): Response => {
  if (result.ok) return Response.json(result.value);
  noteRefused(result.refusal, { door: ROUTE, actor });
  const status = LATER.has(result.refusal.name) ? 503 : 422;
  return Response.json({ refused: result.refusal.name }, { status });
};

/** A body that our script does not send. */
const refuseBody = (
  schema: z.ZodType,
  { error }: { error?: z.ZodError | undefined },
  body: unknown,
): Response => {
  noteRefusedInput(schema, error?.issues ?? [], body);
  return Response.json({ refused: 'invalid_input' }, { status: 422 });
};

/** Begins or resumes an upload: which pieces are there. */
export async function POST(request: Request, context: Context): Promise<Response> {
  const asked = await whoAndWhat(request, context);
  if (asked instanceof Response) return asked;
  const sent = await readSmallJson(request);
  const body = beginBody.safeParse(sent);
  if (!body.success) return refuseBody(beginBody, body, sent);
  return answerOf(await resumeUpload(asked.actor, { id: asked.id, ...body.data }), asked.actor);
}

/** One piece, its number in the query. */
export async function PUT(request: Request, context: Context): Promise<Response> {
  const asked = await whoAndWhat(request, context);
  if (asked instanceof Response) return asked;
  const no = new URL(request.url).searchParams.get('piece') ?? '';
  const bytes = await readUpload(request.body, PIECE_MAX);
  if (!/^\d{1,4}$/.test(no) || !bytes.ok) {
    noteRefusal(bytes.ok ? { code: 'shape_wrong', field: 'piece' } : { code: bytes.refusal.name });
    return Response.json({ refused: 'invalid_input' }, { status: 422 });
  }
  const kept = await receivePiece(asked.actor, asked.id, Number.parseInt(no, 10), bytes.value);
  return answerOf(kept, asked.actor);
}

/** All pieces are there: the photograph is filed. */
export async function PATCH(request: Request, context: Context): Promise<Response> {
  const asked = await whoAndWhat(request, context);
  if (asked instanceof Response) return asked;
  const sent = await readSmallJson(request);
  const body = finishBody.safeParse(sent);
  if (!body.success || !isWorkStage(body.data.stage)) return refuseBody(finishBody, body, sent);
  const done = await finishUpload(asked.actor, asked.id, { ...body.data, stage: body.data.stage });
  return answerOf(done, asked.actor);
}
